"""Merges two commits with git without checking anything out.

The rule: what a side of a conflict is said to hold is what that side holds. Git itself puts what it merged, with markers, in its
place where a file was renamed twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from partner_tui.repository.commits.tree_changes import TreeEntry, tree_entries
from partner_tui.repository.git import Watch, run

_RENAMED_TWICE = "CONFLICT (rename/rename)"


@dataclass(frozen=True, slots=True)
class ConflictedFile:
    """A file that git cannot merge, as each side has it; None where a side has no file of that name.

    Attributes:
        path: Its name; of a file that each side gave another name, the one before.
        names: Its name in ours and in theirs, where each side gave it another one.
        is_known: Whether the entries are what the sides hold; else git merged a part of it before it gave up.
    """

    path: str
    base: TreeEntry | None
    ours: TreeEntry | None
    theirs: TreeEntry | None
    names: tuple[str, str] | None = None
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class TrialMerge:
    """A merged tree, in which files that conflict have markers, and those files."""

    tree: str
    conflicts: tuple[ConflictedFile, ...]


def try_merge(root: Path, ours: str, theirs: str, **watch: Unpack[Watch]) -> TrialMerge:
    """Merge two commits without a work tree. Raises GitError: no history in common, or a git older than 2.38."""
    command = ["merge-tree", "--write-tree", "-z", ours, theirs]
    tree, *printed = run(command, cwd=root, says_no=1, **watch).split("\0")
    end = printed.index("") if "" in printed else len(printed)
    stages: dict[str, dict[str, TreeEntry]] = {}
    for line in printed[:end]:
        about, _, path = line.partition("\t")
        mode, hash, stage = about.split(" ")
        stages.setdefault(path, {})[stage] = TreeEntry(mode, hash)
    if not stages:
        return TrialMerge(tree, ())
    sides = [tree_entries(root, side) for side in (ours, theirs)]
    return TrialMerge(tree, tuple(_conflicts(stages, sides, printed[end + 1 :])))


def _conflicts(
    stages: dict[str, dict[str, TreeEntry]], sides: Sequence[Mapping[str, TreeEntry]], messages: Sequence[str]
) -> Iterator[ConflictedFile]:
    ours, theirs = sides
    for was, mine, other in _renamed_twice(messages):
        if mine in ours and other in theirs and {was, mine, other} <= stages.keys():
            base = stages.pop(was).get("1")
            for name in (mine, other):
                stages.pop(name, None)
            yield ConflictedFile(was, base, ours[mine], theirs[other], (mine, other))
    known = [{entry.hash for entry in side.values()} for side in sides]
    for path, of in stages.items():
        mine_entry, other_entry = of.get("2"), of.get("3")
        is_known = all(
            entry is None or entry.hash in hashes
            for entry, hashes in zip((mine_entry, other_entry), known, strict=True)
        )
        yield ConflictedFile(path, of.get("1"), mine_entry, other_entry, is_known=is_known)


def _renamed_twice(messages: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """The names of files that each side renamed to another name: before, in ours, in theirs."""
    words = iter(messages)
    for count in words:
        if not count.isdigit():
            break
        paths = [next(words, "") for _ in range(int(count))]
        kind, _ = next(words, ""), next(words, "")
        if kind == _RENAMED_TWICE and len(paths) == 3:
            yield paths[0], paths[1], paths[2]
