"""Asks for the URL of a fork that the user made on a forge whose API is not used."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Static

from partner_tui.ui.dialogs.prompt import PromptScreen, labelled
from partner_tui.ui.widgets.box import Box, Choices


class ForkUrlScreen(PromptScreen[str]):
    """Dismissed with the URL.

    Args:
        why: Why a fork is needed.
        page: Of the repository.
    """

    def __init__(self, why: str, page: str) -> None:
        super().__init__()
        self._why = why
        self._page = page

    def compose(self) -> ComposeResult:
        with Box("Push to a fork"):
            words = (
                f"{self._why}\n\nFork the repository at {self._page}, then enter the URL to clone your fork. "
            )
            yield Static(
                f"{words}It becomes a remote, to which this clone pushes.", classes="text", markup=False
            )
            yield labelled("URL", Input(compact=True))
            yield Choices(("yes", "Push", "⏎"), ("no", "Cancel", "esc"))

    @on(Input.Submitted)
    @on(Button.Pressed, "#yes")
    def _answer(self) -> None:
        if url := self.query_one(Input).value.strip():
            self.dismiss(url)
