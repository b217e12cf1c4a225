"""Choosing a branch, switching to it, and deleting one: nothing uncommitted is lost, and a deletion asks first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partner_tui.errors import PartnerTuiError
from partner_tui.repository.branches.own_branches import ListedBranch
from partner_tui.ui.background import Running
from partner_tui.ui.changes.branches import BranchesScreen
from partner_tui.ui.changes.questions import Dialogs
from partner_tui.ui.changes.remote_work import is_busy
from partner_tui.workspace.changes.branching import branches, delete, switch

if TYPE_CHECKING:
    from partner_tui.ui.app_base import BaseApp
    from partner_tui.ui.view import Frame

BUSY = "A push or pull is still running. Switch the branch when it is done."


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
    if is_busy(app):
        app.notify(BUSY, severity="warning")
        return
    app.keep_drafts()
    running = Running(f"switching to {name}", writes=True)
    try:
        has_manifest = await app.run_git(running, lambda watch: switch(workspace, listed, **watch))
    except BaseException:
        screen.manifest_changed()
        raise
    if not has_manifest:
        # Another file may be the manifest there; where there is none, opening it says what can be done.
        workspace.close()
        app.reopen(str(workspace.folder))
        return
    screen.manifest_changed()
    dirty = workspace.repository is not None and workspace.repository.state.dirty
    kept = " Your uncommitted changes are kept." if dirty else ""
    app.notify(f"Switched to {name}.{kept}", markup=False)


async def _delete(app: BaseApp, screen: Frame, listed: ListedBranch) -> str:
    """Delete a branch; what became of it, in a line."""
    name = listed.branch.label
    try:
        if not await delete(screen.workspace, Dialogs(app, screen), listed):
            return ""
    except PartnerTuiError as error:
        return f"{error.message} {error.hint}"
    screen.repository_changed()
    return f"Deleted {name}. To restore it: git branch {name} {listed.branch.commit[:7]}"
