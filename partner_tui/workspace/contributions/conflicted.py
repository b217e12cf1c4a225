"""Both sides of a file that git cannot merge, for a person to choose one: read with a limit, never with markers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from partner_tui.errors import GitError
from partner_tui.plain import visible
from partner_tui.repository.commits.tree_changes import TreeEntry
from partner_tui.repository.commits.trial_merge import ConflictedFile
from partner_tui.repository.git import run, run_bytes

FileKind: TypeAlias = Literal["text", "binary", "removed", "link", "submodule"]
MOST_SHOWN = 256 * 1024
"""So many bytes of a file are shown; of a larger one its size alone is told."""
_LOOKED_AT = 8000
_KINDS: dict[str, FileKind] = {"120000": "link", "160000": "submodule"}


@dataclass(frozen=True, slots=True)
class FileVersion:
    """A file on one side.

    Attributes:
        name: Its path on this side.
        size: In bytes; None for what is no file.
        text: Of a text that is not too large, of a link where it leads, of a submodule its commit. It is contributed: make it
            visible before it is shown.
    """

    name: str
    kind: FileKind
    size: int | None = None
    text: str | None = None


def read_versions(root: Path, file: ConflictedFile) -> tuple[FileVersion, FileVersion, FileVersion]:
    """The file in the base, in ours and in theirs; in a partial clone its content is fetched."""
    mine, other = file.names or (file.path, file.path)
    return (
        _version(root, file.path, file.base),
        _version(root, mine, file.ours),
        _version(root, other, file.theirs),
    )


def _version(root: Path, name: str, entry: TreeEntry | None) -> FileVersion:
    if entry is None:
        return FileVersion(name, "removed")
    kind = _KINDS.get(entry.mode, "text")
    if kind == "submodule":
        return FileVersion(name, kind, text=entry.hash)
    try:
        size = int(run(["cat-file", "-s", entry.hash], cwd=root))
        if size > MOST_SHOWN:
            return FileVersion(name, kind, size)
        content = run_bytes(["cat-file", "blob", entry.hash], cwd=root)
    except GitError:  # not in a partial clone, and the remote cannot be reached
        return FileVersion(name, kind)
    if b"\0" in content[:_LOOKED_AT]:
        return FileVersion(name, "binary", size)
    return FileVersion(name, kind, size, content.decode("utf-8", "replace"))


def said(file: ConflictedFile, gone: str = "removed or renamed") -> str:
    """Why it conflicts, in one line without a full stop."""
    name = visible(file.path, 80)
    if file.names:
        mine, other = (visible(one, 80) for one in file.names)
        return f"{name} was renamed to {mine} in your branch and to {other} in the contribution"
    if file.theirs is None:
        return f"{name} was {gone} by the contribution and changed in your branch"
    if file.ours is None:
        return f"{name} was {gone} in your branch and changed by the contribution"
    if file.base is None:
        return f"both sides added {name}"
    return f"both sides changed {name}"
