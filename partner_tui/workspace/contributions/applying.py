"""A merge that was planned becomes a commit of the default branch; it can be undone until it is pushed, and taken back by entry then.

The rule: the branch moves last, by ``reset --keep``, so that an uncommitted change in its way stops it, and where it was stays
reachable under ``refs/partner-tui/backup/``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Unpack

from partner_tui.comparison.three_way import Side as Chosen
from partner_tui.errors import GitError
from partner_tui.repository.commits.checked_out import checked_out
from partner_tui.repository.commits.commit_object import commit_tree
from partner_tui.repository.commits.rebase import move_branch
from partner_tui.repository.commits.tree_changes import tree_changes
from partner_tui.repository.git import Watch, run
from partner_tui.repository.repository import Repository
from partner_tui.workspace.contributions.merge_plan import MergePlan, commit_plan
from partner_tui.workspace.contributions.merging import TreeMerge, merge_trees
from partner_tui.workspace.steps.step import FileChange


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
            "Pull first, then merge.",
        )
    if state.commit is None:
        raise GitError("There are no commits to merge into.", "Commit the manifest first.")
    return state.commit


def apply_merge(repository: Repository, plan: MergePlan, **watch: Unpack[Watch]) -> str:
    """Commit a merge on the branch that is checked out.

    Returns:
        The hash of the commit.

    Raises:
        GitError: The branch moved since the plan was made, or an uncommitted change is in the way; nothing was moved.
    """
    commit = commit_plan(repository.root, plan, **watch)
    apply_planned(repository, plan.onto, [commit], **watch)
    return commit


def apply_planned(repository: Repository, onto: str, commits: Sequence[str], **watch: Unpack[Watch]) -> None:
    """Move the branch to the last of some planned commits, each of which has the one before it as its first parent.

    Args:
        onto: The commit that the first was planned for.

    Raises:
        GitError: The branch moved since, or an uncommitted change is in the way; nothing was moved.
    """
    if branch_to_merge_into(repository) != onto:
        raise GitError("The branch moved since this merge was planned.", "Plan it again.")
    move_branch(repository.root, commits[-1], expected=onto, log=repository.log, **watch)
    repository.changed()


def undo_merge(repository: Repository, commit: str) -> None:
    """Move the branch back to where it was before a merge that nobody else has.

    Args:
        commit: The merge, which must be the last commit.

    Raises:
        GitError: It is pushed, or not the last one; or an uncommitted change is in the way. Nothing was moved.
    """
    root = repository.root
    head = run(["rev-parse", "HEAD"], cwd=root).strip()
    if head != commit:
        raise GitError("The merge is not the last commit any more.", "Undo the commits after it first.")
    if run(["for-each-ref", "--count=1", "--contains=HEAD", "refs/remotes"], cwd=root):
        raise GitError(
            "The merge is pushed, so others may have it.", "Revert what it changed with a commit instead."
        )
    move_branch(root, f"{commit}^1", expected=commit, log=repository.log)
    repository.changed()


@dataclass(frozen=True, slots=True)
class Revert:
    """What undoes a commit that others have, as edits of the files that are there now.

    Attributes:
        merged: Later edits are kept; where they are of what is reverted, a side has to be chosen: ``ours`` keeps them.
        changes: The files to write; empty while anything is undecided.
    """

    merged: TreeMerge
    changes: tuple[FileChange, ...] = ()


def plan_revert(
    repository: Repository,
    commit: str,
    manifests: Collection[str],
    choices: Mapping[str, Chosen] | None = None,
    **watch: Unpack[Watch],
) -> Revert:
    """Work out what undoes a commit by entry: the same merge, from that commit to the one before it.

    Args:
        manifests: Names of the manifest.

    Raises:
        GitError: It is the first commit.
    """
    root = repository.root
    head = run(["rev-parse", "HEAD"], cwd=root).strip()
    before = run(["rev-parse", "--verify", "--end-of-options", f"{commit}^1^{{tree}}"], cwd=root).strip()
    # A commit on top of the one to revert, so that git finds that one to be what both sides start from.
    undone = commit_tree(root, before, (commit,), "Revert")
    merged = merge_trees(root, repository.git_folder, head, undone, manifests, choices, **watch)
    if merged.tree is None:
        return Revert(merged)
    changes = tree_changes(root, head, merged.tree).items()
    return Revert(
        merged,
        tuple(
            FileChange(
                path,
                checked_out(root, path, head) if change.before.is_there else None,
                checked_out(root, path, merged.tree) if change.after.is_there else None,
            )
            for path, change in changes
        ),
    )
