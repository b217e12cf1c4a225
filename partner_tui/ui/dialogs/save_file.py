"""Writes something to a file that the user names; one that is there is replaced only when they say so."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

from textual import getters, on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Static

from partner_tui.errors import PartnerTuiError
from partner_tui.repository.atomic import replace_file
from partner_tui.repository.user_path import expanded
from partner_tui.ui.acting import act
from partner_tui.ui.app_base import BaseApp
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.dialogs.prompt import PromptScreen, labelled
from partner_tui.ui.widgets.box import Box, Choices


class SaveFileScreen(PromptScreen[Path | None]):
    """Dismissed with the file once it is written; what stops that is said here, and what was typed stays.

    Args:
        content: What to write, or what makes it for a file of a name, which blocks.
    """

    app = getters.app(BaseApp)
    HELP = "A path without a folder is in the folder that partner-tui was started in."

    def __init__(
        self, title: str, suggested: str, content: str | Callable[[str], bytes], note: str = ""
    ) -> None:
        super().__init__()
        self._title, self._suggested, self._note = title, suggested, note
        self._content = content

    def compose(self) -> ComposeResult:
        with Box(self._title):
            if self._note:
                yield Static(self._note, classes="text", markup=False)
            yield labelled("File", Input(self._suggested, compact=True))
            yield Static(id="problem", classes="error", markup=False)
            yield Choices(("yes", "Save", "⏎"), ("no", "Cancel", "esc"))

    @on(Input.Submitted)
    @on(Button.Pressed, "#yes")
    @act("save")
    async def _answer(self) -> None:
        name = self.query_one(Input).value.strip()
        if not name:
            return
        path = expanded(name).absolute()
        try:
            content = self._content
            data = (
                content.encode("utf-8", "replace")
                if isinstance(content, str)
                else await asyncio.to_thread(content, path.name)
            )
            if await asyncio.to_thread(os.path.lexists, path):
                question = f"{self.app.short_path(path)} exists."
                if not await self.app.push_screen_wait(
                    ConfirmScreen("Replace this file?", question, yes="Replace")
                ):
                    return
            await asyncio.to_thread(replace_file, path, data)
        except PartnerTuiError as error:
            self.query_one("#problem", Static).update(f"✗ {error.message} {error.hint}".rstrip())
            return
        self.app.notify(f"Saved {self.app.short_path(path)}.", markup=False)
        self.dismiss(path)
