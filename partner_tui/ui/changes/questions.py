"""The questions of pushes, pulls and branches as dialogs, and their blocking parts as work in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

from textual.worker import WorkerCancelled, WorkerFailed

from partner_tui.comparison.three_way import Conflict, Side
from partner_tui.errors import GitError, NeedsConsent, PartnerTuiError, PushRejected
from partner_tui.plain import visible
from partner_tui.repository.branches.switching import Branch
from partner_tui.repository.branches.tracking import RemoteBranch
from partner_tui.repository.git import Watch
from partner_tui.repository.remotes.push import PushChoice, PushUndecided
from partner_tui.ui.background import Running
from partner_tui.ui.changes.conflicts import ConflictsScreen
from partner_tui.ui.changes.push_dialogs import NewBranchScreen, PushTargetScreen
from partner_tui.ui.dialogs.confirm import ConfirmScreen, agrees
from partner_tui.workspace.changes.integration import Integration
from partner_tui.workspace.changes.push_questions import Caller, Done, PullRequestWanted

if TYPE_CHECKING:
    from partner_tui.ui.app_base import BaseApp
    from partner_tui.ui.view import Frame

SUBJECTS = 8


class Dialogs(Caller):
    """Answers by asking the user. To be used in a worker.

    Args:
        screen: The frame around the repository, which may be closed meanwhile.
    """

    def __init__(self, app: BaseApp, screen: Frame) -> None:
        self._app = app
        self._screen = screen

    async def run(
        self, title: str, function: Callable[[Watch], Done], *, stoppable: bool = False, writes: bool = False
    ) -> Done:
        running = Running(title, stoppable=stoppable, writes=writes)
        return await self._app.run_git(running, function)

    def manifest_changed(self) -> None:
        self._screen.manifest_changed()

    async def checked(self) -> None:
        for worker in [worker for worker in self._app.workers if worker.group == "check"]:
            with suppress(WorkerCancelled, WorkerFailed):
                await worker.wait()

    async def where_to_push(self, undecided: PushUndecided) -> PushChoice | Literal["new"] | None:
        return await self._app.push_screen_wait(PushTargetScreen(undecided))

    async def branch_name(
        self, why: str, proposed: str, error: GitError | None, *, may_request: bool = False
    ) -> str | None:
        screen = NewBranchScreen(why, proposed, error.output if error else "", may_request=may_request)
        name, wants_request = await self._app.push_screen_wait(screen) or (None, False)
        if name is not None and wants_request:
            raise PullRequestWanted(name)
        return name

    async def push_anyway(self, doubt: NeedsConsent) -> bool:
        return await agrees(self._app, "Push anyway?", doubt, yes="Push")

    async def pull_first(self, rejected: PushRejected) -> bool:
        return True  # what arrived is shown before anything is sent

    async def push_again(
        self, integration: Integration, invalid: tuple[int, int], broken: PartnerTuiError | None
    ) -> bool:
        before, now = invalid
        checked = f"Invalid entries: {f'{now} (was {before})' if now != before else 'unchanged'}."
        if broken:
            checked = f"The manifest cannot be read now: {broken.message}"
        text = f"{arrived(integration)}\n\nYour commits were rebased on top. {checked}"
        return await self._app.push_screen_wait(ConfirmScreen("Push again?", text, yes="Push", careful=False))

    async def choose_sides(
        self, conflicts: Sequence[Conflict], arrived: Sequence[str]
    ) -> dict[str, Side] | None:
        return await self._app.push_screen_wait(ConflictsScreen(conflicts, arrived))

    async def follow(self, branch: RemoteBranch) -> bool:
        text = f"It is the default branch of {branch.remote} now. Your commits are rebased onto it; nothing is pushed."
        return await self._app.push_screen_wait(ConfirmScreen(f"Follow {branch}?", text, yes="Follow"))

    async def delete_branch(self, listed: Branch, lost: int) -> bool:
        text = "Its commits are also on another branch. Nothing is deleted on the remote."
        if lost:
            commits = "1 commit is" if lost == 1 else f"{lost} commits are"
            text = (
                f"{listed.upstream} is gone, and {commits} on no other branch: merged in another form, or never merged.\n\n"
                "What is deleted stays reachable under refs/partner-tui/backup/."
            )
        title = f"Delete the branch {listed.name}?"
        return await self._app.push_screen_wait(ConfirmScreen(title, text, yes="Delete"))


def arrived(integration: Integration) -> str:
    """What a pull brought, and what became of our commits, a line each."""
    lines = _listed(integration.arrived, "new {} from the remote:") or ["Already up to date."]
    lines += _listed(integration.left_out, "of your commits skipped, since nothing of them is left:")
    lines += _listed(integration.lost, "{} lost, since both sides changed the lines around:", "comment")
    return "\n".join(lines)


def _listed(subjects: Sequence[str], title: str, noun: str = "commit") -> list[str]:
    if not subjects:
        return []
    count = len(subjects)
    more = [f"  and {count - SUBJECTS} more"] if count > SUBJECTS else []
    heading = f"{count} {title.format(noun if count == 1 else f'{noun}s')}"
    return [heading, *(f"  {visible(subject, 120)}" for subject in subjects[:SUBJECTS]), *more]
