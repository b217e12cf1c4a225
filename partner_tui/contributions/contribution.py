"""A contribution as git knows it, and what its state can be told from.

Git keeps every pull request for ever and does not say which are closed: a state is said as far as it is known, and why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from partner_tui.contributions.on_forge import PullRequest


class State(StrEnum):
    """Whether a contribution waits for somebody."""

    OPEN = "open"
    PROBABLY_OPEN = "probably-open"
    UNKNOWN = "unknown"
    MERGED = "merged"
    CLOSED = "closed"
    ARRIVED = "arrived"
    FILE = "file"


NO_MESSAGE = "(no message)"
"""Shown in place of the title of a commit that has none."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """One contribution.

    Attributes:
        name: ``12`` for a pull or merge request, the hash of a commit, the file that it is reviewed from, else the branch.
        kind: Where it comes from.
        head: Its newest commit, as a full hash.
        author: Who wrote that commit.
        date: When, with its zone.
        title: The subject of that commit.
        state: As far as it is known; `why` says what it was told from.
    """

    name: str
    kind: str
    head: str
    author: str
    date: datetime
    title: str
    state: State
    why: str
    merged_by: str = ""

    @property
    def reference(self) -> str:
        """``#12`` of a pull request, ``!12`` of a merge request, ``1a2b3c4`` of a commit, else the branch.

        It is contributed: make it visible to show it.
        """
        return reference_of(self.kind, self.name)

    @property
    def heading(self) -> str:
        """The title, or that there is none."""
        return self.title.strip() or NO_MESSAGE

    @property
    def standing(self) -> str:
        """The state and what says so, in words."""
        return self.why if self.state is State.FILE else f"{self.state.replace('-', ' ')}: {self.why}"

    @property
    def is_open(self) -> bool:
        """Whether the forge said that it is open, or has a test merge of it."""
        return self.state in (State.OPEN, State.PROBABLY_OPEN)

    @property
    def is_over(self) -> bool:
        """Whether nobody has to look at it any more: it was merged or closed."""
        return self.state in (State.MERGED, State.CLOSED)

    def to_json(self) -> dict[str, Any]:
        """As `from_json` reads it."""
        return {**asdict(self), "state": str(self.state)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """What `to_json` gave."""
        return cls(**{**data, "state": State(data["state"])})


def reference_of(kind: str, name: str) -> str:
    """What a contribution of a kind and a name is called; see `Contribution.reference`."""
    if kind == "commit":
        return name[:7]
    return {"pull": "#", "merge-requests": "!"}.get(kind, "") + name


def state_of(
    kind: str, merged_by: str, *, is_ancestor: bool, is_contained: bool, has_merge: bool
) -> tuple[State, str]:
    """The state, and in one line without a full stop what says so.

    Args:
        merged_by: The commit on the branch that brought it: a merge, or a squash with its number; "" for none.
        is_ancestor: Whether the branch has its commits.
        is_contained: Whether the branch has all of its changes, in commits of their own.
        has_merge: Whether the forge has a test merge of it, as GitHub does while it is open and merges.
    """
    if merged_by:
        return State.MERGED, f"{merged_by[:7]} merged it"
    if is_ancestor:
        return State.MERGED, "its commits are in the branch"
    if is_contained:
        return State.MERGED, "all of its changes are in the branch"
    if kind == "hand":
        return State.FILE, "brought by hand"
    if has_merge:
        return State.PROBABLY_OPEN, "the forge has a test merge"
    return State.UNKNOWN, "git does not say whether it is open"


def as_on_forge(one: Contribution, pull: PullRequest | None) -> Contribution:
    """A contribution with what the forge says of it: title, author and state.

    What git knows to be merged stays merged: a forge does not know of squashes and copies that were made by hand. What the
    forge called merged, but of which git has no trace, was merged into another branch or taken back since.
    """
    if pull is None or one.kind not in ("pull", "merge-requests"):
        return one
    known = replace(one, title=pull.title or one.title, author=pull.author or one.author)
    if one.state is State.MERGED:
        return known
    if pull.state == "open":
        why = "the forge reports it, as a draft" if pull.is_draft else "the forge reports it"
        return replace(known, state=State.OPEN, why=why)
    return replace(known, state=State.CLOSED, why=f"the forge reports it as {pull.state}")
