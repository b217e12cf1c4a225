"""The preview of the splash on the whole screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from partner_tui.manifest.files import CloneFiles
from partner_tui.ui.splash.preview import SplashPreview, Tab


class PreviewScreen(ModalScreen[None]):
    """One splash, as large as the terminal."""

    HELP = "The splash as the sites show it, with the edits of the form. Press t to switch the site, escape to go back."
    DEFAULT_CSS = "PreviewScreen SplashPreview { height: 1fr; width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f6,F", "dismiss", "Back", id="preview.back", tooltip="Back to the form"),
        Binding(
            "f4,t,left,right",
            "other_site",
            "Switch site",
            id="preview.tab",
            tooltip="Preview the classic or the current site",
        ),
    ]

    def __init__(self, config: Mapping[str, Any], files: CloneFiles, tab: Tab) -> None:
        super().__init__()
        self._config = config
        self._files = files
        self._tab: Tab = tab

    def compose(self) -> ComposeResult:
        yield SplashPreview(self._files, "t switch site   esc back")

    def on_mount(self) -> None:
        preview = self.query_one(SplashPreview)
        preview.tab = self._tab
        preview.show(self._config)

    def action_other_site(self) -> None:
        self.query_one(SplashPreview).toggle()
