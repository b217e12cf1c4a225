"""Asks for what a new manifest cannot do without: the partner's id and name."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Static

from partner_tui.manifest.scaffold import id_problem
from partner_tui.ui.dialogs.prompt import PromptScreen, labelled
from partner_tui.ui.widgets.box import Box, Choices


class NewManifestScreen(PromptScreen[tuple[str, str]]):
    """Dismissed with the partner's id, which is part of URLs, and its name, which people read."""

    def __init__(self, file_name: str, partner_id: str, name: str) -> None:
        super().__init__()
        self._file_name = file_name
        self._proposed = (partner_id, name)

    def compose(self) -> ComposeResult:
        partner_id, name = self._proposed
        with Box("New manifest"):
            why = f"{self._file_name} is written without entries, as an uncommitted change. The id becomes part of URLs."
            yield Static(why, classes="quiet text", markup=False)
            yield labelled("Id", Input(partner_id, placeholder="ilastik", compact=True, id="id"))
            yield labelled("Name", Input(name, placeholder="ilastik", compact=True, id="name"))
            yield Static("", classes="warn problem", markup=False)
            yield Choices(("yes", "Create", "⏎"), ("no", "Cancel", "esc"))

    @on(Input.Submitted, "#id")
    def _named(self) -> None:
        self.query_one("#name", Input).focus()

    @on(Button.Pressed, "#yes")
    @on(Input.Submitted, "#name")
    def _answer(self) -> None:
        partner_id, name = (self.query_one(field, Input).value.strip() for field in ("#id", "#name"))
        if problem := id_problem(partner_id) or (None if name else "A name is required."):
            self.query_one(".problem", Static).update(problem)
        else:
            self.dismiss((partner_id, name))
