"""Switching the branch of an open workspace. Uncommitted edits and drafts come along, or nothing is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from partner_tui.errors import GitError
from partner_tui.repository.branches import switch_branch
from partner_tui.repository.own_branches import ListedBranch, branches_to_switch_to, delete_branch
from partner_tui.workspace.history import the_repository

if TYPE_CHECKING:
    from partner_tui.repository.git import Watch
    from partner_tui.workspace.workspace import Workspace


def branches(workspace: Workspace) -> tuple[ListedBranch, ...]:
    """What can be switched to. Raises GitError."""
    repository = the_repository(workspace)
    return branches_to_switch_to(repository.root, repository.default_branch())


def switch(workspace: Workspace, listed: ListedBranch, **watch: Unpack[Watch]) -> bool:
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
            f"{listed.branch.name} is checked out in {listed.worktree}.",
            "Open that folder, or switch it first.",
        )
    try:
        switch_branch(repository.root, listed.branch, repository.log, **watch)
    finally:
        repository.changed()
        workspace.load()
        workspace.open_repository()
    return (workspace.folder / workspace.manifest_name).is_file()


def delete(workspace: Workspace, listed: ListedBranch) -> int:
    """Delete one of the clone's own branches; see `delete_branch`."""
    repository = the_repository(workspace)
    return delete_branch(repository.root, listed, repository.log)
