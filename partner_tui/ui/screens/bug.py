"""The error screen: a bug, its traceback, and where the log lies."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widgets import Static


class BugScreen(ModalScreen[None]):
    """A traceback to read and to report."""

    BINDINGS = [Binding("escape", "dismiss", "Continue", id="bug.continue", tooltip="Back to the screen")]

    def __init__(self, text: str, log_file: Path) -> None:
        super().__init__()
        self._text = text
        self._log_file = log_file

    def compose(self) -> ComposeResult:
        yield Static(f"{self._log_file}\n\n{self._text}", markup=False)
