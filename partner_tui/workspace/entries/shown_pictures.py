"""The pictures that a workspace shows and that are elsewhere: of the splash, and the covers of its entries."""

from __future__ import annotations

from collections.abc import Iterator

from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.resolve import Resolved
from partner_tui.pictures.source import PictureSource, resolve_picture
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
        for source in card_pictures(workspace.resolved(entry), files):
            if source.kind == "remote":
                yield source.reference


def card_pictures(resolved: Resolved, files: CloneFiles) -> Iterator[PictureSource]:
    """What an entry is shown with: its covers, else its icon."""
    card = read_card(resolved.data)
    field, shown = ("covers", card.covers[:COVERS]) if card.covers else ("icon", (card.icon,))
    for reference in shown:
        yield resolve_picture(reference, files, resolved.base(field))
