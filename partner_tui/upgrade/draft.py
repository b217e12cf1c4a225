"""An entry while it is upgraded: its values, free to change, and the few ways in which a fix may reach beyond them.

What a fix respells, repeats or adds on its own authority it declares here; the audit lets nothing else pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from partner_tui.manifest.files import CloneFiles, NoFiles
from partner_tui.upgrade.new_files import NewFiles
from partner_tui.upgrade.question import SKIPPED, UNANSWERED, Answers, Choice, Question, anything
from partner_tui.upgrade.siblings import Sibling


class UnansweredQuestion(Exception):
    """A question has no answer, and nothing sensible can be done without one."""


@dataclass(frozen=True, slots=True)
class DraftContext:
    """What a fix can know besides the entry's values.

    Attributes:
        id: The entry's id, or its place ("entry 3") when it has none.
        partner_id: Names the part of `config` in which values are kept.
        files: The clone.
        new_files: Those that the plan creates; None for those of this draft alone.
        base: The folder that a field's relative paths start from, relative to the clone; of a remote RDF its URL, None where that is not known.
        target: The folder of the file that the field is written to.
        folder: That of the file with the entry.
        group: The group of the manifest that the entry stands in.
        answers: What was answered.
        latest: The latest format version of a type.
        siblings: The other models of the manifest.
        is_taken: Whether another entry of the manifest has an id.
        inherited: The fields that come back when the entry leaves them out, since its root has them.
    """

    id: str = ""
    partner_id: str = ""
    files: CloneFiles = field(default_factory=NoFiles)
    new_files: NewFiles | None = None
    base: Callable[[str], str | None] = lambda field: ""
    target: Callable[[str], str] = lambda field: ""
    folder: str = ""
    group: str | None = None
    answers: Answers = field(default_factory=Answers)
    latest: Callable[[str | None], str] = lambda kind: ""
    siblings: Callable[[], Iterable[Sibling]] = lambda: ()
    is_taken: Callable[[str], bool] = lambda id: False
    inherited: frozenset[str] = frozenset()


class Draft:
    """An entry's resolved data as a deep copy to work on.

    Attributes:
        data: The fields; fixes change them in place.
        old: The fields as they were. Read only.
        context: What can be known besides.
        fix: Name of the fix that is at work.
        questions: What was asked, in order, answered or not.
        open: Keys of the questions without an answer.
        is_skipped: Whether the maintainer skipped one of them.
        degraded: What is valid, but less than it was or could be.
        respelled: (old, new) pairs of scalars that a fix spelled anew.
        repeated: (gone, standing) pairs: scalars that a fix removed because another one says the same.
        moved: (field, value) pairs of what went into `config`.
        entry_fields: New fields that are written in the entry, since their paths begin there.
        kept: Values beside the data that have to be found in the result as well.
        added: Scalars that a fix knows by itself or read in the clone.
    """

    def __init__(self, data: Mapping[str, Any], context: DraftContext = DraftContext()) -> None:
        self.data: dict[str, Any] = copied(dict(data))
        self.old: dict[str, Any] = copied(dict(data))
        self.context = context
        self.new_files = context.new_files or NewFiles(context.files)
        self.fix = ""
        self.questions: list[Question] = []
        self.open: list[str] = []
        self.is_skipped = False
        self.degraded: list[str] = []
        self.created: list[str] = []
        self.respelled: list[tuple[Any, Any]] = []
        self.repeated: list[tuple[Any, Any]] = []
        self.added: list[Any] = []
        self.moved: list[tuple[str, Any]] = []
        self.entry_fields: set[str] = set()
        self.kept: list[Any] = []

    @property
    def type(self) -> str | None:
        """The resource type."""
        kind = self.data.get("type")
        return kind if isinstance(kind, str) else None

    @property
    def called(self) -> str:
        """What questions about a model call it."""
        return self.context.id or "this model"

    def ask(
        self,
        key: str,
        kind: str,
        prompt: str,
        why: str,
        *,
        proposal: Any | None = None,
        derived: str = "",
        choices: Iterable[Choice] = (),
        check: Callable[[Any], str | None] = anything,
    ) -> Any:
        """The answer to a `Question`. Without one, the entry is open; the proposal serves to find the questions behind it.

        Raises:
            UnansweredQuestion: There is neither an answer nor a proposal.
        """
        entries = (self.context.id,)
        question = Question(
            key, kind, prompt, why, entries, proposal, derived, tuple(choices), check, self.fix
        )
        if (alone := question.alone(self.context.id)).key in self.context.answers.questions:
            question = alone
        if all(asked.key != question.key for asked in self.questions):
            self.questions.append(question)
        answer = self.context.answers.find(question)
        if answer is UNANSWERED or answer is SKIPPED:
            if question.key not in self.open:
                self.open.append(question.key)
            self.is_skipped |= answer is SKIPPED
            if question.proposal is None:
                raise UnansweredQuestion(question.key)
            return deepcopy(question.proposal)
        self.adds(answer)
        return deepcopy(answer)

    def to_config(self, field: str, value: Any) -> None:
        """Keep a value word for word in `config.<partner id>.<field>`; beside what is there already."""
        if not isinstance(config := self.data.get("config"), dict):
            config = self.data["config"] = {}
        name = self.context.partner_id or "original"
        kept = config.get(name)
        if not isinstance(kept, dict):
            if kept is not None:
                name = f"{name}_original"
            kept = config.setdefault(name, {}) if config.get(name) is not None else {}
            config[name] = kept
        free, number = field, 1
        while free in kept and kept[free] != value:
            number += 1
            free = f"{field}_{number}"
        kept[free] = value
        self.moved.append((field, value))

    def go_on_from(self, first: Draft, kept: Iterable[tuple[str, Any]]) -> None:
        """Go on from the draft of the text in which keys were written twice: what was asked for it, and (field, value) kept."""
        self.questions, self.open, self.added = first.questions, first.open, first.added
        for name, value in kept:
            self.kept.append(value)
            self.to_config(name, value)

    def drop_if_empty(self, field: str) -> None:
        """Leave a list out that has nothing left."""
        if self.data.get(field) == []:
            del self.data[field]

    def free_id(self, id: str) -> str:
        """The id, or with a number where another entry of the manifest has it already."""
        free, number = id, 1
        while self.context.is_taken(free):
            number += 1
            free = f"{id}-{number}"
        return free

    def create_file(self, path: str, content: str, url: str = "") -> str:
        """Plan a new file of documentation (one for each URL) and give the path to write into the entry.

        Args:
            path: Where it is wanted, relative to that field's `target`; another name is taken where this one is.
            content: Its text.
            url: What it stands for.

        Raises:
            CannotUpgrade: The maintainer declined the file.
        """
        base = self.context.target("documentation")
        wanted = f"{base}/{path}" if base else path
        made = self.new_files.create(wanted, content, url)
        self.created.append(made)
        written = made.removeprefix(f"{base}/") if base else made
        self.adds(written)
        return written

    def add_note(self, text: str) -> None:
        """Say that the result is valid but less than it could be, and why."""
        if text not in self.degraded:
            self.degraded.append(text)

    # What the audit has to know

    def respell(self, old: Any, new: Any) -> Any:
        """Declare that a scalar is spelled anew, its meaning kept; gives `new`."""
        if old != new or type(old) is not type(new):
            self.respelled.append((old, new))
        return new

    def repeats(self, gone: Any, standing: Any = None) -> None:
        """Declare that a scalar is removed since another one (by default its equal) says the same."""
        self.repeated.append((gone, gone if standing is None else standing))

    def adds(self, value: Any) -> Any:
        """Declare scalars that come from an answer, the clone or a fix's own table; gives `value`."""
        self.added.append(deepcopy(value))
        return value


def copied(value: Any) -> Any:
    """As `deepcopy` of data without aliases, in a fraction of its time."""
    kind = type(value)
    if kind is dict:
        return {key: one if type(one) is str else copied(one) for key, one in value.items()}
    if kind is list:
        return [one if type(one) is str else copied(one) for one in value]
    return value if isinstance(value, str) or value is None else deepcopy(value)
