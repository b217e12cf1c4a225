"""The branches that a clone knows, its own and its remotes', and switching to one. A switch never overwrites an edit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Unpack

from partner_tui.errors import GitError
from partner_tui.plain import few
from partner_tui.repository.commits.commit import count_commits, has_commit, read_date
from partner_tui.repository.commits.rebase import refresh_index
from partner_tui.repository.git import Watch, run
from partner_tui.repository.process.git_log import GitLog

_SHOWN = 5
_FORMAT = "--format=%(refname)%00%(objectname)%00%(committerdate:raw)%00%(symref)%00%(objecttype)"


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch as it was when git was asked.

    Args:
        name: Without the remote: ``main``.
        remote: Whose branch it is; None for one of the clone's own.
        commit: Its newest commit, a full hash.
        date: When that was committed, with its zone.

    What is told of the clone's own alone, see `own_branches.branches_to_switch_to`:

    Args:
        is_current: Whether it is checked out here.
        worktree: The other work tree in which it is checked out; empty when it is in none.
        upstream: What it follows, such as ``origin/main``; empty when it follows no branch of a remote.
        ahead, behind: Commits that the upstream, or the branch, lacks, as of the last fetch.
        is_gone: Whether the upstream is not at the remote any more, as of the last fetch.
        is_merged: Whether the remote's default branch has all of its commits.
    """

    name: str
    remote: str | None
    commit: str
    date: datetime
    is_current: bool = False
    worktree: str = ""
    upstream: str = ""
    ahead: int = 0
    behind: int = 0
    is_gone: bool = False
    is_merged: bool = False

    @property
    def label(self) -> str:
        """As git says it: ``main``, ``origin/main``."""
        return f"{self.remote}/{self.name}" if self.remote else self.name

    @property
    def ref(self) -> str:
        return f"refs/remotes/{self.label}" if self.remote else f"refs/heads/{self.name}"


class EditsInTheWay(GitError):
    """A switch would overwrite uncommitted changes of some files; nothing was done."""

    def __init__(self, branch: Branch, files: Sequence[str], error: GitError) -> None:
        self.files = tuple(files)
        shown = few(files, _SHOWN, 400)
        super().__init__(
            f"Switching to {branch.label} would overwrite your uncommitted changes: {shown}.",
            "Commit them first, or discard them (Changes, d), then switch. Files that Changes does not list: git stash.",
            command=error.command,
            code=error.code,
            output=error.output,
        )


def list_branches(root: Path) -> tuple[Branch, ...]:
    """Every local and remote branch, the newest first; a local one before a remote one of the same date."""
    remotes = sorted(run(["remote"], cwd=root).split(), key=len, reverse=True)
    printed = run(["for-each-ref", "--sort=-committerdate", _FORMAT, "refs/heads", "refs/remotes"], cwd=root)
    branches = []
    for line in printed.splitlines():
        ref, commit, date, symbolic, what = line.split("\0")
        kind, _, name = ref.removeprefix("refs/").partition("/")
        remote = next((one for one in remotes if kind == "remotes" and name.startswith(f"{one}/")), None)
        if symbolic or what != "commit" or (kind == "remotes" and remote is None):
            continue
        name = name.removeprefix(f"{remote}/") if remote else name
        branches.append(Branch(name, remote, commit, read_date(date)))
    return tuple(sorted(branches, key=lambda branch: branch.date, reverse=True))


def switch_branch(root: Path, branch: Branch, log: GitLog | None = None, **watch: Unpack[Watch]) -> None:
    """Switch to a branch; for a remote's, to the local one of its name, which is made or moved forward to it.

    Raises:
        EditsInTheWay: Uncommitted changes would be lost by it.
        GitError: The local branch has commits that the remote's lacks, HEAD is detached at commits that no branch has, or
            git is in the middle of something. In each case nothing of the user's was changed.
    """
    local = f"refs/heads/{branch.name}"
    exists = bool(run(["for-each-ref", "--format=%(refname)", local], cwd=root).strip())
    _refuse_to_leave(root)
    if branch.remote is not None and not exists:
        arguments = ["switch", "--quiet", "--no-guess", "--create", branch.name, "--track", branch.label]
        _run_switch(root, branch, arguments, log, **watch)
        return
    if branch.remote is not None and run(
        ["rev-list", "--max-count=1", local, f"^{branch.ref}", "--"], cwd=root
    ):
        raise GitError(
            f"{branch.name} has commits that {branch.label} does not have.",
            f"Switch to {branch.name} and rebase it: git rebase {branch.label}",
        )
    if _current(root) != local:
        arguments = ["switch", "--quiet", "--no-guess", "--end-of-options", branch.name]
        _run_switch(root, branch, arguments, log, **watch)
    if branch.remote is not None:
        _run_switch(root, branch, ["merge", "--quiet", "--ff-only", branch.ref], log, **watch)


def _run_switch(
    root: Path, branch: Branch, arguments: Sequence[str], log: GitLog | None, **watch: Unpack[Watch]
) -> None:
    refresh_index(root)
    try:
        run(arguments, cwd=root, log=log, **watch)
    except GitError as error:
        if files := _in_the_way(error.output):
            raise EditsInTheWay(branch, files, error) from error
        raise


def _in_the_way(words: str) -> tuple[str, ...]:
    """The files that git names: each on a line of its own, behind a tab, which is shown as blanks."""
    if not re.search(r"would be (?:overwritten|removed|lost)|would lose untracked", words):
        return ()
    return tuple(line.strip() for line in words.splitlines() if line.startswith("    "))


def _refuse_to_leave(root: Path) -> None:
    """Commits of a detached HEAD that no branch has would be hard to find again."""
    if _current(root) is not None or not has_commit(root):
        return
    count = count_commits(root, "HEAD", "--not", "--branches", "--remotes", "--tags")
    if count:
        commits = "its commit is" if count == 1 else f"its {count} commits are"
        raise GitError(
            f"HEAD is detached, and {commits} on no branch.",
            "Give them a branch first: git switch --create NAME",
        )


def _current(root: Path) -> str | None:
    """The full name of the branch that HEAD is on; None when it is detached."""
    return run(["symbolic-ref", "--quiet", "HEAD"], cwd=root, says_no=1).strip() or None
