"""Asks for the name of a new branch to push to."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Input, Static

from partner_tui.ui.dialogs.prompt import PromptScreen
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.ui.widgets.said import Said


class NewBranchScreen(PromptScreen[str]):
    """Dismissed with the name.

    Args:
        why: Why a branch is needed, or what it is for.
        proposed: The name to begin with.
        said: What git and the remote said, when they are why.
    """

    def __init__(self, why: str, proposed: str, said: str = "") -> None:
        super().__init__()
        self._why = why
        self._proposed = proposed
        self._said = said

    def compose(self) -> ComposeResult:
        with Box("Push to a new branch"):
            yield Static(self._why, classes="quiet text", markup=False)
            yield Said(self._said)
            with Horizontal(classes="field"):
                yield Static("Branch")
                yield Input(self._proposed, compact=True)
            yield Choices(("yes", "Push", "⏎"), ("no", "Cancel", "esc"))

    @on(Input.Submitted)
    @on(Button.Pressed, "#yes")
    def _answer(self) -> None:
        if name := self.query_one(Input).value.strip():
            self.dismiss(name)

    @on(Button.Pressed, "#no")
    def _refused(self) -> None:
        self.dismiss(None)
