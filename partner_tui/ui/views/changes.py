"""The Changes view: what is edited and not committed, the steps that made it, and the way to the remote."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from partner_tui.ui.view import View


class ChangesView(View):
    """What is not committed, and the way to the remote."""

    TITLE = "Changes"

    def compose(self) -> ComposeResult:
        yield Static("Nothing is edited.", markup=False)
