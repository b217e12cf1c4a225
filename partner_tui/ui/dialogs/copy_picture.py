"""Ask which picture of this machine is copied, and to which path of the clone; what cannot be copied is said here."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from partner_tui.errors import PartnerTuiError
from partner_tui.ui.acting import act
from partner_tui.ui.binding import bind
from partner_tui.ui.dialogs.prompt import PromptScreen, labelled
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.ui.widgets.source_input import SourceSuggester
from partner_tui.workspace.picture_files import checked_target, free_name, read_picture
from partner_tui.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class NewPicture:
    """A picture to be copied: its bytes, and its path in the clone."""

    data: bytes
    target: str


class CopyPictureScreen(PromptScreen[NewPicture | None]):
    """Dismissed with a picture that can be copied; None when cancelled.

    Args:
        folder: Where in the clone it is put, unless another path is typed.
    """

    TITLE = "Copy a picture"
    HELP = """
    The picture is copied into the repository and its URL is written, saved as one change that ctrl+z undoes. No file is
    overwritten.
    """
    CSS = "CopyPictureScreen Box { width: 90; }"
    BINDINGS = [bind("ctrl+s", "copy", "Copy", "copy.copy", "Copy the picture and save its URL")]

    def __init__(self, workspace: Workspace, folder: str) -> None:
        super().__init__()
        self._workspace = workspace
        self._folder = folder
        self._proposed = ""

    def compose(self) -> ComposeResult:
        with Box("Copy a picture into the repository"):
            yield labelled(
                "File",
                Input(
                    placeholder="~/pictures/logo.png",
                    suggester=SourceSuggester(files=True),
                    id="copy-from",
                    compact=True,
                ),
            )
            yield labelled(
                "Copy to", Input(placeholder="a path in this repository", id="copy-to", compact=True)
            )
            yield Static(
                "The copy and its URL are saved as one change; ctrl+z undoes both.",
                classes="text",
                markup=False,
            )
            yield Static(id="copy-problem", classes="error", markup=False)
            yield Choices(("copy", "Copy", "^s"), ("cancel", "Cancel", "esc"))

    def on_mount(self) -> None:
        self.query_one("#copy-from").focus()

    @on(Input.Changed, "#copy-from")
    def _propose(self, event: Input.Changed) -> None:
        """Propose a free name in the clone, unless another was typed."""
        to = self.query_one("#copy-to", Input)
        if to.value == self._proposed:
            typed = event.value.strip()
            self._proposed = free_name(self._workspace.files, self._folder, typed) if typed else ""
            to.value = self._proposed

    @on(Input.Submitted, "#copy-from")
    def _next(self) -> None:
        self.query_one("#copy-to").focus()

    @on(Input.Submitted, "#copy-to")
    def _submitted(self) -> None:
        self.action_copy()

    @act("copy")
    async def action_copy(self) -> None:
        typed, target = self.query_one("#copy-from", Input).value, self.query_one("#copy-to", Input).value
        try:
            data = await asyncio.to_thread(read_picture, typed)
            path = await asyncio.to_thread(checked_target, self._workspace, data, target)
        except PartnerTuiError as error:
            self.query_one("#copy-problem", Static).update(f"✗ {error.message} {error.hint or ''}".rstrip())
        else:
            self.dismiss(NewPicture(data, path))
