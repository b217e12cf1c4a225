"""Finds the file that was the manifest in an older commit, and its contents, many read at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from partner_tui.manifest.discovery import find_manifests_anywhere
from partner_tui.repository.commits.blobs import fetch_missing, read_blobs
from partner_tui.repository.commits.commit_files import CommitFiles
from partner_tui.repository.commits.file_log import LoggedCommit
from partner_tui.repository.commits.tree_changes import TreeChange, renames
from partner_tui.repository.git import Watch
from partner_tui.workspace.contributions.side import find_manifest
from partner_tui.workspace.steps.writing import MAX_BYTES

Changes: TypeAlias = Mapping[str, TreeChange]

KINDS: Final = (".yaml", ".yml", ".imjoy.html")
"""Files that can be a manifest, or the RDF or plugin of an entry."""
_KEPT = 32_000_000
"""So many bytes of contents are kept."""


class OlderManifests:
    """Manifests of commits that are listed."""

    def __init__(self, root: Path, watch: Watch) -> None:
        self._root = root
        self._watch = watch
        self._ahead: dict[str, int] = {}
        self._hashes: list[str] = []
        self._stream: Iterator[tuple[str, bytes | None]] = iter(())
        self._next = 0
        self._known: dict[str, bytes | None] = {}
        self._size = 0

    def read_ahead(self, commits: Sequence[LoggedCommit], names: Collection[str]) -> None:
        """Note which contents will be asked for; what a partial clone lacks of them is fetched in one go. Raises GitError."""
        self._hashes = list(
            dict.fromkeys(
                change.before.hash
                for commit in commits
                for changes in commit.changes
                for path in names
                if (change := changes.get(path)) is not None and change.before.is_there
            )
        )
        self._ahead = {hash: place for place, hash in enumerate(self._hashes)}
        self._stream, self._next = iter(()), len(self._hashes)
        if self._hashes:
            fetch_missing(self._root, self._hashes, **self._watch)

    def content(self, blob: str) -> bytes | None:
        """A content by its hash; None where it is too large, or no file."""
        if blob in self._known:
            return self._known[blob]
        at = self._ahead.get(blob)
        if at is None:
            stream = read_blobs(self._root, [blob], MAX_BYTES, **self._watch)
        elif at < self._next:  # read, and dropped since; or nothing is read yet
            stream = self._stream = read_blobs(self._root, self._hashes[at:], MAX_BYTES, **self._watch)
            self._next = at
        else:
            stream = self._stream
        for hash, content in stream:
            self._keep(hash, content)
            self._next = max(self._next, self._ahead.get(hash, -1) + 1)
            if hash == blob:
                return content
        return self._known.get(blob)

    def _keep(self, hash: str, content: bytes | None) -> None:
        """Keep a content, in place of the oldest."""
        self._size -= len(self._known.pop(hash, None) or b"")  # it may be read again
        self._known[hash] = content
        self._size += len(content or b"")
        while self._size > _KEPT and len(self._known) > 1:
            self._size -= len(self._known.pop(next(iter(self._known))) or b"")

    def before(self, commit: str, parent: str, name: str, blob: str, changes: Changes) -> tuple[str, str]:
        """The path of the manifest in a parent of a commit, and the hash of its content; "" where there is none.

        Args:
            name, blob: The same of the commit.
        """
        change = changes.get(name)
        if change is None and blob:
            return name, blob
        if change is not None and change.before.is_there:
            return name, change.before.hash
        gone = [path for path, one in changes.items() if one.before.is_there and not one.after.is_there]
        if not blob:
            old = next(iter(find_manifests_anywhere(gone)), None)
            return (old, changes[old].before.hash) if old else (name, "")
        old = next((path for path in gone if changes[path].before.hash == blob), None)
        if old is None and gone:
            renamed = renames(self._root, parent, commit, [name, *gone], **self._watch)
            old = next((was for was, new in renamed.items() if new == name), None)
        if old is not None:
            return old, changes[old].before.hash
        files = CommitFiles(self._root, parent)
        old = find_manifest(files)
        return (old, files.blob(old) or "") if old else (name, "")
