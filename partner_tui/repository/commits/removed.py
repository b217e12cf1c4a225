"""Finds the commit that removed a file from the history of a branch, and the name it was renamed to.

Only trees are read; the one exception is an inexact rename, which compares the few YAML files that the commit added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from partner_tui.errors import GitError
from partner_tui.repository.commits.commit import Commit, read_commits
from partner_tui.repository.git import Watch, run

_MOST_ADDED = 20
"""Files that a commit added, with which a removed one is compared."""


@dataclass(frozen=True, slots=True)
class Removal:
    """The newest commit after which a file is no more.

    Args:
        commit: What removed it; its first parent is the last one that has the file.
        path: From the root.
        renamed_to: The name that the same commit gave it; None when it is gone.
    """

    commit: Commit
    path: str
    renamed_to: str | None

    @property
    def before(self) -> str:
        """The last commit that has the file, in git's notation."""
        return f"{self.commit.hash}^"


def removed_paths(root: Path) -> tuple[str, ...]:
    """Every path that a commit of the history removed or renamed, the newest first; empty before the first commit."""
    arguments = ["log", "-z", "--diff-filter=D", "--no-renames", "--diff-merges=first-parent", "--name-only"]
    printed = run([*arguments, "--format=", "HEAD", "--"], cwd=root, says_no=128)
    return tuple(dict.fromkeys(path for path in printed.split("\0") if path))


def find_removal(root: Path, paths: Sequence[str], **watch: Unpack[Watch]) -> Removal | None:
    """The newest commit of the history that removed one of these paths; None when none did.

    Args:
        paths: From the root, the preferred ones first: of several that one commit removed, the first is told.
    """
    if not paths:
        return None
    # As git simplifies history, it finds the commit itself. Where the removal is part of a merge, or lies beside the line
    # that git follows, each merge is compared with its first parent.
    for walk in ((), ("--full-history", "--diff-merges=first-parent")):
        arguments = ["log", "-1", "--diff-filter=D", "--no-renames", "--name-only", "--format=%H", *walk]
        found = run([*arguments, "HEAD", "--", *paths], cwd=root).split()
        if found:
            break
    else:
        return None
    (commit,) = read_commits(root, "-1", found[0], "--")
    gone = _changed(root, commit.hash, "D", paths)
    path = next(path for path in paths if path in gone)
    return Removal(commit, path, _renamed_to(root, commit.hash, path, watch))


def is_shallow(root: Path) -> bool:
    """Whether the clone's history was cut off, so that older commits cannot be looked at."""
    return run(["rev-parse", "--is-shallow-repository"], cwd=root).strip() == "true"


def _renamed_to(root: Path, commit: str, path: str, watch: Watch) -> str | None:
    added = [name for name in _changed(root, commit, "A", ()) if name.lower().endswith((".yaml", ".yml"))]
    if not added or len(added) > _MOST_ADDED:
        return None
    arguments = ["diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--name-status", f"{commit}^", commit]
    try:
        printed = run([*arguments, "--", path, *added], cwd=root, **watch).split("\0")
    except GitError:
        return None  # a partial clone that is offline: it is told as removed, which is true as well
    return next((new for old, new in zip(printed[1::3], printed[2::3], strict=False) if old == path), None)


def _changed(root: Path, commit: str, kind: str, paths: Sequence[str]) -> list[str]:
    """The paths that a commit added (A) or removed (D), against its first parent."""
    arguments = ["diff-tree", "-r", "-z", "--no-renames", f"--diff-filter={kind}", "--name-only"]
    return run([*arguments, f"{commit}^", commit, "--", *paths], cwd=root).split("\0")[:-1]
