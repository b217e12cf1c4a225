"""Choosing a branch, switching to it, and deleting one: nothing uncommitted is lost, and a deletion asks first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partner_tui.errors import PartnerTuiError
from partner_tui.repository.git import watching
from partner_tui.repository.own_branches import ListedBranch, commits_of_its_own, why_not_deleted
from partner_tui.ui.background import Running
from partner_tui.ui.changes.branches import BranchesScreen
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.workspace.branching import branches, delete, switch
from partner_tui.workspace.history import the_repository

if TYPE_CHECKING:
    from partner_tui.ui.app_base import BaseApp
    from partner_tui.ui.view import Frame

PUBLISHING = "A push or pull is still running. Switch the branch when it is done."


async def choose_branch(app: BaseApp, screen: Frame) -> None:
    """Show the branches until one is switched to, or none."""
    at, said = 0, ""
    with app.errors_shown(asked=True):
        while True:
            reading = Running("reading branches", stoppable=False)
            listed = await app.background.run(reading, branches, screen.workspace)
            act = await app.push_screen_wait(BranchesScreen(listed, at, said))
            if act is None:
                return
            if act.verb == "switch":
                await _switch(app, screen, act.listed)
                return
            at, said = listed.index(act.listed), await _delete(app, screen, act.listed)


async def _switch(app: BaseApp, screen: Frame, listed: ListedBranch) -> None:
    name, workspace = listed.branch.name, screen.workspace
    if listed.is_current:
        app.notify(f"{name} is already checked out.", markup=False)
        return
    if any(worker.group == "remote" and not worker.is_finished for worker in app.workers):
        app.notify(PUBLISHING, severity="warning")
        return
    app.keep_drafts()
    running = Running(f"switching to {name}", writes=True)
    watch = watching(app.progress_of(running), running.cancelled, app.credentials)
    try:
        has_manifest = await app.background.run(running, switch, workspace, listed, **watch)
    except BaseException:
        screen.manifest_changed()
        raise
    if not has_manifest:
        # Another file may be the manifest there; where there is none, opening it says what can be done.
        workspace.checker.close()
        app.reopen(str(workspace.folder))
        return
    screen.manifest_changed()
    dirty = workspace.repository is not None and workspace.repository.state.dirty
    kept = " Your uncommitted changes are kept." if dirty else ""
    app.notify(f"Switched to {name}.{kept}", markup=False)


async def _delete(app: BaseApp, screen: Frame, listed: ListedBranch) -> str:
    """Delete a branch, after a question that says what would be lost; what became of it, in a line."""
    name, workspace = listed.branch.label, screen.workspace
    if problem := why_not_deleted(listed):
        return " ".join(problem)
    root = the_repository(workspace).root
    reading = Running("reading commits", stoppable=False)
    lost = await app.background.run(reading, commits_of_its_own, root, listed.branch)
    if (not lost or listed.is_gone) and not await app.push_screen_wait(_question(listed, lost)):
        return ""
    try:
        deleting = Running(f"deleting {name}", stoppable=False, writes=True)
        await app.background.run(deleting, delete, workspace, listed)
    except PartnerTuiError as error:
        return f"{error.message} {error.hint}"
    screen.repository_changed()
    return f"Deleted {name}. To restore it: git branch {name} {listed.branch.commit[:7]}"


def _question(listed: ListedBranch, lost: int) -> ConfirmScreen:
    text = "Its commits are also on another branch. Nothing is deleted on the remote."
    if lost:
        commits = "1 commit is" if lost == 1 else f"{lost} commits are"
        text = (
            f"{listed.upstream} is gone, and {commits} on no other branch: merged in another form, or never merged.\n\n"
            "What is deleted stays reachable under refs/partner-tui/backup/."
        )
    return ConfirmScreen(f"Delete the branch {listed.branch.name}?", text, yes="Delete")
