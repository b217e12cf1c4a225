"""Questions that only the maintainer can decide, and their answers: a fix that would have to guess asks instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Any, Final

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.text.document import Document
from partner_tui.manifest.text.source_text import token_lines
from partner_tui.manifest.text.values import same


class _Answer(Enum):
    UNANSWERED = "unanswered"
    SKIPPED = "skipped"


UNANSWERED: Final = _Answer.UNANSWERED
"""Nobody has said anything yet."""
SKIPPED: Final = _Answer.SKIPPED
"""Put off: the entries that it touches stay as they are, proposal or not."""


def anything(value: Any) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose, and how it is shown."""

    value: Any
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One decision; entries that need the same one share it.

    Attributes:
        key: Stable over runs; equal keys are one question.
        kind: What sort of question it is: a kind's answer serves each question of it without an own one.
        prompt: The question, one line.
        why: Why it has to be asked.
        entries: Ids of the entries it touches; filled in by the plan.
        proposal: A likely answer; None where none can be derived.
        derived: How the proposal was derived.
        choices: The answers to choose from; empty when it is typed.
        check: What is wrong with an answer, as one line; None when nothing is.
        fix: Name of the fix that asks; filled in by the draft.
        is_alone: Whether it is asked for one entry by itself.
    """

    key: str
    kind: str
    prompt: str
    why: str
    entries: tuple[str, ...] = ()
    proposal: Any | None = None
    derived: str = ""
    choices: tuple[Choice, ...] = ()
    check: Callable[[Any], str | None] = field(default=anything, compare=False, repr=False)
    fix: str = ""
    is_alone: bool = False

    def alone(self, entry: str) -> Question:
        """The same question for one of its entries by itself; an answer to it goes before that for all."""
        return replace(self, key=f"{self.key} @ {entry}", entries=(entry,), is_alone=True)

    def meant(self, written: str, value: Any) -> Any:
        """The answer that is meant: the text itself where the question takes it, else the value that it is as YAML."""
        if isinstance(self.proposal, str) or (self.proposal is None and self.objection(written) is None):
            return written
        return value

    def objection(self, answer: Any) -> str | None:
        """Why an answer does not serve; None when it does."""
        if self.choices and not any(same(choice.value, answer) for choice in self.choices):
            return f"Choose one of: {', '.join(str(choice.label) for choice in self.choices)}."
        return self.check(answer)


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered.

    Attributes:
        questions: By the question's key.
        kinds: By the question's kind, for those without an own answer.
        defaults: Whether a proposal counts as the answer of a question without one.
    """

    questions: Mapping[str, Any] = field(default_factory=dict)
    kinds: Mapping[str, Any] = field(default_factory=dict)
    defaults: bool = False

    def find(self, question: Question) -> Any:
        """The answer, `SKIPPED`, or `UNANSWERED`; an answer that the question refuses counts as none."""
        for given, name in ((self.questions, question.key), (self.kinds, question.kind)):
            if name in given:
                answer = _as_meant(given[name], question)
                if answer is SKIPPED or question.objection(answer) is None:
                    return answer
        if self.defaults and question.proposal is not None:
            return question.proposal
        return UNANSWERED

    def objection(self, question: Question) -> str | None:
        """What is wrong with the answer that was given; None when it serves or there is none."""
        for given, name in ((self.questions, question.key), (self.kinds, question.kind)):
            if name in given and given[name] is not SKIPPED:
                return question.objection(_as_meant(given[name], question))
        return None


def each(answers: Iterable[str]) -> Iterator[Choice]:
    """Answers to choose that are shown as they are."""
    return (Choice(one, one) for one in answers)


def _as_meant(answer: Any, question: Question) -> Any:
    """An answer of a file: `1.10` is the text "1.10" to a question about a version, and `no` is a no."""
    if isinstance(answer, str) and any(choice.value is True for choice in question.choices):
        return {"yes": True, "no": False}.get(answer.strip().lower(), answer)
    token = token_lines(answer) if isinstance(answer, int | float | date) else None
    return question.meant(token[0], answer) if token else answer


def read_typed(question: Question, text: str) -> Any:
    """The value that a typed answer means: the text itself where the question takes it, else what it is as YAML."""
    text = text.strip()
    try:
        value = Document.parse(text).data
    except ManifestParseError:
        value = None
    return question.meant(text, text if value is None else value)
