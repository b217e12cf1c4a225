"""What git makes of a merge that nothing is checked out for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from partner_tui.repository.commits.tree_changes import TreeEntry
from partner_tui.repository.git import Watch, run


@dataclass(frozen=True, slots=True)
class ConflictedFile:
    """A file that git cannot merge, as each side has it; None where a side has no file of that name."""

    path: str
    base: TreeEntry | None
    ours: TreeEntry | None
    theirs: TreeEntry | None


@dataclass(frozen=True, slots=True)
class TrialMerge:
    """The result of a merge.

    Attributes:
        tree: The merged tree; files that conflict have markers in it.
        conflicts: Those files.
    """

    tree: str
    conflicts: tuple[ConflictedFile, ...]


def try_merge(root: Path, ours: str, theirs: str, **watch: Unpack[Watch]) -> TrialMerge:
    """Merge two commits without a work tree.

    Raises:
        GitError: They have no history in common, or git is older than 2.38.
    """
    command = ["merge-tree", "--write-tree", "--no-messages", "-z", ours, theirs]
    tree, *lines = run(command, cwd=root, says_no=1, **watch).split("\0")
    stages: dict[str, dict[str, TreeEntry]] = {}
    for line in filter(None, lines):
        about, _, path = line.partition("\t")
        mode, hash, stage = about.split(" ")
        stages.setdefault(path, {})[stage] = TreeEntry(mode, hash)
    return TrialMerge(
        tree,
        tuple(ConflictedFile(path, of.get("1"), of.get("2"), of.get("3")) for path, of in stages.items()),
    )
