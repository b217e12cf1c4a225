"""What a commit does to its tree, entry by entry, and the same done to another tree.

An entry is more than text: it may be executable, a link, or a submodule. It is taken as a whole where one side alone changed
it, and what cannot be merged is refused by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from partner_tui.errors import GitError
from partner_tui.repository.git import run

_FILES = ("100644", "100755")
_NOTHING = "000000"


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """What a path holds: a mode such as ``100644``, and the hash of its blob, link or submodule's commit."""

    mode: str
    hash: str

    @property
    def is_there(self) -> bool:
        return self.mode != _NOTHING

    @property
    def is_file(self) -> bool:
        return self.mode in _FILES


@dataclass(frozen=True, slots=True)
class TreeChange:
    """A path before and after."""

    before: TreeEntry
    after: TreeEntry


def tree_changes(root: Path, before: str, after: str) -> dict[str, TreeChange]:
    """The paths that differ between two commits; no file's content is looked at.

    Names that are not UTF-8 hold surrogates, as those of Python's files do.
    """
    arguments = ["diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", "--ignore-submodules=none"]
    parts = iter(run([*arguments, "--end-of-options", before, after], cwd=root).split("\0")[:-1])
    changes = {}
    for about, path in zip(parts, parts, strict=True):
        mode, new_mode, hash, new_hash, _ = about.removeprefix(":").split(" ")
        changes[path] = TreeChange(TreeEntry(mode, hash), TreeEntry(new_mode, new_hash))
    return changes


def done_again(
    ours: Mapping[str, TreeChange],
    theirs: Mapping[str, TreeChange],
    merge_content: Callable[[str], str | None],
) -> dict[str, TreeEntry]:
    """What our change writes into their tree.

    Args:
        merge_content: Merges the content of a file that both changed; returns the hash of the result, None to remove it.

    Raises:
        GitError: Both changed something that cannot be merged.
    """
    written = {}
    for path, change in ours.items():
        other = theirs.get(path)
        if other is None:
            written[path] = change.after
        elif other.after != change.after:
            written[path] = _merged(path, change, other, merge_content)
    present = [path for path, change in theirs.items() if change.after.is_there]
    _refuse_files_over_folders(written, present)
    return written


def _merged(
    path: str, ours: TreeChange, theirs: TreeChange, merge_content: Callable[[str], str | None]
) -> TreeEntry:
    if not ours.after.is_there or not theirs.after.is_there:
        gone, changed = ("on the remote", "here") if ours.after.is_there else ("here", "on the remote")
        raise GitError(
            f"{path} was removed or renamed {gone}, and changed {changed}.", "Merge it with git: git pull"
        )
    if not (ours.after.is_file and theirs.after.is_file):
        raise clash(path)
    mode = ours.after.mode if ours.after.mode != ours.before.mode else theirs.after.mode
    if ours.after.hash in (ours.before.hash, theirs.after.hash):
        return TreeEntry(mode, theirs.after.hash)
    if theirs.after.hash == ours.before.hash:
        return TreeEntry(mode, ours.after.hash)
    merged = merge_content(path)
    return TreeEntry(_NOTHING, "0" * 40) if merged is None else TreeEntry(mode, merged)


def _refuse_files_over_folders(written: Mapping[str, TreeEntry], theirs: Iterable[str]) -> None:
    """Git's index would let a file take the place of a folder, and all that is in it."""
    ours = {path for path, entry in written.items() if entry.is_there}
    above_ours = {folder: path for path in ours for folder in _folders(path)}
    for path in theirs:
        if path in above_ours:
            raise clash(above_ours[path])
        if found := ours.intersection(_folders(path)):
            raise clash(found.pop())


def _folders(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def clash(path: str) -> GitError:
    return GitError(
        f"{path} was changed in the same place here and on the remote.", "Merge it with git: git pull"
    )
