"""The questions of pushes, pulls and branches as dialogs, and their blocking parts as work in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from textual.worker import WorkerCancelled, WorkerFailed

from partner_tui.plain import visible
from partner_tui.repository.git import Watch, watching
from partner_tui.ui.background import Running
from partner_tui.ui.changes.conflicts import ConflictsScreen
from partner_tui.ui.changes.push_dialogs import NewBranchScreen, PushTargetScreen
from partner_tui.ui.dialogs.confirm import ConfirmScreen, agrees
from partner_tui.workspace.changes.integration import Integration
from partner_tui.workspace.changes.push_questions import (
    Answer,
    BranchName,
    Caller,
    DeleteBranch,
    Doing,
    Done,
    Follow,
    PullFirst,
    PullRequestWanted,
    PushAgain,
    PushAnyway,
    Question,
    Sides,
    WhereToPush,
)

if TYPE_CHECKING:
    from textual.screen import Screen

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

    async def run(self, doing: Doing, function: Callable[[Watch], Done]) -> Done:
        running = Running(doing.title, stoppable=doing.stoppable, writes=doing.writes)
        watch = watching(self._app.progress_of(running), running.cancelled, self._app.credentials)
        return await self._app.background.run(running, function, watch)

    async def ask(self, question: Question[Answer]) -> Answer:
        return cast(Answer, await self._answer(question))

    async def _answer(self, question: Question[Any]) -> Any:
        match question:
            case PullFirst():
                return True  # what arrived is shown before anything is sent
            case PushAnyway(doubt):
                return await agrees(self._app, "Push anyway?", doubt, yes="Push")
            case BranchName(why, proposed, said, may_request=may_request):
                screen = NewBranchScreen(why, proposed, said, may_request=may_request)
                chosen = await self._app.push_screen_wait(screen)
                if chosen is not None and chosen.wants_request:
                    raise PullRequestWanted(chosen.name)
                return chosen.name if chosen else None
            case _:
                return await self._app.push_screen_wait(_dialog(question))

    def manifest_changed(self) -> None:
        self._screen.manifest_changed()

    async def checked(self) -> None:
        for worker in [worker for worker in self._app.workers if worker.group == "check"]:
            try:
                await worker.wait()
            except (WorkerCancelled, WorkerFailed):
                continue


def _dialog(question: Question[Any]) -> Screen[Any]:
    match question:
        case WhereToPush(undecided):
            return PushTargetScreen(undecided)
        case Sides(conflicts, commits):
            return ConflictsScreen(conflicts, commits)
        case PushAgain():
            return ConfirmScreen("Push again?", _rebased(question), yes="Push", no="Cancel", careful=False)
        case Follow(branch):
            text = f"It is the default branch of {branch.remote} now. Your commits are rebased onto it; nothing is pushed."
            return ConfirmScreen(f"Follow {branch}?", text, yes="Follow")
        case DeleteBranch(listed):
            return ConfirmScreen(f"Delete the branch {listed.branch.name}?", _deleted(question), yes="Delete")
    raise NotImplementedError(f"no dialog asks {question}")


def _rebased(question: PushAgain) -> str:
    before, now = question.invalid
    checked = f"Invalid entries: {f'{now} (was {before})' if now != before else 'unchanged'}."
    if question.broken:
        checked = f"The manifest cannot be read now: {question.broken.message}"
    return f"{arrived(question.integration)}\n\nYour commits were rebased on top. {checked}"


def _deleted(question: DeleteBranch) -> str:
    if not question.lost:
        return "Its commits are also on another branch. Nothing is deleted on the remote."
    commits = "1 commit is" if question.lost == 1 else f"{question.lost} commits are"
    upstream = question.listed.upstream
    return (
        f"{upstream} is gone, and {commits} on no other branch: merged in another form, or never merged.\n\n"
        "What is deleted stays reachable under refs/partner-tui/backup/."
    )


def arrived(integration: Integration) -> str:
    """What a pull brought, and what became of our commits, a line each."""
    lines = _listed(integration.arrived, "new {} from the remote:") or ["Already up to date."]
    lines += _listed(integration.left_out, "of your {} skipped, since the remote has the same change:")
    lines += _listed(integration.lost, "{} lost, since both sides changed the lines around:", "comment")
    return "\n".join(lines)


def _listed(subjects: Sequence[str], title: str, noun: str = "commit") -> list[str]:
    if not subjects:
        return []
    count = len(subjects)
    more = [f"  and {count - SUBJECTS} more"] if count > SUBJECTS else []
    heading = f"{count} {title.format(noun if count == 1 else f'{noun}s')}"
    return [heading, *(f"  {visible(subject, 120)}" for subject in subjects[:SUBJECTS]), *more]
