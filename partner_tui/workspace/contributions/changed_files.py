"""The files that differ between two commits, as a review lists them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from partner_tui.contributions.files import FileChange
from partner_tui.repository.commits.tree_changes import tree_changes
from partner_tui.repository.git import run


def changed_files(root: Path, before: str, after: str) -> Iterator[FileChange]:
    """Every file that differs, by path; one that was moved whole is renamed."""
    changes = tree_changes(root, before, after)
    binary = _binary(root, before, after)
    gone = {one.before.hash: path for path, one in changes.items() if not one.after.is_there}
    moved = {
        path: gone[one.after.hash]
        for path, one in changes.items()
        if not one.before.is_there and one.after.hash in gone
    }
    for path, one in sorted(changes.items()):
        mode = one.after.mode if one.after.is_there else ""
        if path in moved:
            yield FileChange(path, "renamed", moved[path], mode, path in binary)
        elif one.after.is_there or path not in moved.values():
            yield FileChange(path, one.kind, None, mode, path in binary)


def _binary(root: Path, before: str, after: str) -> frozenset[str]:
    arguments = ["diff-tree", "-r", "-z", "--numstat", "--no-renames", "--end-of-options", before, after]
    lines = run(arguments, cwd=root).split("\0")
    return frozenset(line.removeprefix("-\t-\t") for line in lines if line.startswith("-\t-\t"))
