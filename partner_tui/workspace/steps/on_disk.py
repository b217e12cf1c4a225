"""Detects what others did on the disk beside the app: to the manifest, to the RDFs that were read, and to the repository.

The rule: `Workspace` notes here whatever it reads, as it reads it, so that no later change of it goes unnoticed. A look costs
one `stat` per file and runs no git; only what has moved is read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.resolve import Resolved
from partner_tui.manifest.sources import place
from partner_tui.manifest.text.document import Document
from partner_tui.repository.fingerprint import Stamp, stamp_of
from partner_tui.repository.trust.git_folder import find_git_folder

_OF_A_WORK_TREE = (
    "HEAD",
    "index",
    "index.lock",
    "FETCH_HEAD",
    "MERGE_HEAD",
    "CHERRY_PICK_HEAD",
    "REVERT_HEAD",
    "BISECT_LOG",
    "rebase-merge",
    "rebase-apply",
)
_OF_ALL_WORK_TREES = ("config", "packed-refs", "reftable")
_MOST_FOLDERS = 1000


class OnDisk:
    """The files below a folder that were read, and the repository's own, as they were then."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, tuple[Stamp, Document | None]] = {}
        self._repository: Stamp | None = None

    def forget(self) -> None:
        """All files are read again from now on."""
        self._read = {}

    def note(self, resolved: Resolved, files: CloneFiles) -> None:
        """Remember the RDF or plugin that an entry was read from just now, or where one is missing."""
        path, missing = resolved.rdf_path, resolved.missing
        if path is None and missing is not None:
            path = place(missing.reference, files)
        if path is not None:
            self._read[path] = self._stamp(path), resolved.rdf

    def changed(self) -> tuple[str, ...]:
        """The RDFs and plugins that are not as they were read; one that was only touched is."""
        return tuple(
            path
            for path, (stamp, document) in tuple(self._read.items())
            if self._stamp(path) != stamp
            and (document is None or _content(self._folder / path) != document.encode())
        )

    def note_repository(self) -> None:
        """The repository is about to be read."""
        self._repository = self._stamp_of_repository()

    def repository_moved(self) -> bool:
        """Whether HEAD, the index, a branch or the configuration is another since the repository was read, if it was."""
        return self._repository is not None and self._stamp_of_repository() != self._repository

    def _stamp(self, path: str) -> Stamp:
        return stamp_of([str(self._folder / path)])

    def _stamp_of_repository(self) -> Stamp:
        found = find_git_folder(self._folder)
        if found is None:
            return ()
        paths = [found.own / name for name in _OF_A_WORK_TREE]
        paths += [found.common / name for name in _OF_ALL_WORK_TREES]
        return stamp_of([*map(str, paths), *_folders(found.common / "refs")])


def _folders(refs: Path) -> Iterator[str]:
    """Git writes a ref by renaming a file into its folder, which then has another time: so no ref need be looked at."""
    for count, (folder, _, _) in enumerate(os.walk(refs)):
        if count == _MOST_FOLDERS:
            return
        yield folder


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
