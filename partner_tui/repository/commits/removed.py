"""Finds the commit that removed a file from the history of a branch, and the name it was renamed to.

Only trees are read; the one exception is an inexact rename, which compares the few YAML files that the commit added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from partner_tui.repository.commits.commit import Commit, read_commits
from partner_tui.repository.commits.tree_changes import renames, tree_changes
from partner_tui.repository.git import Watch, run

_YAML = (".yaml", ".yml")


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
    before = f"{commit.hash}^"
    kinds = {path: change.kind for path, change in tree_changes(root, before, commit.hash).items()}
    path = next(path for path in paths if kinds.get(path) == "removed")
    added = [name for name, kind in kinds.items() if kind == "added" and name.lower().endswith(_YAML)]
    renamed = renames(root, before, commit.hash, [path, *added], **watch) if added else {}
    return Removal(commit, path, renamed.get(path))
