"""The questions of a push, a pull or a branch's deletion, each with the error that stands where nobody can answer.

The app answers by its dialogs, the command line by its options: what is asked is decided in one place for both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, TypeVar

from partner_tui.comparison.three_way import Conflict, Side
from partner_tui.errors import Cancelled, GitError, NeedsConsent, PartnerTuiError, PushRejected
from partner_tui.repository.branches.switching import Branch
from partner_tui.repository.branches.tracking import RemoteBranch
from partner_tui.repository.git import Watch
from partner_tui.repository.remotes.push import PushChoice, PushUndecided
from partner_tui.workspace.changes.integration import Integration

Done = TypeVar("Done")


class PullRequestWanted(Cancelled):
    """Not a push alone is wanted, but a pull request from a new branch of this name."""

    def __init__(self, branch: str) -> None:
        super().__init__()
        self.branch = branch


class Caller:
    """Who wants the work done: runs its blocking parts, and answers. This one cannot be asked: each question raises.

    An answer None means that the user cancelled, False that they declined.
    """

    async def run(
        self, title: str, function: Callable[[Watch], Done], *, stoppable: bool = False, writes: bool = False
    ) -> Done:
        """Run a blocking part, giving it progress, cancellation and credentials.

        Args:
            title: As it is shown: ``fetching``.
            stoppable: Whether the user can stop it.
            writes: Whether leaving in its midst would leave something half done.
        """
        raise NotImplementedError

    def manifest_changed(self) -> None:
        """The manifest on disk is another one now."""

    async def checked(self) -> None:
        """Wait until the entries are checked again."""

    async def where_to_push(self, undecided: PushUndecided) -> PushChoice | Literal["new"] | None:
        """It is open where a push goes; ``new`` is a new branch."""
        raise undecided

    async def branch_name(
        self, why: str, proposed: str, error: GitError | None, *, may_request: bool = False
    ) -> str | None:
        """The name of a new branch to push to.

        Args:
            why: Why one is needed, or what it is for.
            proposed: A free name.
            error: What is raised otherwise, with what git and the remote said; None where the user wanted a new branch.
            may_request: Whether a pull request from it can be wanted at once; it is told by `PullRequestWanted`.
        """
        raise error or Cancelled()

    async def push_anyway(self, doubt: NeedsConsent) -> bool:
        """A commit that would be pushed is not sound."""
        raise doubt

    async def pull_first(self, rejected: PushRejected) -> bool:
        """The remote has other commits: whether ours may be rebased onto them; `push_again` follows before anything is sent."""
        raise rejected

    async def push_again(
        self, integration: Integration, invalid: tuple[int, int], broken: PartnerTuiError | None
    ) -> bool:
        """Our commits were rebased, and the entries checked again.

        Args:
            invalid: How many entries are invalid before and after.
            broken: Why the manifest cannot be read now; None when it can.
        """
        raise Cancelled

    async def choose_sides(
        self, conflicts: Sequence[Conflict], arrived: Sequence[str]
    ) -> dict[str, Side] | None:
        """Which side of each conflict is kept, by its key; nothing was changed yet."""
        raise Cancelled

    async def follow(self, branch: RemoteBranch) -> bool:
        """The remote has another default branch now: whether the commits are to be rebased onto it."""
        raise Cancelled

    async def delete_branch(self, listed: Branch, lost: int) -> bool:
        """A branch of this clone is about to be deleted, with so many commits that are on no other branch."""
        raise Cancelled
