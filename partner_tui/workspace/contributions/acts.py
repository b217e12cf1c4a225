"""Merging in the clone that is open: the same as for the commands, and the workspace reads its files again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

from partner_tui.errors import GitError
from partner_tui.repository.commits.last_commit import read_last_commit
from partner_tui.repository.git import Watch
from partner_tui.workspace.changes.committing import the_repository
from partner_tui.workspace.contributions.applying import Applied, apply_batch, apply_plan, undo_applied
from partner_tui.workspace.contributions.batch import BatchRow
from partner_tui.workspace.contributions.merge_plan import Plan

if TYPE_CHECKING:
    from partner_tui.repository.commits.commit import Commit
    from partner_tui.workspace.workspace import Workspace


def apply(workspace: Workspace, plan: Plan, **watch: Unpack[Watch]) -> Applied:
    """Commit a merge or a revert; see `apply_plan`."""
    return _read_again(workspace, apply_plan(the_repository(workspace), plan, **watch))


def merge_several(
    workspace: Workspace, onto: str, rows: Sequence[BatchRow], **watch: Unpack[Watch]
) -> Applied:
    """Commit those merges of a batch that are not left out; see `apply_batch`."""
    return _read_again(workspace, apply_batch(the_repository(workspace), onto, rows, **watch))


def undo(workspace: Workspace, applied: Applied) -> None:
    """Undo any of these until it is pushed; see `undo_applied`."""
    undo_applied(the_repository(workspace), applied)
    _read_again(workspace, applied)


def undo_last_merge(workspace: Workspace, commit: Commit) -> None:
    """Undo the last commit, a merge: the branch and its files are as they were before it.

    Raises:
        GitError: It is pushed, no merge, or not the last commit any more; or an uncommitted change is in the way.
    """
    last = read_last_commit(the_repository(workspace).root)
    if last is None or last.commit.hash != commit.hash or last.merged_into is None:
        raise GitError("The last commit is another one now.", "Press ctrl+r to reload, then look again.")
    undo(workspace, Applied(last.merged_into, commit.hash))


def _read_again(workspace: Workspace, applied: Applied) -> Applied:
    workspace.load()
    workspace.open_repository()
    return applied
