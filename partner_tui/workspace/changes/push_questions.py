"""The questions of a push, a pull or a branch's deletion, each with the error that stands where nobody can answer.

The app answers by its dialogs, the command line by its options: what is asked is decided in one place for both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypeVar

from partner_tui.comparison.three_way import Conflict, Side
from partner_tui.errors import Cancelled, NeedsConsent, PartnerTuiError, PushRejected
from partner_tui.repository.branches.own_branches import ListedBranch
from partner_tui.repository.branches.tracking import RemoteBranch
from partner_tui.repository.git import Watch
from partner_tui.repository.remotes.push import PushChoice, PushUndecided
from partner_tui.workspace.changes.integration import Integration

Answer = TypeVar("Answer")
Done = TypeVar("Done")


class Question(Generic[Answer]):
    """One question; its answer None means that the user cancelled, False that they declined."""

    @property
    def unanswered(self) -> PartnerTuiError:
        """What is told where nobody can be asked."""
        return Cancelled()


@dataclass(frozen=True, slots=True)
class WhereToPush(Question[PushChoice | Literal["new"] | None]):
    """It is open where a push goes; ``new`` is a new branch."""

    undecided: PushUndecided

    @property
    def unanswered(self) -> PartnerTuiError:
        return self.undecided


@dataclass(frozen=True, slots=True)
class BranchName(Question[str | None]):
    """The name of a new branch to push to.

    Args:
        why: Why one is needed, or what it is for.
        proposed: A free name.
        said: What git and the remote said, when they are why.
        error: What would be raised otherwise; None where the user wanted a new branch.
        may_request: Whether a pull request from it can be wanted at once; see `PullRequestWanted`.
    """

    why: str
    proposed: str
    said: str = ""
    error: PartnerTuiError | None = None
    may_request: bool = False

    @property
    def unanswered(self) -> PartnerTuiError:
        return self.error or Cancelled()


class PullRequestWanted(Cancelled):
    """Not a push alone is wanted, but a pull request from a new branch of this name."""

    def __init__(self, branch: str) -> None:
        super().__init__()
        self.branch = branch


@dataclass(frozen=True, slots=True)
class PushAnyway(Question[bool]):
    """A commit that would be pushed is not sound."""

    doubt: NeedsConsent

    @property
    def unanswered(self) -> PartnerTuiError:
        return self.doubt


@dataclass(frozen=True, slots=True)
class PullFirst(Question[bool]):
    """The remote has other commits: whether ours may be rebased onto them; `PushAgain` follows before anything is sent."""

    rejected: PushRejected

    @property
    def unanswered(self) -> PartnerTuiError:
        return self.rejected


@dataclass(frozen=True, slots=True)
class PushAgain(Question[bool]):
    """Our commits were rebased, and the entries checked again.

    Args:
        invalid: How many entries are invalid before and after.
        broken: Why the manifest cannot be read now; None when it can.
    """

    integration: Integration
    invalid: tuple[int, int]
    broken: PartnerTuiError | None


@dataclass(frozen=True, slots=True)
class Sides(Question[dict[str, Side] | None]):
    """Which side of each conflict is kept, by its key; nothing was changed yet."""

    conflicts: tuple[Conflict, ...]
    arrived: Sequence[str]


@dataclass(frozen=True, slots=True)
class Follow(Question[bool]):
    """The remote has another default branch now: whether the commits are to be rebased onto it."""

    branch: RemoteBranch


@dataclass(frozen=True, slots=True)
class DeleteBranch(Question[bool]):
    """A branch of this clone is about to be deleted.

    Args:
        lost: How many of its commits are on no other branch.
    """

    listed: ListedBranch
    lost: int


@dataclass(frozen=True, slots=True)
class Doing:
    """A blocking part of the work, as it is shown: ``fetching``.

    Args:
        stoppable: Whether the user can stop it.
        writes: Whether leaving in its midst would leave something half done.
    """

    title: str
    stoppable: bool = False
    writes: bool = False


class Caller(Protocol):
    """Who wants the work done: runs its blocking parts, and answers."""

    async def run(self, doing: Doing, function: Callable[[Watch], Done]) -> Done:
        """Run a blocking part, giving it progress, cancellation and credentials."""
        ...

    async def ask(self, question: Question[Answer]) -> Answer:
        """Raises what is `unanswered` where nobody can be asked."""
        ...

    def manifest_changed(self) -> None:
        """The manifest on disk is another one now."""
        ...

    async def checked(self) -> None:
        """Wait until the entries are checked again."""
        ...
