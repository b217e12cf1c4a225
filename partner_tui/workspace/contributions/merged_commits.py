"""Which commits of a branch brought a contribution: what it is compared with once it is merged, and what reverts it.

The rule: nothing is guessed. Where git does not show where a contribution begins, none of the branch's commits is taken for it.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path

from partner_tui.contributions.contribution import Contribution
from partner_tui.errors import GitError
from partner_tui.plain import visible
from partner_tui.repository.commits.commit import merge_base
from partner_tui.repository.commits.commit import resolve as resolve_commit
from partner_tui.repository.git import run
from partner_tui.repository.remotes.pull_refs import what_was_brought
from partner_tui.repository.remotes.same_changes import commits_alike


def before_merge(root: Path, one: Contribution, branch: str) -> str:
    """The commit of a branch before it got the commits of a contribution, as a revision."""
    if one.merged_by:
        return f"{one.merged_by}^1"
    since = f"{one.head}..{branch}"
    with_it = set(run(["rev-list", "--ancestry-path", since, "--"], cwd=root).split())
    line = run(["rev-list", "--first-parent", "--reverse", since, "--"], cwd=root).split()
    brought = next((commit for commit in line if commit in with_it), one.head)
    commits = run(["rev-list", "--parents", "--max-count=1", brought, "--"], cwd=root).split()
    return commits[1] if len(commits) > 1 else brought  # the first commit of all has nothing before it


def merged_commits(
    root: Path,
    one: Contribution,
    branch: str,
    made_here: tuple[str, str] | None = None,
    changes: MutableMapping[str, bytes] | None = None,
) -> tuple[str, str]:
    """The commits by which a branch got a contribution: the one before them, and the last of them.

    Args:
        branch: A commit.
        made_here: Of a merge on this machine, and of this contribution alone: where the branch was before and after it.
        changes: What `changes_of` gave before.

    Raises:
        GitError: The branch does not have it, or git does not show which commits these are.
    """
    if made_here is not None and _has(root, branch, made_here[1]):
        return made_here
    brought = what_was_brought(root, branch, ())
    by_number = brought.by_number.get(one.name) if one.kind in ("pull", "merge-requests") else None
    if commit := brought.by_head.get(one.head) or by_number:
        return resolve_commit(root, f"{commit}^1"), commit
    if _has(root, branch, one.head):
        start = merge_base(root, before_merge(root, one, branch), one.head)
        if start not in (None, one.head):
            return str(start), one.head
    elif alike := commits_alike(root, branch, one.head, changes):
        return resolve_commit(root, f"{alike[-1]}^1"), alike[0]
    raise GitError(
        f"git does not show which commits brought {visible(one.reference, 60)}.",
        "Restore its entries in their history (h in Entries), or use git revert.",
    )


def _has(root: Path, branch: str, commit: str) -> bool:
    return merge_base(root, branch, commit) == commit
