"""The pictures that a workspace shows and that are elsewhere: of the splash, and the covers of its entries."""

from __future__ import annotations

from collections.abc import Iterator

from partner_tui.pictures.source import resolve_picture
from partner_tui.splash.card import read_card
from partner_tui.splash.fields import PICTURE_KINDS, SPLASH_FIELDS
from partner_tui.workspace.workspace import Workspace

COVERS = 8
"""Of one entry."""


def remote_pictures(workspace: Workspace) -> tuple[str, ...]:
    """Their URLs, each once. Blocks, for RDFs are read."""
    return tuple(dict.fromkeys(_found(workspace)))


def _found(workspace: Workspace) -> Iterator[str]:
    config, files = workspace.manifest.partner.config, workspace.files
    for known in SPLASH_FIELDS:
        value = config.get(known.key)
        if known.kind in PICTURE_KINDS and isinstance(value, str):
            source = resolve_picture(value, files)
            if source.kind == "remote":
                yield source.reference
    for entry in workspace.manifest.entries:
        resolved = workspace.resolved(entry)
        card = read_card(resolved.data)
        field, shown = ("covers", card.covers[:COVERS]) if card.covers else ("icon", (card.icon,))
        for reference in shown:
            source = resolve_picture(reference, files, resolved.base(field))
            if source.kind == "remote":
                yield source.reference
