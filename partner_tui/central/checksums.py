"""The files of the clone that descriptions name with a checksum: whether `sha256` is the file's, and the edits that make it so.

The spec asks for the sha256 of weights and of every file that a model names since 0.5; a wrong one makes tools refuse the download.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from partner_tui.manifest.editing.edits import Add, Edit, Replace
from partner_tui.manifest.files import CloneFiles, path_in_clone
from partner_tui.manifest.resolve import Resolved
from partner_tui.manifest.text.document import Document, Path

State = Literal["right", "wrong", "unstated", "absent"]
_WITH_CHECKSUM = frozenset({"weights", "attachments", "test_tensor", "sample_tensor", "architecture"})
"""Below these keys the spec describes a file as `source` and `sha256`; elsewhere a file may be named without."""


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file of the clone that a description names.

    Attributes:
        entry: The index of the entry.
        document: The file that names it, relative to the clone: the manifest or an RDF.
        path: To the mapping with `source` and `sha256`, from the root of that file.
        line: Where it is named, 1-based.
        file: Relative to the clone.
        stated: The sha256 that is written; "" where none is.
        actual: The sha256 of the file; "" where there is no such file.
    """

    entry: int
    document: str
    path: Path
    line: int
    source: str
    file: str
    stated: str
    actual: str

    @property
    def state(self) -> State:
        if not self.actual:
            return "absent"
        return "right" if self.stated.lower() == self.actual else "wrong" if self.stated else "unstated"


def named_files(
    resolved: Resolved, manifest: Document, files: CloneFiles, checksum: Callable[[str], str]
) -> Iterator[NamedFile]:
    """The files of the clone that an entry and its RDF name by `source`, in the order in which they are written.

    Args:
        checksum: The sha256 of a file of the clone; "" where there is none.
    """
    entry = resolved.entry
    base = "" if entry.path else resolved.folder
    written = [(manifest, manifest.name, entry.path, base, entry.own)]
    if entry.path and resolved.rdf is not None and resolved.rdf_path is not None:
        beside = resolved.rdf_path.rpartition("/")[0]
        written.append((resolved.rdf, resolved.rdf_path, (), beside, resolved.rdf.data))
    for document, name, start, folder, value in written:
        for path, described, is_asked in _described(value, start, asked=False):
            source, stated = described["source"], described.get("sha256")
            file = path_in_clone(source, files, folder)
            if file is None or len(path) == len(start) or not (is_asked or stated is not None):
                continue
            line = document.position((*path, "source")).line
            known = "" if stated is None else str(stated)
            yield NamedFile(entry.index, name, path, line, source, file, known, checksum(file))


def _described(value: Any, path: Path, *, asked: bool) -> Iterator[tuple[Path, Mapping[str, Any], bool]]:
    """Each mapping with a `source`, and whether the spec asks for its sha256."""
    if isinstance(value, dict):
        if isinstance(value.get("source"), str):
            yield path, value, asked
        for key, one in value.items():
            if isinstance(key, str):
                yield from _described(one, (*path, key), asked=asked or key in _WITH_CHECKSUM)
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _described(one, (*path, index), asked=asked)


def checksum_edits(named: Iterable[NamedFile]) -> dict[str, list[Edit]]:
    """The edits that write the right checksums, by the file that they are in; none for what is right or absent."""
    found: dict[str, list[Edit]] = {}
    for one in named:
        if one.state == "wrong":
            found.setdefault(one.document, []).append(Replace((*one.path, "sha256"), one.actual))
        elif one.state == "unstated":
            found.setdefault(one.document, []).append(Add((*one.path, "sha256"), one.actual, after="source"))
    return found
