"""The scene of a partner's pages: `config`, entries and a size in; texts, pictures and areas with their places out.

Pure, and quick enough for every key press. The drawings are in `splash/drawing/`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from partner_tui.splash.scene.blocks import WINDOWS, Pane, Scene, Size, View
from partner_tui.splash.scene.cards import cards_scene
from partner_tui.splash.scene.classic import classic_in_window
from partner_tui.splash.scene.classic_pane import classic_in_pane
from partner_tui.splash.scene.pages import read_cards, read_classic, read_today
from partner_tui.splash.scene.today import today_scene
from partner_tui.splash.share_links import Listed


def make_scene(
    view: View,
    config: Mapping[str, Any],
    entries: Sequence[Listed] = (),
    size: Size = WINDOWS[0],
    page: int = 1,
    partners: Sequence[Mapping[str, Any]] | None = None,
) -> Scene:
    """Lay a page of the sites out.

    Args:
        config: The partner's `config`; anything may be missing or of a wrong type.
        entries: For the cards.
        size: A browser's window, or a pane of a terminal.
        page: Of the cards, from 1; the nearest one where there is no such page.
        partners: See `read_classic`.
    """
    match view:
        case "classic":
            classic = read_classic(config, partners)
            return (
                classic_in_pane(classic, size) if isinstance(size, Pane) else classic_in_window(classic, size)
            )
        case "today":
            return today_scene(read_today(config), size)
        case "cards":
            return cards_scene(read_cards(config, entries, page), size)
