"""From what the user asked for to an open workspace."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Footer


class OpeningScreen(Screen[None]):
    """Opens a clone that is there, or makes one."""

    def __init__(self, source: str, manifest_name: str | None = None) -> None:
        super().__init__()
        self.source = source
        self.manifest_name = manifest_name

    def compose(self) -> ComposeResult:
        yield Footer(show_command_palette=False)
