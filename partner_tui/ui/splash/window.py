"""Ask for the size of a browser's window that the preview shows."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Static

from partner_tui.errors import UsageError
from partner_tui.splash.scene.blocks import Window, read_size
from partner_tui.ui.dialogs.prompt import PromptScreen, labelled
from partner_tui.ui.widgets.box import Box, Choices


class WindowScreen(PromptScreen[Window | None]):
    """Dismissed with a window; None when cancelled."""

    TITLE = "Window size"
    HELP = "The width and the height of a browser's window, without its bars: 1280x640."
    CSS = "WindowScreen Box { width: 52; }"

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window = window

    def compose(self) -> ComposeResult:
        with Box("Preview in a window of"):
            yield labelled("Pixels", Input(str(self._window), compact=True))
            yield Static("Width x height, without the browser's bars.", classes="text", markup=False)
            yield Static(id="problem", classes="error", markup=False)
            yield Choices(("yes", "Preview", "⏎"), ("no", "Cancel", "esc"))

    @on(Input.Submitted)
    @on(Button.Pressed, "#yes")
    def _answer(self) -> None:
        try:
            self.dismiss(Window(*read_size(self.query_one(Input).value)))
        except UsageError as error:
            self.query_one("#problem", Static).update(f"✗ {error.message}")
