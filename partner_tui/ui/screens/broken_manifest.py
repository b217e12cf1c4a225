"""A manifest that does not parse: where, with the lines around the place, and the editor one key away."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from partner_tui.errors import ManifestParseError, PartnerTuiError
from partner_tui.plain import visible
from partner_tui.settings import Directories
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.background import Running
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.ui.widgets.parse_context import ParseContext
from partner_tui.workspace.opening import Place, open_workspace
from partner_tui.workspace.workspace import Workspace


class BrokenManifestScreen(ModalScreen[Workspace | None]):
    """Shows the place until the file parses, then gives its workspace; None to go back."""

    app = getters.app(PartnerApp)
    CSS = """
    BrokenManifestScreen {
        align: center middle;
        Box { width: 100; }
    }
    """
    HELP = "The manifest is not valid YAML. r proposes how to mend it; e opens the editor, and it is read again after."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "repair", "Repair", id="broken.repair", tooltip="See ways to mend it, as diffs"),
        Binding("e", "edit", "Edit", id="broken.edit", tooltip="Open the editor at the line"),
        Binding("ctrl+r", "read", "Read again", id="broken.read", tooltip="Read the file again"),
        Binding("escape", "dismiss", "Back", id="broken.back", tooltip="Open nothing"),
        Binding("q", "app.leave", "Quit", id="broken.quit", tooltip="Leave partner-tui"),
    ]

    def __init__(self, place: Place, error: ManifestParseError, directories: Directories) -> None:
        super().__init__()
        self._place = place
        self._error = error
        self._directories = directories

    def compose(self) -> ComposeResult:
        with Box(_title(self._error), danger=True):
            yield Static(id="message")
            yield ParseContext()
            yield Static(id="hint", classes="quiet")
            yield Choices(
                ("repair", "Repair", "r"),
                ("edit", "Edit", "e"),
                ("read", "Read again", "^r"),
                ("back", "Back", "esc"),
            )

    def on_mount(self) -> None:
        self._show(self._error)
        self.query_one("#edit", Button).focus()

    def _show(self, error: ManifestParseError) -> None:
        self._error = error
        self.query_one(Box).border_title = _title(error)
        self.query_one("#repair", Button).disabled = error.kind != "yaml"
        self.refresh_bindings()
        self.query_one("#message", Static).update(Content(visible(error.message)))
        self.query_one("#hint", Static).update(Content(visible(error.hint)))
        self.query_one(ParseContext).show(error)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return None if action == "repair" and self._error.kind != "yaml" else True

    def on_button_pressed(self, event: Button.Pressed) -> None:
        match event.button.id:
            case "repair":
                self.action_repair()
            case "edit":
                self.action_edit()
            case "read":
                self.action_read()
            case _:
                self.dismiss(None)

    @work(exclusive=True, group="edit")
    async def action_edit(self) -> None:
        from partner_tui.ui.editor import edit_file

        with self.app.errors_shown():
            await edit_file(self.app, self._place.folder / self._place.manifest_name, self._error.line or 1)
            await self._read()

    @work(exclusive=True, group="edit")
    async def action_repair(self) -> None:
        """Show the ways to mend it that were found, and write the one that is confirmed."""
        from partner_tui.ui.screens.repair import RepairScreen
        from partner_tui.workspace.repairing import diagnose, read_broken, write_remedy

        with self.app.errors_shown():
            text = await asyncio.to_thread(read_broken, self._place)
            running = Running("looking for ways to mend it", stoppable=False)
            diagnosis = await self.app.background.run(running, diagnose, text, self._place.manifest_name)
            remedy = await self.app.push_screen_wait(RepairScreen(diagnosis))
            if remedy is not None:
                await asyncio.to_thread(write_remedy, self._place, diagnosis, remedy, self._directories)
                await self._read()

    @work(exclusive=True, group="edit")
    async def action_read(self) -> None:
        with self.app.errors_shown():
            await self._read()

    async def _read(self) -> None:
        try:
            workspace = await asyncio.to_thread(open_workspace, self._place, self._directories)
        except ManifestParseError as error:
            if error.line == self._error.line and error.message == self._error.message:
                self.notify("It still does not parse at the same place.", severity="warning")
            self._show(error)
        except PartnerTuiError as error:
            self.app.show_error(error)
        else:
            self.dismiss(workspace)


def _title(error: ManifestParseError) -> str:
    return "The manifest does not parse" if error.kind == "yaml" else "The file cannot be opened"
