"""The branches that can be switched to, each with where it is against the one it follows; and deleting one of the clone's own.

The rule: a branch is deleted when its commits are somewhere else, or when the branch that it follows is gone. Commits that
are nowhere else stay reachable under ``refs/partner-tui/backup/``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from partner_tui.errors import GitError
from partner_tui.repository.branches.switching import Branch, list_branches
from partner_tui.repository.branches.tracking import HEADS, read_settings, read_tracking
from partner_tui.repository.commits.commit import count_commits
from partner_tui.repository.commits.rebase import keep_reachable
from partner_tui.repository.git import run
from partner_tui.repository.process.git_log import GitLog

_FORMAT = "--format=%(refname)%00%(HEAD)%00%(worktreepath)%00%(upstream)%00%(upstream:track)"
_COUNTS = re.compile(r"(ahead|behind) (\d+)")


def branches_to_switch_to(root: Path, default: str | None = None) -> tuple[Branch, ...]:
    """The current one, the clone's own, then those of remotes that the clone has not; each the newest first.

    Args:
        default: The remote's default branch, without the remote.
    """
    branches = list_branches(root)
    own = {branch.name for branch in branches if branch.remote is None}
    refs = {branch.ref for branch in branches}
    merged = _merged(root, default, refs)
    settings = read_settings(root)
    listed = []
    for line in run(["for-each-ref", _FORMAT, HEADS], cwd=root).splitlines():
        ref, head, worktree, tracked, counted = line.split("\0")
        branch = next((one for one in branches if one.ref == ref), None)
        if branch is None:
            continue
        upstream = read_tracking(settings, branch.name).upstream
        is_gone, ahead, behind = False, 0, 0
        if upstream is not None and upstream.tracking not in refs:
            is_gone = any(one.remote == upstream.remote for one in branches)
        elif upstream is not None and tracked != upstream.tracking:
            ahead, behind = _counts(root, ref, upstream.tracking)  # a plain fetch does not bring it
        elif upstream is not None:
            counts = {word: int(number) for word, number in _COUNTS.findall(counted)}
            ahead, behind = counts.get("ahead", 0), counts.get("behind", 0)
        listed.append(
            replace(
                branch,
                is_current=head == "*",
                worktree="" if head == "*" else worktree,
                upstream=str(upstream or ""),
                ahead=ahead,
                behind=behind,
                is_gone=is_gone,
                is_merged=ref in merged and branch.name != default,
            )
        )
    listed.sort(key=lambda one: (one.is_current, one.date), reverse=True)
    return (*listed, *(one for one in branches if one.remote and one.name not in own))


def commits_of_its_own(root: Path, branch: Branch) -> int:
    """How many commits no other branch has, here or at a remote."""
    return count_commits(root, branch.ref, "--not", "--remotes", f"--exclude={branch.name}", "--branches")


def delete_branch(root: Path, branch: Branch, log: GitLog | None = None, *, keeps: bool = True) -> int:
    """Delete one of the clone's own branches; at the remote nothing is deleted.

    Args:
        keeps: Whether commits that are nowhere else keep the branch.

    Returns:
        How many commits no other branch has; they are kept under ``refs/partner-tui/backup/``.

    Raises:
        GitError: It is checked out, or has commits of its own although the branch that it follows is there.
    """
    if problem := why_not_deleted(branch):
        raise GitError(*problem)
    lost = commits_of_its_own(root, branch)
    if lost and keeps and not branch.is_gone:
        commits = "1 commit that is" if lost == 1 else f"{lost} commits that are"
        raise GitError(
            f"{branch.name} has {commits} on no other branch, so it was not deleted.",
            "Switch to it and push it, or merge it first.",
        )
    if lost:
        keep_reachable(root, branch.commit, log)
    run(["branch", "--quiet", "--delete", "--force", "--", branch.name], cwd=root, log=log)
    return lost


def why_not_deleted(branch: Branch) -> tuple[str, str] | None:
    """Why a branch cannot be deleted, whatever it has, and what to do; None when it may be."""
    name = branch.label
    if branch.remote is not None:
        return f"{name} is a branch of the remote.", "Delete it there, then press f5 to update the list."
    if branch.is_current:
        return f"{name} is checked out here.", "Switch to another branch, then delete it."
    if branch.worktree:
        return f"{name} is checked out in {branch.worktree}.", "Switch to another branch there first."
    return None


def _merged(root: Path, default: str | None, refs: Iterable[str]) -> frozenset[str]:
    ends = [
        ref for ref in refs if default and ref.startswith("refs/remotes/") and ref.endswith(f"/{default}")
    ]
    merged = [f"--merged={ref}" for ref in ends]
    if not merged:
        return frozenset()
    return frozenset(run(["for-each-ref", "--format=%(refname)", *merged, HEADS], cwd=root).split())


def _counts(root: Path, ref: str, upstream: str) -> tuple[int, int]:
    ahead, behind = run(
        ["rev-list", "--count", "--left-right", f"{ref}...{upstream}", "--"], cwd=root
    ).split()
    return int(ahead), int(behind)
