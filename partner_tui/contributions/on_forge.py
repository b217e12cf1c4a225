"""A forge's data on pull requests as values: titles, states, checks, and what was said before. All of it is others' text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

ForgeState: TypeAlias = Literal["open", "closed", "merged"]
MAX_TITLE, MAX_BODY = 300, 65_536
"""Characters; a longer description is cut."""


@dataclass(frozen=True, slots=True)
class PullRequest:
    """One pull request.

    Attributes:
        number: As git has it in ``refs/pull/<number>/head``.
        author: The login.
        head: Its newest commit, as a full hash.
        checks: What services said of the head, taken together: ``success``, ``failure`` or ``pending``; "" where nobody was
            asked, or nobody said anything.
        reviews: The last verdict of each reviewer, such as ``bo approved``.
    """

    number: str
    title: str
    author: str
    body: str
    state: ForgeState
    is_draft: bool
    labels: tuple[str, ...]
    head: str
    url: str
    checks: str = ""
    reviews: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was said before.

    Attributes:
        verdict: ``approved``, ``changes requested`` or ``commented``.
        place: ``path:line`` of an inline comment; "" for one about all of it.
    """

    author: str
    verdict: str
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """What a service said of the head.

    Attributes:
        outcome: Its words, such as ``success``, ``failure`` or ``pending``.
    """

    name: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Discussion:
    """What is known of one pull request beyond the list.

    Attributes:
        is_whole: Whether nothing was left out for its number.
    """

    checks: tuple[Check, ...] = ()
    remarks: tuple[Remark, ...] = ()
    is_whole: bool = True


def together(checks: Iterable[Check]) -> str:
    """What several checks say taken together; see `PullRequest.checks`."""
    outcomes = {check.outcome for check in checks}
    if outcomes & {"failure", "error", "cancelled", "timed_out", "action_required", "startup_failure"}:
        return "failure"
    if outcomes & {"pending", "queued", "in_progress", "waiting", "requested"}:
        return "pending"
    return "success" if outcomes else ""


@dataclass(frozen=True, slots=True)
class ForgeKnowledge:
    """The pull requests of a repository, as they were at a time.

    Attributes:
        at: When the forge was asked, with its zone.
        pulls: By number.
        is_whole: Whether the forge had no more of them than were read.
    """

    at: datetime
    pulls: Mapping[str, PullRequest]
    is_whole: bool = True

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": 1,
            "at": self.at.isoformat(),
            "is_whole": self.is_whole,
            "pulls": [asdict(one) for one in self.pulls.values()],
        }

    @classmethod
    def from_json(cls, data: Any) -> ForgeKnowledge:
        """What `to_json` gave.

        Raises:
            ValueError, TypeError, KeyError: It is not that.
        """
        tuples = ("labels", "reviews")
        pulls = [
            PullRequest(**{**one, **{name: tuple(one.get(name, ())) for name in tuples}})
            for one in data["pulls"]
        ]
        return cls(
            datetime.fromisoformat(data["at"]), {one.number: one for one in pulls}, bool(data["is_whole"])
        )
