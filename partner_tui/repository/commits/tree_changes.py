"""Changes of a commit to its tree, entry by entry, and the same applied to another tree.

An entry is more than text: it may be executable, a link, or a submodule. It is taken as a whole where one side alone changed
it, and what cannot be merged is refused by name.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Unpack

from partner_tui.errors import GitError
from partner_tui.repository.git import Watch, run
from partner_tui.repository.stale_files import remove_leftovers, temporary_prefix

_NOTHING = "000000"
_MOST_RENAMES = 50


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
        return self.mode.startswith("100")


GONE = TreeEntry(_NOTHING, "0" * 40)
"""The entry of a path that is not there."""


@dataclass(frozen=True, slots=True)
class TreeChange:
    """A path before and after."""

    before: TreeEntry
    after: TreeEntry

    @property
    def kind(self) -> Literal["added", "changed", "removed"]:
        if not self.after.is_there:
            return "removed"
        return "changed" if self.before.is_there else "added"


def tree_changes(root: Path, before: str, after: str) -> dict[str, TreeChange]:
    """The paths that differ between two commits; no file's content is looked at.

    Names that are not UTF-8 hold surrogates, as those of Python's files do.
    """
    arguments = ["diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", "--ignore-submodules=none"]
    printed = run([*arguments, "--end-of-options", before, after], cwd=root).split("\0")[:-1]
    return read_changes(["", *printed])[0]


def read_changes(parts: Iterable[str]) -> list[dict[str, TreeChange]]:
    """What ``git diff-tree -z --raw`` printed: one comparison behind each part that is no change, such as a commit's hash."""
    found: list[dict[str, TreeChange]] = []
    rest = iter(parts)
    for part in rest:
        if not part.startswith(":"):
            found.append({})
            continue
        mode, new_mode, hash, new_hash, _ = part.removeprefix(":").split(" ")
        found[-1][next(rest)] = TreeChange(TreeEntry(mode, hash), TreeEntry(new_mode, new_hash))
    return found


def tree_entries(root: Path, commit: str, *paths: str) -> dict[str, TreeEntry]:
    """Every file, link and submodule of a commit by its path, or those of some paths; nothing is fetched."""
    command = ["ls-tree", "-r", "-z", "--full-tree", "--end-of-options", commit, *paths]
    lines = (line.partition("\t") for line in run(command, cwd=root).split("\0")[:-1])
    return {path: TreeEntry(about.split()[0], about.split()[2]) for about, _, path in lines}


def renames(
    root: Path, before: str, after: str, paths: Sequence[str], **watch: Unpack[Watch]
) -> dict[str, str]:
    """The new names of files by the old ones, as git tells them by content; none in a partial clone that is offline.

    Args:
        paths: What was removed and what was added; so many that nobody could tell are not looked at.
    """
    if len(paths) > _MOST_RENAMES:
        return {}
    arguments = ["diff-tree", "-r", "-z", "-M40%", "--diff-filter=R", "--name-status", before, after, "--"]
    try:
        printed = run([*arguments, *paths], cwd=root, **watch).split("\0")
    except GitError:
        return {}
    return dict(zip(printed[1::3], printed[2::3], strict=False))


@contextlib.contextmanager
def own_index(git_folder: Path) -> Iterator[Mapping[str, str]]:
    """The environment of an index that is nobody's but the caller's; what killed processes left of theirs is removed."""
    remove_leftovers(git_folder, "index")
    index = git_folder / f"{temporary_prefix('index')}{threading.get_ident()}"
    try:
        yield {"GIT_INDEX_FILE": str(index.absolute())}
    finally:
        for left in (index, index.with_name(f"{index.name}.lock")):
            with contextlib.suppress(OSError):
                left.unlink()


def tree_with(root: Path, tree: str, written: Mapping[str, TreeEntry], environment: Mapping[str, str]) -> str:
    """Write a tree that is as another one but for some paths: an entry that is not there removes it. Returns its hash."""
    # What is removed goes first: a file may take the place of a folder.
    lines = [
        f"{entry.mode} {entry.hash}\t{path}\0"
        for path, entry in sorted(written.items(), key=lambda item: item[1].is_there)
    ]
    run(["read-tree", tree], cwd=root, extra=environment)
    stdin = "".join(lines).encode("utf-8", "surrogateescape")
    run(["update-index", "-z", "--index-info"], cwd=root, input=stdin, extra=environment)
    # Of a clone that holds little, what no side changed need not be fetched.
    return run(["write-tree", "--missing-ok"], cwd=root, extra=environment).strip()


def write_blob(root: Path, content: bytes) -> str:
    """Write a file's content, as it is, and return its hash."""
    return run(["hash-object", "-w", "--no-filters", "--stdin"], cwd=root, input=content).strip()


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
    return GONE if merged is None else TreeEntry(mode, merged)


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
