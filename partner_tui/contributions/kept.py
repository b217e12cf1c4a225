"""A review in progress: comments, answers, a verdict, and the head that they are about. As a value and as JSON.

It is read leniently: what another version of the app wrote, or a broken file, loses no more than what cannot be read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal, TypeAlias, get_args

from partner_tui.contributions.checklist.item import Item, State

Verdict: TypeAlias = Literal[
    "merged", "squashed", "merged-there", "approved", "changes", "declined", "reverted"
]
ItemKey: TypeAlias = tuple[str, str]
"""Section and words of an item of the checklist."""

VERDICT_WORDS: Mapping[Verdict, str] = {
    "merged": "merged",
    "squashed": "squashed",
    "changes": "changes requested",
    "declined": "declined",
    "merged-there": "merged on the forge",
    "approved": "approved",
    "reverted": "reverted",
}


@dataclass(frozen=True, slots=True)
class Comment:
    """Something said about a place.

    Attributes:
        place: What it is about: ``entry:<name>``, ``file:<path>``, ``config``; "" for all of the contribution.
        at: Where there: the path of a field, ``line 12``, or ``line 12 before`` of a line that is gone; "" for all of it.
        quote: What was there when it was written, in one line.
    """

    place: str
    at: str
    text: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reviewer said of one item."""

    state: State
    remark: str = ""


@dataclass(frozen=True, slots=True)
class KeptReview:
    """A review as far as it is made.

    Attributes:
        head: The commit that was looked at last, as a full hash; "" before the first look.
        verdict: None while there is none; `verdict_head` is the commit that it is about.
        merged: Of a merge or a revert, where the branch was before it and is after it, as full hashes, so that it can be undone.
    """

    head: str = ""
    verdict: Verdict | None = None
    verdict_head: str = ""
    comments: tuple[Comment, ...] = ()
    answers: Mapping[ItemKey, Answer] = field(default_factory=dict)
    merged: tuple[str, str] | None = None

    @property
    def is_empty(self) -> bool:
        return self.verdict is None and not self.comments and not self.answers

    def verdict_words(self, head: str) -> str:
        """``changes requested``, and whether that was about an older commit; "" where there is no verdict."""
        if self.verdict is None:
            return ""
        older = "" if self.verdict_head == head else ", then updated"
        return VERDICT_WORDS[self.verdict] + older

    def commented(self, comment: Comment, instead_of: Comment | None = None) -> KeptReview:
        """With a comment, which may take the place of another one."""
        if instead_of in self.comments:
            changed = tuple(comment if one is instead_of else one for one in self.comments)
            return replace(self, comments=changed)
        return replace(self, comments=(*self.comments, comment))

    def without(self, comment: Comment) -> KeptReview:
        return replace(self, comments=tuple(one for one in self.comments if one is not comment))

    def answered(self, item: Item, answer: Answer | None) -> KeptReview:
        """With an answer to an item; None leaves it to the machine, or open."""
        answers = {key: one for key, one in self.answers.items() if key != item.key}
        if answer is not None:
            answers[item.key] = answer
        return replace(self, answers=answers)

    def decided(
        self, verdict: Verdict | None, head: str, merged: tuple[str, str] | None = None
    ) -> KeptReview:
        return replace(self, verdict=verdict, verdict_head=head if verdict else "", merged=merged)

    def open_again(self, items: Sequence[Item], changed: Collection[str]) -> KeptReview:
        """Without the answers to items about fields that changed since; what was remarked stays."""
        about = {item.key for item in items if set(item.fields) & set(changed)}
        answers = {
            key: replace(one, state="open") if key in about else one
            for key, one in self.answers.items()
            if key not in about or one.remark
        }
        return replace(self, answers=answers)

    # As JSON

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": 1,
            "head": self.head,
            "verdict": self.verdict,
            "verdict_head": self.verdict_head,
            "comments": [asdict(one) for one in self.comments],
            "answers": [
                {"section": section, "item": item, "state": one.state, "remark": one.remark}
                for (section, item), one in self.answers.items()
            ],
            "merged": list(self.merged) if self.merged else None,
        }

    @classmethod
    def from_json(cls, data: Any) -> KeptReview:
        """What `to_json` gave; what is not of its shape is left out."""
        if not isinstance(data, dict):
            return cls()
        verdict, merged = data.get("verdict"), data.get("merged")
        return cls(
            _text(data.get("head")),
            verdict if verdict in VERDICT_WORDS else None,
            _text(data.get("verdict_head")),
            tuple(_comments(data.get("comments"))),
            dict(_answers(data.get("answers"))),
            _pair(merged),
        )


def with_answers(items: Sequence[Item], kept: KeptReview) -> tuple[Item, ...]:
    """The checklist with what the reviewer said of it, which goes before what the machine found."""
    return tuple(
        item if answer is None else replace(item, state=answer.state, remark=answer.remark, by_reviewer=True)
        for item in items
        for answer in [kept.answers.get(item.key)]
    )


def _comments(data: Any) -> Iterator[Comment]:
    for one in data if isinstance(data, list) else []:
        if isinstance(one, dict) and (text := _text(one.get("text"))):
            yield Comment(_text(one.get("place")), _text(one.get("at")), text, _text(one.get("quote")))


def _answers(data: Any) -> Iterator[tuple[ItemKey, Answer]]:
    for one in data if isinstance(data, list) else []:
        if isinstance(one, dict) and one.get("state") in get_args(State):
            yield (
                (_text(one.get("section")), _text(one.get("item"))),
                Answer(one["state"], _text(one.get("remark"))),
            )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _pair(value: Any) -> tuple[str, str] | None:
    """Two hashes."""
    if isinstance(value, list) and len(value) == 2 and all(map(is_hash, value)):
        return value[0], value[1]
    return None


def is_hash(value: Any) -> bool:
    return isinstance(value, str) and len(value) in (40, 64) and not value.strip("0123456789abcdef")
