"""The last commit, which may be made again or undone while nobody else has it.

The rule: a commit that a remote has, a merge and the first one are not made again; a merge can be undone as a whole. What is replaced or undone stays reachable
under ``refs/partner-tui/backup/``, and no file of the work tree is touched.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from partner_tui.errors import GitError
from partner_tui.repository.commits.checked_out import checked_out
from partner_tui.repository.commits.commit import Commit, has_commit, read_commits
from partner_tui.repository.commits.rebase import keep_reachable
from partner_tui.repository.commits.tree_changes import tree_changes
from partner_tui.repository.git import run
from partner_tui.repository.process.git_log import GitLog

_MOST_BYTES = 32_000_000
CommittedFile: TypeAlias = tuple[str, bytes | None, bytes | None]
"""A path with its content before a commit and after it, as git checks it out; None where it does not exist."""


@dataclass(frozen=True, slots=True)
class LastCommit:
    """The commit that HEAD is at.

    Args:
        problem: Why it is neither amended nor made uncommitted, and what to do; None when it may be.
        merged_into: Of a merge that nobody else has, the commit that the branch was at before it.
    """

    commit: Commit
    problem: tuple[str, str] | None
    merged_into: str | None = None


def read_last_commit(root: Path) -> LastCommit | None:
    """The last commit; None before the first one. Raises GitError."""
    if not has_commit(root):
        return None
    commit = read_commits(root, "-1", "HEAD", "--")[0]
    parents = run(["rev-list", "--parents", "--max-count=1", "HEAD", "--"], cwd=root).split()[1:]
    name = f"The last commit, {commit.short},"
    if not parents:
        return LastCommit(commit, (f"{name} is the first one.", "Make another commit instead."))
    if run(["for-each-ref", "--count=1", "--contains=HEAD", "refs/remotes"], cwd=root):
        return LastCommit(
            commit, (f"{name} is pushed, so others may have it.", "Make another commit instead.")
        )
    if len(parents) > 1:
        return LastCommit(commit, (f"{name} is a merge.", "Make another commit instead."), parents[0])
    return LastCommit(commit, None)


def require_own(root: Path, expected: str) -> LastCommit:
    """The last commit, where it is the one that the user saw and may be replaced. Raises GitError where it is not."""
    last = read_last_commit(root)
    if last is None or last.commit.hash != expected:
        raise GitError("The last commit is another one now.", "Press ctrl+r to reload, then look again.")
    if last.problem:
        raise GitError(*last.problem)
    return last


def undo_last_commit(root: Path, expected: str, log: GitLog | None = None) -> tuple[CommittedFile, ...]:
    """Undo the last commit: its changes are uncommitted ones, staged, and no file is touched.

    Args:
        expected: Its hash.

    Returns:
        What it changed, where that can be read and is not large.

    Raises:
        GitError: Nothing was changed; see `require_own`.
    """
    last = require_own(root, expected)
    files = _files_of(root)
    keep_reachable(root, last.commit.hash, log)
    run(["reset", "--soft", "--quiet", "HEAD~1"], cwd=root, log=log)
    return files


def _files_of(root: Path) -> tuple[CommittedFile, ...]:
    files: list[CommittedFile] = []
    revs, total = ("HEAD~1", "HEAD"), 0
    for path, change in tree_changes(root, *revs).items():
        entries = (change.before, change.after)
        if any(entry.is_there and not entry.is_file for entry in entries):
            continue  # a link, or another repository
        try:
            before, after = (
                checked_out(root, path, rev) if entry.is_there else None
                for rev, entry in zip(revs, entries, strict=True)
            )
        except GitError:
            continue  # its content is at the remote alone
        total += len(before or b"") + len(after or b"")
        if total <= _MOST_BYTES:
            files.append((path, before, after))
    return tuple(files)
