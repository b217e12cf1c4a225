"""The manifest of one commit or tree, with the files around it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from partner_tui.comparison.merge import Read, Version, read_version
from partner_tui.errors import ManifestParseError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.discovery import find_manifests_anywhere
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.text.document import Document
from partner_tui.repository.commits.commit_files import CommitFiles
from partner_tui.workspace.steps.writing import MAX_BYTES

_MOST_KEPT = 6
"""Versions: one of a thousand entries takes a megabyte, and what it shares with the others none."""


@dataclass(frozen=True, slots=True)
class Side:
    """One version of a repository.

    Attributes:
        name: The path of its manifest; None where it has none.
        manifest: None where there is none, or it cannot be read; `problem` says why.
        text: What the file holds, readable or not.
    """

    files: CommitFiles
    name: str | None
    manifest: Manifest | None = None
    text: str = ""
    problem: str = ""

    @property
    def known(self) -> Manifest | None:
        """What it has of entries: none where there is no manifest; None where it cannot be read."""
        return _NO_ENTRIES if self.name is None else self.manifest

    def unreadable_after(self, before: Side) -> str:
        """Why the manifest cannot be read any more, in a sentence; "" where it can."""
        return self.problem or ("The manifest is gone." if self.name is None and before.name else "")


_NO_ENTRIES = read_manifest(Document.parse("", "manifest"))


def look_at_side(
    root: Path, commit: str, manifest_name: str | None = None, slug: Callable[[], str | None] = lambda: None
) -> Side:
    """As `read_side`, faster where another version is known, for what is looked at and not written."""
    return read_side(root, commit, manifest_name, slug, read_by_parts)


class Sides:
    """The versions of a clone to look at: many contributions begin at the same commit, and what shows one asks again."""

    def __init__(self, root: Path, manifest_name: str | None, slug: Callable[[], str | None]) -> None:
        self._look = partial(look_at_side, root, manifest_name=manifest_name, slug=slug)
        self._kept: OrderedDict[str, Side] = OrderedDict()

    def at(self, commit: str) -> Side:
        """As `look_at_side`; one of which something could not be fetched is read again."""
        side = self._kept.pop(commit, None)
        if side is None or side.files.lacks_some:
            side = self._look(commit)
        self._kept[commit] = side  # the last to be dropped
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return side


def read_side(
    root: Path,
    commit: str,
    manifest_name: str | None = None,
    slug: Callable[[], str | None] = lambda: None,
    read: Read | None = None,
) -> Side:
    """Read the manifest of a commit or tree; nothing is raised where it cannot be read.

    Args:
        manifest_name: Where it has none of the known names.
        read: Reads the manifest's content; `read_once` by default.
    """
    files = CommitFiles(root, commit, slug)
    name = find_manifest(files, manifest_name)
    if name is None:
        return Side(files, None)
    content = files.read_bytes(name, MAX_BYTES)
    if content is None:
        return Side(files, name, problem=f"{name} of {commit[:7]} is too large, or not a file.")
    text = content.decode("utf-8", "surrogateescape")
    version = (read or read_once)(content, name)
    if isinstance(version, ManifestParseError):
        return Side(files, name, None, text, f"At {commit[:7]}: {version.message}")
    return Side(files, name, _manifest_once(version), text)


@lru_cache(maxsize=4)
def read_once(content: bytes | None, name: str) -> Version:
    """A manifest by its content: a review, its merge and the next contribution read the same one, and reading takes the longest."""
    return read_version(content, name)


@lru_cache(maxsize=4)
def read_by_parts(content: bytes | None, name: str) -> Version:
    """The same to be looked at: entries that are as in a version that was looked at are not read again."""
    return read_version(content, name, by_parts=True)


@lru_cache(maxsize=4)
def _manifest_once(document: Document) -> Manifest:
    """The entries of a document that was read once."""
    return read_manifest(document)


def find_manifest(files: CommitFiles, manifest_name: str | None = None) -> str | None:
    """The path of the manifest among some files; None where there is none."""
    names = files.names()
    return manifest_name if manifest_name in names else next(iter(find_manifests_anywhere(names)), None)
