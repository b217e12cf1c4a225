"""An RDF with the files that belong to it: a package (.zip), or a file with those beside it.

The rule: names are read before anything else. What is absolute, climbs, is a link, encrypted or there twice is refused, and so is
an archive that would become many times larger. Of the files beside an RDF only those are taken that it names, none of them
hidden, and none behind a link: an RDF that somebody sent must not pick the user's own files.
"""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from partner_tui.contributions.new_entry import file_names, is_beside
from partner_tui.errors import ManifestParseError, SourceError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.text.document import Document
from partner_tui.plain import size_words, visible
from partner_tui.repository.patches.mails import LARGEST
from partner_tui.workspace.contributions.by_hand.local_file import open_file, read_file
from partner_tui.workspace.contributions.by_hand.sent import RDF_NAMES, Sent
from partner_tui.workspace.steps.writing import MAX_BYTES

LARGEST_PACKAGE = 2_000_000_000
MOST_FILES = 2_000
MOST_TIMES = 200
"""How many times larger than the archive its files may be together, where they are larger than a few megabytes."""
_SMALL = 10_000_000
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


@dataclass(frozen=True, slots=True)
class Resource:
    """What was sent, looked at and not yet read.

    Attributes:
        path: The file that was given.
        rdf_name: What its RDF is called; in a package with the folder.
        sizes: The other files that belong to it, from the RDF's folder, with their sizes in bytes.
        left_out: Files that cannot be added, each with why, without a full stop.
    """

    path: Path
    rdf_name: str
    document: Document
    sizes: dict[str, int]
    left_out: dict[str, str] = field(default_factory=dict)
    about: os.stat_result | None = None
    in_package: bool = False

    @property
    def data(self) -> dict[str, Any]:
        return self.document.data if isinstance(self.document.data, dict) else {}

    def read(self) -> Iterator[tuple[str, bytes]]:
        """The content of each file, one after the other.

        Raises:
            SourceError: One is gone, or not as it was.
        """
        if not self.in_package:
            for name, size in self.sizes.items():
                yield name, read_file(self.path.parent / name, size)
            return
        folder = self.rdf_name.rpartition("/")[0]
        with _archive(self.path, self.about) as (archive, _):
            for name, size in self.sizes.items():
                yield name, _content(archive, f"{folder}/{name}" if folder else name, size)


def read_resource(sent: Sent) -> Resource:
    """Look at an RDF or a package.

    Raises:
        SourceError: It cannot be read, has no RDF, or is refused.
        ManifestParseError: The RDF is no YAML that is safe to read, or no RDF.
    """
    assert sent.path is not None
    return _package(sent.path) if sent.kind == "package" else _beside(sent.path)


def _beside(path: Path) -> Resource:
    document = _document(read_file(path, MAX_BYTES), path.name)
    sizes: dict[str, int] = {}
    left_out: dict[str, str] = {}
    for _, name in file_names(document.data):
        if name == path.name or name in sizes or name in left_out or len(sizes) >= MOST_FILES:
            continue
        here = path.parent
        try:
            abouts = [os.lstat(here := here / part) for part in name.split("/")]
        except (OSError, ValueError):
            continue
        if any(stat.S_ISLNK(about.st_mode) for about in abouts):
            left_out[name] = "a symbolic link"
        elif stat.S_ISREG(abouts[-1].st_mode):
            _sort(name, abouts[-1].st_size, sizes, left_out)
    return Resource(path, path.name, document, sizes, left_out)


