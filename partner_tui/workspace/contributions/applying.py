"""A merge that was planned becomes a commit of the default branch; it can be undone until it is pushed, and taken back by entry then.

The rule: the branch moves last, by ``reset --keep``, so that an uncommitted change in its way stops it, and where it was stays
reachable under ``refs/partner-tui/backup/``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, Unpack

from partner_tui.errors import GitError
from partner_tui.plain import few
from partner_tui.repository.commits.commit import head_of
from partner_tui.repository.commits.rebase import move_branch
from partner_tui.repository.commits.tree_changes import tree_changes
from partner_tui.repository.git import Watch, run
from partner_tui.repository.repository import Repository
from partner_tui.workspace.contributions.batch import BatchRow
from partner_tui.workspace.contributions.merge_plan import Plan, commit_plan


def branch_to_merge_into(repository: Repository) -> str:
    """The commit of the default branch, where it is checked out and has all that is known of the remote's.

    Returns:
        Its full hash.

    Raises:
        GitError: It is not, or a commit cannot be made now.
    """
    state = repository.refresh()
    if state.problem:
        raise GitError(*state.problem)
    default = repository.default_branch()
    if default is not None and state.branch != default:
        raise GitError(
            f"Contributions are merged into {default}, and {state.branch} is checked out.",
            f"Switch to {default} first.",
        )
    if state.behind:
        raise GitError(
            f"{state.branch} is {state.behind} commits behind the remote."
            if state.behind > 1
            else f"{state.branch} is one commit behind the remote.",
            "Pull first.",
        )
    if state.commit is None:
        raise GitError("There are no commits to merge into.", "Commit the manifest first.")
    return state.commit


class Applied(NamedTuple):
    """What was put on the branch, and can be undone until it is pushed.

    Attributes:
        before: The commit that the branch was at.
        commit: The one that it is at now.
    """

    before: str
    commit: str


def apply_plan(repository: Repository, plan: Plan, **watch: Unpack[Watch]) -> Applied:
    """Commit a merge or a revert on the branch that is checked out.

    Raises:
        GitError: The branch moved since the plan was made, or an uncommitted change is in the way; nothing was moved.
    """
    return apply_planned(repository, plan.onto, commit_plan(repository.root, plan, **watch), **watch)


def apply_batch(
    repository: Repository, onto: str, rows: Sequence[BatchRow], **watch: Unpack[Watch]
) -> Applied:
    """Commit those merges of a batch that are not left out, one after the other, as one thing to undo.

    Raises:
        GitError: As of `apply_plan`; nothing was moved.
    """
    tip = onto
    for row in rows:
        if row.is_merged:
            tip = commit_plan(repository.root, replace(row.plan, onto=tip), **watch)
    return apply_planned(repository, onto, tip, **watch)


def apply_planned(repository: Repository, onto: str, commit: str, **watch: Unpack[Watch]) -> Applied:
    """Move the branch to a commit that was made on top of it.

    Raises:
        GitError: The branch moved since, or an uncommitted change is in the way; nothing was moved.
    """
    if branch_to_merge_into(repository) != onto:
        raise GitError("The branch moved since this was planned.", "Look at it again, then merge.")
    _require_free(repository, onto, commit)
    move_branch(repository.root, commit, expected=onto, log=repository.log, **watch)
    repository.changed()
    return Applied(onto, commit)


def require_undoable(root: Path, applied: Applied) -> None:
    """Refuse what is not the last commit, or what others may have.

    Raises:
        GitError: It cannot be undone any more.
    """
    if head_of(root) != applied.commit:
        raise GitError("There are newer commits on the branch.", "Undo these first.")
    if run(["for-each-ref", "--count=1", f"--contains={applied.commit}", "refs/remotes"], cwd=root):
        raise GitError(
            "It is pushed, so others may have it.", "Revert it with a new commit: press v in its review."
        )


def undo_applied(repository: Repository, applied: Applied) -> None:
    """Move the branch back to where it was, while nobody else has what was put on it.

    Raises:
        GitError: As of `require_undoable`; or an uncommitted change is in the way. Nothing was moved.
    """
    root = repository.root
    require_undoable(root, applied)
    repository.refresh()
    _require_free(repository, applied.before, applied.commit)
    move_branch(root, applied.before, expected=applied.commit, log=repository.log)
    repository.changed()


def _require_free(repository: Repository, one: str, other: str) -> None:
    """Refuse by name where files that differ between two commits have uncommitted changes, as of the last ``refresh``."""
    changed = tree_changes(repository.root, one, other)
    if in_the_way := sorted(changed.keys() & set(repository.state.dirty)):
        raise GitError(
            f"{few(in_the_way)} has uncommitted changes."
            if len(in_the_way) == 1
            else f"{few(in_the_way)} have uncommitted changes.",
            "Commit or discard them first.",
        )
