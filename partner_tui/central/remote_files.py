"""The files of other hosts that entries name: covers, documentation, downloads; what the hosts said of them, and the edits for
what has moved.

A file of the clone is none of these, whatever its URL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from partner_tui.addresses.answer import Answer
from partner_tui.addresses.doi import read_doi
from partner_tui.addresses.urls import is_url
from partner_tui.manifest.editing.edits import Edit, Replace
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles, path_in_clone
from partner_tui.manifest.resolve import Resolved, written_in
from partner_tui.manifest.text.document import Path

Role = Literal["cover", "documentation", "download"]
_FIELDS: Mapping[str, Role] = {
    "covers": "cover",
    "icon": "cover",
    "documentation": "documentation",
    **dict.fromkeys(
        (
            "source",
            "rdf_source",
            "download_url",
            "attachments",
            "weights",
            "inputs",
            "outputs",
            "test_inputs",
            "test_outputs",
            "sample_inputs",
            "sample_outputs",
        ),
        "download",
    ),
}


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """One file that an entry names.

    Attributes:
        entry: The index of the entry.
        address: The URL to ask for: what is written, or that of the DOI.
        document: The file that it is written in, relative to the clone; "" where that cannot be edited here.
        path: From the root of that file.
        line: 1-based; 0 without a document.
        is_written: Whether the address is what is written, and can be replaced by another.
    """

    entry: int
    role: Role
    address: str
    document: str
    path: Path
    line: int
    is_written: bool


def remote_files(resolved: Resolved, manifest: Manifest, files: CloneFiles) -> Iterator[RemoteFile]:
    """The files of other hosts that an entry names, in the order of its fields."""
    for field, role in _FIELDS.items():
        if field not in resolved.data:
            continue
        document, start = written_in(resolved, manifest, field)
        for path, text in _texts(resolved.data[field], start):
            written = text.strip()
            address = written if is_url(written) else _of_doi(written)
            inside = path_in_clone(written, files)
            if not address or (inside is not None and files.exists(inside)):
                continue
            name, line = ("", 0) if document is None else (document.name, document.position(path).line)
            yield RemoteFile(resolved.entry.index, role, address, name, path, line, address == written)


def moved_edits(named: Iterable[RemoteFile], answers: Mapping[str, Answer]) -> dict[str, list[Edit]]:
    """The edits that write the new addresses of what has moved, by the file that they are in."""
    places: dict[tuple[str, Path], str] = {}
    for one in named:
        if is_fixable(one, answers.get(one.address)):
            places[one.document, one.path] = answers[one.address].address
    found: dict[str, list[Edit]] = {}
    for (document, path), address in places.items():
        found.setdefault(document, []).append(Replace(path, address))
    return found


def is_fixable(named: RemoteFile, answer: Answer | None) -> bool:
    """Whether a file has moved and its new address can be written."""
    return answer is not None and answer.state == "moved" and named.is_written and bool(named.document)


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, one in value.items():
            if isinstance(key, str):
                yield from _texts(one, (*path, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _texts(one, (*path, index))


def _of_doi(text: str) -> str:
    doi = read_doi(text)
    return f"https://doi.org/{doi}" if doi else ""
