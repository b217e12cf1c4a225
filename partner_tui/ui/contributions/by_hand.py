"""Contributions added by hand, in the app: brought by a dialog and reviewed at once, or deleted after a question."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from partner_tui.contributions.contribution import Contribution
from partner_tui.plain import visible
from partner_tui.repository.branches.by_hand import delete_brought, find_brought
from partner_tui.repository.branches.own_branches import commits_of_its_own
from partner_tui.ui.background import writing
from partner_tui.ui.contributions.add_screen import AddScreen
from partner_tui.ui.contributions.contribution_list import ContributionList
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.view import Frame
from partner_tui.workspace.changes.committing import the_repository
from partner_tui.workspace.contributions.contributions import Contributions


async def add(
    frame: Frame,
    contributions: Contributions,
    listed: ContributionList,
    typed: str,
    reviewed: Callable[[None], None],
) -> str:
    """Add one by the dialog, and open its review.

    Args:
        listed: Goes to it once it has it.

    Returns:
        What was typed and did not become one.

    Raises:
        GitError: There is no repository, or what was made cannot be read.
    """
    from partner_tui.ui.review.screen import ReviewScreen

    workspace = frame.workspace
    repository, name = the_repository(workspace), workspace.manifest_name
    screen = AddScreen(repository, contributions.target, name, typed)
    branch = await frame.app.push_screen_wait(screen)
    if branch is None:
        return screen.typed
    listed.wanted = ("hand", branch)
    frame.repository_changed()
    one = await asyncio.to_thread(contributions.find, branch)
    frame.app.push_screen(ReviewScreen(contributions, one), reviewed)
    return ""


async def delete(frame: Frame, one: Contribution) -> bool:
    """Delete the branch of one after a question; whether it was deleted.

    Raises:
        GitError: It is not such a branch, or checked out.
    """
    repository = the_repository(frame.workspace)
    root, name = repository.root, visible(one.name, 100)
    listed = await asyncio.to_thread(find_brought, root, one.name)
    lost = await asyncio.to_thread(commits_of_its_own, root, listed)
    words = "All of its commits are on another branch too."
    if lost:
        are = "commit of it is" if lost == 1 else "of its commits are"
        words = f"{lost} {are} on no other branch, and would only be kept under refs/partner-tui/backup/."
    words += " What you said of it is kept."
    if not await frame.app.push_screen_wait(ConfirmScreen(f"Delete {name}?", words, yes="Delete")):
        return False
    running = writing(f"deleting {name}")
    await frame.app.background.run(running, delete_brought, root, one.name, repository.log)
    frame.repository_changed()
    restored = f"git branch {name} {listed.commit[:7]}"
    frame.app.notify(f"Deleted {name}. To restore it: {restored}", markup=False, timeout=12)
    return True
