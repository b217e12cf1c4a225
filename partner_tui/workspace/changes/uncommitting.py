"""Undoing the last commit of a workspace: its changes are uncommitted again, as a step that ctrl+z undoes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partner_tui.errors import GitError
from partner_tui.repository.commits.commit import Commit
from partner_tui.repository.commits.last_commit import undo_last_commit
from partner_tui.workspace.changes.committing import the_repository
from partner_tui.workspace.steps.step import FileChange, Step

if TYPE_CHECKING:
    from partner_tui.workspace.workspace import Workspace


def undo_commit(workspace: Workspace, commit: Commit) -> Step:
    """Undo the last commit. No file is touched; what it changed is the first of the steps again.

    Raises:
        GitError: It is pushed, a merge, the first one, or not the last one any more; nothing was changed.
    """
    repository = the_repository(workspace)
    if problem := repository.refresh().problem:
        raise GitError(*problem)
    files = undo_last_commit(repository.root, commit.hash, repository.log)
    repository.changed()
    changes = tuple(FileChange(file.path, file.before, file.after) for file in files)
    step = Step(f"undid the commit “{commit.subject}”", changes)
    if changes:
        workspace.steps.put_first(step)
    workspace.open_repository()
    return step
