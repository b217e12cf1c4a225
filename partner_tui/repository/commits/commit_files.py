"""The files of one commit, whatever is checked out: nothing of the work tree is read, and nothing can be written.

In a partial clone a file's content is fetched when it is asked for, that one alone.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath

from partner_tui.repository.clone_files import RepositoryFiles, is_inside
from partner_tui.repository.commits.tree_changes import GONE, TreeEntry, tree_entries
from partner_tui.repository.git import run_bytes

_LONGEST_LINK = 4096
_MOST_LINKS = 5
_HELD = re.compile(rb"([0-9a-f]+) (\w+) (\d+)")
"""What git prints before a content; none follows "<what was asked> missing" and, in newer git, "<hash> submodule"."""


class CommitFiles(RepositoryFiles):
    """The files of a revision; links are followed within it."""

    def __init__(self, root: Path, commit: str, slug: Callable[[], str | None] = lambda: None) -> None:
        super().__init__(root, slug)
        self._commit = commit

    def at(self, commit: str) -> CommitFiles:
        """The files of another commit; a content that both have is read once."""
        other = CommitFiles(self.root, commit, self._slug)
        other._lock, other._contents, other._unreachable = self._lock, self._contents, self._unreachable
        return other

    @cached_property
    def _listing(self) -> dict[str, TreeEntry]:
        return tree_entries(self.root, self._commit)

    def exists(self, path: str) -> bool:
        return self.blob(path) is not None

    def read_bytes(self, path: str, limit: int) -> bytes | None:
        blob = self.blob(path)
        return None if blob is None else self._content(blob, limit)

    def names(self) -> tuple[str, ...]:
        return tuple(self._listing)

    def entry(self, path: str) -> TreeEntry | None:
        """The file of just this path; None for a link, and where there is none."""
        entry = self._listing.get(path, GONE)
        return entry if entry.is_file else None

    def blob(self, path: str) -> str | None:
        """The hash of a file's content, links followed; None where there is no such file."""
        for _ in range(_MOST_LINKS):
            if not is_inside(path):
                return None
            path = PurePosixPath(path).as_posix()
            entry = self._listing.get(path, GONE)
            if entry.mode != "120000":
                return entry.hash if entry.is_file else None
            target = self._content(entry.hash, _LONGEST_LINK) or b""
            path = posixpath.normpath(
                posixpath.join(posixpath.dirname(path), target.decode("utf-8", "replace"))
            )
        return None


def names_in(root: Path, commits: Sequence[str], folder: str = "") -> dict[str, tuple[str, ...]]:
    """The names of the files directly in a folder of each commit; no content is fetched.

    Args:
        folder: From the root, POSIX; empty for the root itself. Where a commit has no such folder, there are no names.
    """
    if not commits or "\n" in folder:
        return {}
    asked = "".join(f"{commit}:{folder}\n" for commit in commits).encode()
    printed = run_bytes(["cat-file", "--batch", "--buffer"], cwd=root, input=asked)
    names: dict[str, tuple[str, ...]] = {}
    for commit in commits:
        header, _, printed = printed.partition(b"\n")
        names[commit] = ()
        if held := _HELD.fullmatch(header):
            hash, kind, size = held[1], held[2], int(held[3])
            content, printed = printed[:size], printed[size + 1 :]
            names[commit] = tuple(_tree_names(content, len(hash) // 2)) if kind == b"tree" else ()
    return names


def _tree_names(content: bytes, hash_bytes: int) -> Iterator[str]:
    """A tree object is ``<mode> <name>\\0<hash>`` again and again."""
    while content:
        about, _, rest = content.partition(b"\0")
        mode, _, name = about.partition(b" ")
        if mode.startswith(b"10") or mode == b"120000":
            yield name.decode("utf-8", "surrogateescape")
        content = rest[hash_bytes:]
