"""Checks that the bytes of a file are a manifest, or other YAML, that can be published.

What readers cannot read, or read as nothing, is not: no YAML, no file, an empty one, both sides of a merge.
"""

from __future__ import annotations

from functools import lru_cache

from partner_tui.errors import ManifestParseError, UsageError
from partner_tui.manifest.dialects import understood
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.text.composing import UnsupportedYaml
from partner_tui.manifest.text.document import Document
from partner_tui.manifest.text.syntax_errors import conflict_at, explain


def sound_manifest(data: bytes | None, name: str) -> Manifest:
    """Read a manifest.

    Args:
        data: None where there is no such file.

    Raises:
        ManifestParseError: It cannot be read; its kind is ``missing`` where there is none, else as for `understood`.
    """
    if data is None:
        raise ManifestParseError(
            f"{name} was removed.",
            "Restore it: undo (ctrl+z) or redo (ctrl+y), or discard the removal in Changes.",
            kind="missing",
        )
    return understood(sound_document(data, name))


@lru_cache(maxsize=1)
def why_unsound(data: bytes | None, name: str) -> ManifestParseError | None:
    """Why `sound_manifest` refuses it, None where it does not; the last answer is kept, as it is asked every few seconds."""
    try:
        sound_manifest(data, name)
    except ManifestParseError as error:
        return error
    return None


def partner_manifest(data: bytes, name: str) -> Manifest:
    """Read a manifest for what only a partner has: pages, links, items.

    Raises:
        ManifestParseError: As `sound_manifest`.
        UsageError: It is the RDF of one resource.
    """
    manifest = sound_manifest(data, name)
    if manifest.is_rdf:
        raise UsageError(
            f"{name} is the RDF of one resource, and no manifest.", "Name the manifest with --manifest."
        )
    return manifest


def sound_document(data: bytes, name: str) -> Document:
    """Read a YAML file in which no merge left its marks.

    Raises:
        ManifestParseError: It cannot be read, or both sides of a merge are in it.
    """
    document = Document.decode(data, name)
    body = document.text.removeprefix("\ufeff")
    if (place := conflict_at(body)) is not None:  # in a quoted text it is YAML all the same
        raise explain(UnsupportedYaml("yaml", "", place), body, name)
    return document
