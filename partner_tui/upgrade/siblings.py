"""The entries of a manifest as they stand, each resolved once: so that answers can be suggested from similar models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from partner_tui.manifest.entry import Entry, Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.resolve import Resolved, resolve
from partner_tui.upgrade.models.tensors import is_model


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another model of the manifest, as it is written.

    Attributes:
        id: Its id, or its place ("entry 3").
        data: Its fields.
    """

    id: str
    data: dict[str, Any]


class ManifestEntries:
    """The resolved entries of a manifest; RDFs are read when they are first needed."""

    def __init__(self, manifest: Manifest, files: CloneFiles) -> None:
        self._manifest = manifest
        self._files = files
        self._known: dict[int, Resolved] = {}

    def resolved(self, entry: Entry) -> Resolved:
        """An entry with all its fields."""
        if entry.index not in self._known:
            self._known[entry.index] = resolve(entry, self._manifest, self._files)
        return self._known[entry.index]

    def models(self, without: int) -> Iterator[Sibling]:
        """The models that can be read.

        Args:
            without: Index of the entry that asks.
        """
        for entry in self._manifest.entries:
            if entry.index != without and is_model((resolved := self.resolved(entry)).data):
                yield Sibling(name_of(entry), resolved.data)


def name_of(entry: Entry) -> str:
    """The entry's id, or its place, counted from 1, when it has none; of an RDF also its name."""
    return entry.id or (entry.name if not entry.path else None) or f"entry {entry.index + 1}"
