"""The entries of a manifest as they stand, each resolved once: so that answers can be suggested from similar models."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from partner_tui.manifest.entry import Entry, Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.resolve import Resolved, resolve
from partner_tui.manifest.text.document import Path
from partner_tui.upgrade.models.tensors import is_model


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another model of the manifest, as it is written.

    Attributes:
        id: Its id, or its place ("entry 3").
        data: Its fields.
        token: A scalar of it as it is written.
    """

    id: str
    data: dict[str, Any]
    token: Callable[[Path], str | None]


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
                yield Sibling(name_of(entry), resolved.data, token_of(resolved, self._manifest))


def name_of(entry: Entry) -> str:
    """The entry's id, or its place, counted from 1, when it has none; of an RDF also its name."""
    return entry.id or (entry.name if not entry.path else None) or f"entry {entry.index + 1}"


def token_of(resolved: Resolved, manifest: Manifest) -> Callable[[Path], str | None]:
    """How a scalar of a resolved entry is found as it is written."""

    def token(path: Path) -> str | None:
        origin = resolved.origins.get(str(path[0])) if path else None
        if origin == "rdf":
            return resolved.rdf.token(path) if resolved.rdf else None
        return manifest.document.token(path if origin == "root" else (*resolved.entry.path, *path))

    return token
