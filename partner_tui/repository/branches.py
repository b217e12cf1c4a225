"""The branches that a clone knows, its own and its remotes', and switching to one. A switch never overwrites an edit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from partner_tui.errors import GitError
from partner_tui.repository.git import run
from partner_tui.repository.git_log import GitLog

_FORMAT = "--format=%(refname)%00%(objectname)%00%(committerdate:iso-strict)%00%(symref)"


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch as it was when git was asked.

    Args:
        name: Without the remote: ``main``.
        remote: Whose branch it is; None for one of the clone's own.
        commit: Its newest commit, a full hash.
        date: When that was committed, with its zone.
    """

    name: str
    remote: str | None
    commit: str
    date: datetime

    @property
    def label(self) -> str:
        """As git says it: ``main``, ``origin/main``."""
        return f"{self.remote}/{self.name}" if self.remote else self.name

    @property
    def ref(self) -> str:
        return f"refs/remotes/{self.label}" if self.remote else f"refs/heads/{self.name}"


def list_branches(root: Path) -> tuple[Branch, ...]:
    """Every local and remote branch, the newest first; a local one before a remote one of the same date."""
    remotes = sorted(run(["remote"], cwd=root).split(), key=len, reverse=True)
    printed = run(["for-each-ref", "--sort=-committerdate", _FORMAT, "refs/heads", "refs/remotes"], cwd=root)
    branches = []
    for line in printed.splitlines():
        ref, commit, date, symbolic = line.split("\0")
        kind, _, name = ref.removeprefix("refs/").partition("/")
        remote = next((one for one in remotes if name.startswith(f"{one}/")), None)
        if symbolic or not date or (kind == "remotes" and remote is None):
            continue
        if kind == "remotes" and remote:
            branches.append(Branch(name.removeprefix(f"{remote}/"), remote, commit, _date(date)))
        else:
            branches.append(Branch(name, None, commit, _date(date)))
    return tuple(sorted(branches, key=lambda branch: branch.date, reverse=True))


def switch_branch(root: Path, branch: Branch, log: GitLog | None = None) -> None:
    """Switch to a branch; for a remote's, to the local one of its name, which is made or moved forward to it.

    Raises:
        GitError: An edit that is not committed is in the way, or the local branch has commits that the remote's lacks.
            Nothing of the user's was changed.
    """
    local = f"refs/heads/{branch.name}"
    exists = bool(run(["for-each-ref", "--format=%(refname)", local], cwd=root).strip())
    if branch.remote is not None and not exists:
        run(
            ["switch", "--quiet", "--no-guess", "--create", branch.name, "--track", branch.label],
            cwd=root,
            log=log,
        )
        return
    if branch.remote is not None and not _is_ancestor(root, local, branch.ref):
        raise GitError(
            f"{branch.name} has commits that {branch.label} does not have.",
            f"Switch to {branch.name} and rebase it: git rebase {branch.label}",
        )
    if _current(root) != local:
        run(["switch", "--quiet", "--no-guess", branch.name], cwd=root, log=log)
    if branch.remote is not None:
        run(["merge", "--quiet", "--ff-only", branch.ref], cwd=root, log=log)


def _is_ancestor(root: Path, one: str, other: str) -> bool:
    try:
        run(["merge-base", "--is-ancestor", one, other], cwd=root)
    except GitError as error:
        if error.code == 1:
            return False
        raise
    return True


def _current(root: Path) -> str | None:
    """The full name of the branch that HEAD is on; None when it is detached."""
    try:
        return run(["symbolic-ref", "--quiet", "HEAD"], cwd=root).strip()
    except GitError as error:
        if error.code == 1:
            return None
        raise


def _date(text: str) -> datetime:
    return datetime.fromisoformat(text)
