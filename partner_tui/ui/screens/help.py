"""Every key, from the bindings alone."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen, Screen
from textual.widgets import Footer


class HelpScreen(ModalScreen[None]):
    """The keys of a screen."""

    BINDINGS = [Binding("escape", "dismiss", "Close", id="help.close", tooltip="Back to the screen")]

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__()
        self._of = screen

    def compose(self) -> ComposeResult:
        yield Footer(show_command_palette=False)