def _package(path: Path) -> Resource:
    with _archive(path) as (archive, about):
        members = _members(archive, about.st_size, visible(path.name, 100))
        inside = [name for name in members if PurePosixPath(name).name in RDF_NAMES and is_beside(name)]
        if not inside:
            raise SourceError(
                f"{visible(path.name, 100)} has no RDF.", f"A package has one of: {', '.join(RDF_NAMES[:3])}."
            )
        rdf = min(inside, key=lambda name: (name.count("/"), RDF_NAMES.index(PurePosixPath(name).name)))
        document = _document(_content(archive, rdf, min(members[rdf], MAX_BYTES)), rdf)
    folder = rdf.rpartition("/")[0]
    start = f"{folder}/" if folder else ""
    sizes: dict[str, int] = {}
    left_out: dict[str, str] = {}
    for name, size in members.items():
        short = name.removeprefix(start)
        if name.startswith("__MACOSX/"):
            left_out["__MACOSX/"] = "what macOS adds to an archive"
        elif not name.startswith(start):
            left_out[name] = "not in the folder of the RDF"
        elif not is_beside(short):
            left_out[short] = "hidden, or a name that not every system takes"
        elif name != rdf:
            _sort(short, size, sizes, left_out)
    return Resource(path, rdf, document, sizes, left_out, about, in_package=True)


def _sort(name: str, size: int, sizes: dict[str, int], left_out: dict[str, str]) -> None:
    if size > LARGEST:
        left_out[name] = f"{size_words(size)}, and forges take at most {size_words(LARGEST)}"
    else:
        sizes[name] = size


def _members(archive: zipfile.ZipFile, archive_size: int, shown: str) -> dict[str, int]:
    """The files of a package by name, with their sizes."""
    infos = archive.infolist()
    if len(infos) > MOST_FILES:
        raise SourceError(f"{shown} has {len(infos)} files, more than {MOST_FILES}.", "It is refused.")
    sizes: dict[str, int] = {}
    folded = set()
    for info in infos:
        name = info.orig_filename if "\0" in info.orig_filename else info.filename
        if why := _flaw(info, name):
            raise SourceError(f"{shown} has {visible(name, 80)}, {why}.", "The package is refused.")
        if info.is_dir():
            continue
        if name.casefold() in folded:
            raise SourceError(f"{shown} has {visible(name, 80)} twice.", "The package is refused.")
        folded.add(name.casefold())
        sizes[name] = info.file_size
    total = sum(sizes.values())
    if total > LARGEST_PACKAGE or total > max(_SMALL, MOST_TIMES * archive_size):
        raise SourceError(
            f"{shown} has {size_words(archive_size)} and would become {size_words(total)}.",
            "The package is refused.",
        )
    return sizes


def _flaw(info: zipfile.ZipInfo, name: str) -> str:
    parts = name.rstrip("/").split("/")
    if name.startswith("/") or ".." in parts or "\\" in name or ":" in parts[0] or not name.isprintable():
        return "which is not a path within it"
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "which is a link" if kind == stat.S_IFLNK else "which is not a file"
    return "which is encrypted" if info.flag_bits & 0x1 else ""


@contextmanager
def _archive(
    path: Path, about: os.stat_result | None = None
) -> Iterator[tuple[zipfile.ZipFile, os.stat_result]]:
    with open_file(path, LARGEST_PACKAGE, about) as (file, now):
        try:
            archive = zipfile.ZipFile(file)
        except _DAMAGED:
            raise _damaged(path.name) from None
        with archive:
            yield archive, now


def _content(archive: zipfile.ZipFile, name: str, size: int) -> bytes:
    """What a file of an archive really has: no more than it says."""
    try:
        with archive.open(name) as file:
            content = file.read(size + 1)
            file.read(1)  # at the end the checksum is looked at
    except (*_DAMAGED, KeyError):
        raise _damaged(name) from None
    if len(content) > size:
        raise _damaged(name)
    return content


def _damaged(name: str) -> SourceError:
    return SourceError(
        f"{visible(name, 100)} is not a whole zip archive, or is damaged.", "Ask for the package again."
    )


def _document(content: bytes, name: str) -> Document:
    """The RDF of one resource. A manifest is refused: that is sent as a patch or a branch."""
    document = Document.decode(content, name)
    if not read_manifest(document).is_rdf:
        raise ManifestParseError(
            f"{visible(name, 100)} is not the RDF of one resource.",
            "An RDF has a type, or inputs, outputs and weights. A changed manifest is sent as a patch or a branch.",
            kind="content",
        )
    return document
