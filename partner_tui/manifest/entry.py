"""One shape for the manifest and its entries, whatever dialect they are written in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from partner_tui.manifest.partner import Partner, as_text
from partner_tui.manifest.text.document import Document, Path

Dialect: TypeAlias = Literal["collection", "grouped", "mixed", "attachments", "rdf", "none"]


def as_fields(value: Any) -> dict[str, Any]:
    """The fields of a mapping that have texts for names; YAML allows others, the formats do not."""
    if not isinstance(value, dict):
        return {}
    if {str}.issuperset(map(type, value)):
        return value
    return {name: field for name, field in value.items() if isinstance(name, str)}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it is written, nothing resolved.

    Attributes:
        index: Its place among all entries of the manifest, in file order, from 0.
        path: Where it stands in the document; empty when it is the document, which is an RDF then.
        own: The fields written in the entry; empty when it is no mapping.
        problem: What is wrong with an entry that is no mapping; None for a mapping.
        line: Its first line, 1-based.
        group: The group that it stands in ("model", "application", ...); None in `collection`.
    """

    index: int
    path: Path
    own: Mapping[str, Any]
    problem: str | None
    line: int
    group: str | None

    @property
    def id(self) -> str | None:
        """Its own id, without the partner's; None when missing or no text or number."""
        return as_text(self.own.get("id")) or None

    @property
    def type(self) -> str | None:
        """Its own type, else the group's; None when neither says."""
        return as_text(self.own.get("type")) or self.group

    @property
    def name(self) -> str | None:
        """Its own name; None when it has none."""
        return as_text(self.own.get("name")) or None

    def public_id(self, partner: Partner) -> str:
        """`<partner id>/<entry id>`, as links name it; "" for an entry without an id."""
        own, owner = self.id, partner.id
        if not own or not owner or own.startswith(f"{owner}/"):
            return own or ""
        return f"{owner}/{own}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest read into one shape.

    Attributes:
        document: Its text.
        dialect: How its entries are listed; "rdf" when it is no manifest but its own only entry.
        partner: Its `config`.
        entries: All entries, in file order.
        entry_lists: The fields of the root in which entries stand, or could: empty lists too.
        root: The root fields that entries inherit; `format_version` is not among them.
        format_version: The root's, if it is a text or number.
    """

    document: Document
    dialect: Dialect
    partner: Partner
    entries: tuple[Entry, ...]
    entry_lists: frozenset[str | int]
    root: Mapping[str, Any]
    format_version: str | None

    @property
    def fields(self) -> Mapping[str, Any]:
        """All fields of the root; empty when the document is no mapping, or an RDF, whose fields are its entry's."""
        return self.document.data if isinstance(self.document.data, dict) and not self.is_rdf else {}

    @property
    def is_rdf(self) -> bool:
        """Whether it is the RDF of one resource instead of a manifest."""
        return self.dialect == "rdf"

    @property
    def folder(self) -> str:
        """Where relative paths in it begin, relative to the clone: an RDF's beside it, a manifest's at the top."""
        return self.document.name.rpartition("/")[0] if self.is_rdf else ""
