"""The branches of an open workspace: names for new ones, switching, deleting.

Uncommitted edits and drafts come along in a switch, or nothing is done; a deletion asks first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Unpack

from partner_tui.errors import GitError
from partner_tui.repository.branches.own_branches import (
    branches_to_switch_to,
    commits_of_its_own,
    delete_branch,
    why_not_deleted,
)
from partner_tui.repository.branches.switching import Branch, switch_branch
from partner_tui.workspace.changes.committing import the_repository
from partner_tui.workspace.changes.push_questions import Caller

if TYPE_CHECKING:
    from partner_tui.repository.git import Watch
    from partner_tui.workspace.workspace import Workspace


def branches(workspace: Workspace) -> tuple[Branch, ...]:
    """What can be switched to. Raises GitError."""
    repository = the_repository(workspace)
    return branches_to_switch_to(repository.root, repository.default_branch())


def switch(workspace: Workspace, listed: Branch, **watch: Unpack[Watch]) -> bool:
    """Switch to a branch and read the manifest that it has.

    Returns:
        Whether it has one of the same name; where it has not, the folder is to be opened again.

    Raises:
        EditsInTheWay, GitError: Nothing was changed.
    """
    repository = the_repository(workspace)
    state = repository.refresh()
    if state.branch is not None and state.problem:
        raise GitError(*state.problem)
    if listed.worktree:
        raise GitError(
            f"{listed.name} is checked out in {listed.worktree}.",
            "Open that folder, or switch it first.",
        )
    try:
        switch_branch(repository.root, listed, repository.log, **watch)
    finally:
        repository.changed()
        workspace.load()
        workspace.open_repository()
    return (workspace.folder / workspace.manifest_name).is_file()


async def delete(workspace: Workspace, caller: Caller, listed: Branch) -> bool:
    """Delete one of the clone's own branches, after a question that says what would be lost; False when declined.

    Raises:
        GitError: It cannot be deleted, or its commits are nowhere else; see `delete_branch`.
    """
    if problem := why_not_deleted(listed):
        raise GitError(*problem)
    repository = the_repository(workspace)
    lost = await caller.run("reading commits", lambda watch: commits_of_its_own(repository.root, listed))
    if (not lost or listed.is_gone) and not await caller.delete_branch(listed, lost):
        return False
    await caller.run(
        f"deleting {listed.label}",
        lambda watch: delete_branch(repository.root, listed, repository.log),
        writes=True,
    )
    return True


def branch_name(message: str) -> str:
    """A branch's name from the subject of a commit: ``partner-tui/splash-title-changed``."""
    words = re.findall(r"[a-z0-9]+", message.partition("\n")[0].lower())
    name = ""
    for word in words:
        if len(name) + len(word) > 40:
            break
        name = f"{name}-{word}" if name else word
    return f"partner-tui/{name or 'changes'}"
