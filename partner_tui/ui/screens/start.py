"""The first screen: what can be opened."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Footer


class StartScreen(Screen[None]):
    """Recent repositories, the known partners, and a field for anything else."""

    def compose(self) -> ComposeResult:
        yield Footer(show_command_palette=False)
