"""The pictures that a workspace shows and that are elsewhere: of the splash, and the covers of its entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.resolve import Resolved
from partner_tui.pictures.source import PictureSource, resolve_picture
from partner_tui.splash.card import read_card
from partner_tui.splash.fields import PICTURE_KINDS, SPLASH_FIELDS
from partner_tui.workspace.workspace import Workspace

COVERS = 8
"""Of one entry."""


def remote_pictures(workspace: Workspace, partners: Iterable[Mapping[str, Any]] = ()) -> tuple[str, ...]:
    """Their URLs, each once. Blocks, for RDFs are read."""
    return tuple(dict.fromkeys(_found(workspace, partners)))


def _found(workspace: Workspace, partners: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    config, files = workspace.manifest.partner.config, workspace.files
    own = (config.get(known.key) for known in SPLASH_FIELDS if known.kind in PICTURE_KINDS)
    for value in (*own, *(partner.get("logo") for partner in partners)):
        if isinstance(value, str):
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
