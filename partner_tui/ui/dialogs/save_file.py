"""Writes something to a file that the user names; one that is there is replaced only when they say so."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Static

from partner_tui.repository.atomic import replace_file
from partner_tui.repository.user_path import expanded
from partner_tui.ui.app_base import BaseApp
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.dialogs.prompt import PromptScreen, labelled
from partner_tui.ui.widgets.box import Box, Choices


class SaveFileScreen(PromptScreen[str]):
    """Dismissed with a path."""

    HELP = "A path without a folder is in the folder that partner-tui was started in."

    def __init__(self, title: str, suggested: str, note: str = "") -> None:
        super().__init__()
        self._title, self._suggested, self._note = title, suggested, note

    def compose(self) -> ComposeResult:
        with Box(self._title):
            if self._note:
                yield Static(self._note, classes="text", markup=False)
            yield labelled("File", Input(self._suggested, compact=True))
            yield Choices(("yes", "Save", "⏎"), ("no", "Cancel", "esc"))

    @on(Input.Submitted)
    @on(Button.Pressed, "#yes")
    def _answer(self) -> None:
        if path := self.query_one(Input).value.strip():
            self.dismiss(path)


async def save_file(app: BaseApp, screen: SaveFileScreen, content: Callable[[str], bytes]) -> Path | None:
    """Ask for a file and write it.

    Args:
        content: What to write to a file of this name; blocks.

    Returns:
        The file; None when cancelled.

    Raises:
        PartnerTuiError: It cannot be made, or not be written.
    """
    name = await app.push_screen_wait(screen)
    if name is None:
        return None
    path = expanded(name).absolute()
    data = await asyncio.to_thread(content, path.name)
    if await asyncio.to_thread(os.path.lexists, path):
        question = ConfirmScreen("Replace this file?", f"{app.short_path(path)} exists.", yes="Replace")
        if not await app.push_screen_wait(question):
            return None
    await asyncio.to_thread(replace_file, path, data)
    app.notify(f"Saved {app.short_path(path)}.", markup=False)
    return path
