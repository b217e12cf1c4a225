"""Reads the entries one after the other, and writes edits of the manifest and of RDFs in the clone, as one step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from threading import Event

from partner_tui.errors import Cancelled, PartnerTuiError
from partner_tui.manifest.editing.edits import Edit
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.resolve import Resolved
from partner_tui.manifest.text.document import Document
from partner_tui.workspace.steps.step import Step
from partner_tui.workspace.workspace import Workspace


def entries_of(workspace: Workspace, cancelled: Event) -> Iterator[Resolved]:
    """Every entry with its fields, in file order. Raises Cancelled."""
    for entry in workspace.manifest.entries:
        if cancelled.is_set():
            raise Cancelled
        yield workspace.resolved(entry)


def write_edits(workspace: Workspace, title: str, edits: Mapping[str, Sequence[Edit]]) -> Step | None:
    """Write edits, by the file that they are in, relative to the clone; None when they change nothing.

    Raises:
        PartnerTuiError: A file is not as it was read, or an edit cannot be written; nothing was written. See `Workspace.save`.
    """
    contents: dict[str, bytes | None] = {}
    for path, some in edits.items():
        document = workspace.document if path == workspace.manifest_name else _document(workspace, path)
        contents[path] = apply(document, some).encode()
    return workspace.save(title, contents)


def _document(workspace: Workspace, path: str) -> Document:
    content = workspace.read(path)
    if content is None:
        raise PartnerTuiError(f"{path} is not there any more.", "Press ctrl+r to reload.")
    return Document.decode(content, path)
