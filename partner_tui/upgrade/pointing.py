"""Fix for `collection:` entries that give their RDF as `source`, where `rdf_source` alone is read (domain.md, section 2)."""

from __future__ import annotations

from dataclasses import replace

from partner_tui.compliance.rules import rdf_in_source
from partner_tui.manifest.editing.edits import Edit, Rename
from partner_tui.manifest.entry import Entry
from partner_tui.manifest.files import CloneFiles, fetched_name
from partner_tui.manifest.sources import place

NAME = rdf_in_source.NAME
TITLE = "Use rdf_source"
WHY = "In a collection: list only rdf_source is read as an RDF; source is what the resource is made from."


def pointed(entry: Entry, files: CloneFiles) -> tuple[Entry, Edit] | None:
    """The entry as it has to be, and the edit that makes it so; None where there is nothing to do, or nothing to read."""
    source = rdf_in_source.rdf_of(entry)
    if source is None:
        return None
    path = place(source, files)
    if not (path is not None and files.exists(path)) and files.read_text(fetched_name(source)) is None:
        return None
    own = {"rdf_source" if field == "source" else field: value for field, value in entry.own.items()}
    return replace(entry, own=own), Rename((*entry.path, "source"), "rdf_source")
