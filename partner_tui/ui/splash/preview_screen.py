"""The preview of the splash on the whole screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.app import ComposeResult

from partner_tui.manifest.files import CloneFiles
from partner_tui.ui.binding import bind
from partner_tui.ui.dialogs.dialog import Dialog
from partner_tui.ui.splash.preview import SplashPreview


class PreviewScreen(Dialog[None]):
    """One splash, as large as the terminal."""

    HELP = "The splash as the sites show it, with the edits of the form. Press t to switch the view, w for another window or page of cards, W to type a window's size, escape to go back."
    DEFAULT_CSS = "PreviewScreen SplashPreview { height: 1fr; width: 1fr; }"
    BINDINGS = [
        bind("escape,q,f6,F", "dismiss", "Back", "preview.back", "Back to the form"),
        bind(
            "f4,t,left,right",
            "next_view",
            "Switch view",
            "preview.tab",
            "Preview the classic page, the current site or the cards",
        ),
        bind("f8,w", "turn", "Window", "preview.window", "Preview another window size or page of cards"),
        bind("shift+f8,f20,W", "size", "Window size", "preview.size", "Preview a window of any size"),
        bind(
            "f12,P",
            "pictures",
            "Pictures",
            "preview.pictures",
            "Download pictures of other hosts (asks first)",
        ),
    ]

    def __init__(self, config: Mapping[str, Any], files: CloneFiles, shown: SplashPreview) -> None:
        super().__init__()
        self._config = config
        self._shown = shown
        self._preview = SplashPreview(files, "t view  esc back", shown.canvas.entries)

    def compose(self) -> ComposeResult:
        yield self._preview

    def on_mount(self) -> None:
        self._preview.show_as(self._shown)
        self._preview.show(self._config)

    def action_next_view(self) -> None:
        self._preview.next_view()

    def action_turn(self) -> None:
        self._preview.action_turn()

    def action_size(self) -> None:
        self._preview.action_type_window()

    async def action_pictures(self) -> None:
        await self._shown.screen.run_action("pictures")
