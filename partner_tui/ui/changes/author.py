"""Asks for the author of commits when git's configuration does not say; kept in the clone only when the user says so."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Static

from partner_tui.repository.config import Author
from partner_tui.ui.dialogs.prompt import PromptScreen, labelled
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.ui.widgets.toggles import CheckBox

if TYPE_CHECKING:
    from partner_tui.repository.repository import Repository
    from partner_tui.ui.app_base import BaseApp


class AuthorScreen(PromptScreen[tuple[Author, bool]]):
    """Dismissed with the author, and whether to write it to the clone's own configuration."""

    def __init__(self, known: Author | None = None) -> None:
        super().__init__()
        self._known = known

    def compose(self) -> ComposeResult:
        with Box("Commit author"):
            why = "Both become part of the commit and are public."
            if self._known is None:
                why = f"Git's configuration does not say who you are. {why}"
            yield Static(why, classes="quiet text", markup=False)
            yield labelled("Name", Input(self._known.name if self._known else "", compact=True, id="name"))
            yield labelled("Email", Input(self._known.email if self._known else "", compact=True, id="email"))
            yield CheckBox("Save to this clone's git config", compact=True)
            yield Static("", classes="warn problem", markup=False)
            yield Choices(("yes", "Continue", "⏎"), ("no", "Cancel", "esc"))

    @on(Input.Submitted, "#name")
    def _named(self) -> None:
        self.query_one("#email", Input).focus()

    @on(Button.Pressed, "#yes")
    @on(Input.Submitted, "#email")
    def _answer(self) -> None:
        name, email = (self.query_one(field, Input).value.strip() for field in ("#name", "#email"))
        author = Author(name, email)
        if author.problem:
            self.query_one(".problem", Static).update(author.problem)
        else:
            self.dismiss((author, self.query_one(CheckBox).value))


async def ask_author(app: BaseApp, repository: Repository | None, known: Author | None) -> Author | None:
    """Ask who commits, in a worker; what is to be kept is written to the clone's own configuration."""
    answer = await app.push_screen_wait(AuthorScreen(known))
    if answer is None:
        return None
    author, is_kept = answer
    if is_kept and repository is not None:
        with app.errors_shown():
            await asyncio.to_thread(repository.set_author, author)
    return author
