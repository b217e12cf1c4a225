"""Stands in the place of the entries and the splash while the manifest cannot be read: where, why, and the ways back.

What those views show was read before, and does not hold any more; so it is not shown.
"""

from __future__ import annotations

from functools import partial

from textual import work
from textual.content import Content
from textual.widgets import Button, Static

from partner_tui.errors import ManifestParseError, PartnerTuiError
from partner_tui.manifest.text.parse_context import context_lines
from partner_tui.plain import visible
from partner_tui.ui.acting import act
from partner_tui.ui.background import Running
from partner_tui.ui.binding import bind
from partner_tui.ui.view import View
from partner_tui.ui.widgets.box import Box, Choices


class BrokenView(View):
    """The place where the manifest stops being readable, and what can be done about it."""

    TITLE = "Manifest"
    HELP = """
    The manifest cannot be read. Press r to see suggested repairs and its last version, e to edit it, or ctrl+z to undo the last change.
    It is reloaded afterwards. Until then nothing is checked, edited or committed.
    """
    DEFAULT_CSS = """
    BrokenView { align: center middle; Box { width: 100; } }
    """
    BINDINGS = [
        bind("e", "edit", "Edit", "broken.edit", "Open the editor at the line"),
        bind(
            "r",
            "repair",
            "Repair",
            "broken.repair",
            "See suggested repairs and the last readable version",
        ),
    ]

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown: PartnerTuiError | None = None

    @property
    def _error(self) -> PartnerTuiError | None:
        return self.workspace.broken

    def manifest_loaded(self) -> None:
        self._draw()

    @work(exclusive=True, group="draw")
    async def _draw(self) -> None:
        error = self._error
        if error is self._shown:
            return
        self._shown = error
        await self.remove_children()
        if error is None:
            return
        box = Box(f"{self.workspace.manifest_name} {_fault(error)}", danger=True)
        await self.mount(box)
        context = ParseContext()
        await box.mount(
            Static(Content(visible(error.message))),
            context,
            Static(Content(visible(error.hint)), classes="quiet"),
            Choices(
                ("edit", "Edit", "e"),
                ("repair", "Repair", "r"),
                ("undo", "Undo", "^z"),
                ("reload", "Reload", "^r"),
            ),
        )
        if isinstance(error, ManifestParseError):
            context.show(error)
        else:
            context.display = False
        self.query_one("#undo", Button).disabled = not self.workspace.steps.done
        if self.display and self.screen.is_current:
            self.focus_main()

    def focus_main(self) -> None:
        if edit := self.query("#edit"):
            edit.first().focus()

    @act("edit")
    async def action_edit(self) -> None:
        error = self._error
        line = error.line if isinstance(error, ManifestParseError) else 0
        await self.workspace_screen.edit_manifest(line or 1, "manifest edited")
        if self._error is not None and error is not None and self._error.message == error.message:
            self.notify("Same error at the same line.", severity="warning")

    @act("edit")
    async def action_repair(self) -> None:
        """Show the repairs that were found, and write the one that is confirmed."""
        from partner_tui.ui.broken.repair import RepairScreen
        from partner_tui.workspace.opening.repair_session import diagnose_open

        workspace = self.workspace
        with self.app.errors_shown(asked=True):
            running = Running("searching for repairs", stoppable=False)
            found = await self.app.background.run(running, diagnose_open, workspace)
            remedy = await self.app.push_screen_wait(RepairScreen(found))
            if remedy is not None:
                title, content = f"repair: {remedy.title}", remedy.text.encode()
                await self.workspace_screen.run_and_refresh(
                    "repairing", partial(workspace.replace_broken, title, content)
                )


_STYLES = {
    "beside": ("$foreground 45%", "$foreground 75%"),
    "here": ("$error", "bold"),
    "mark": ("$error", "$error"),
}


class ParseContext(Static):
    """Takes no room for an error without a place."""

    DEFAULT_CSS = """
    ParseContext { margin: 1 0; padding: 0 1; background: $panel; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def show(self, error: ManifestParseError) -> None:
        lines = []
        for line in context_lines(error):
            gutter, text = _STYLES[line.role]
            lines.append(Content.assemble((line.gutter, gutter), (line.text, text)))
        self.display = bool(lines)
        self.update(Content("\n").join(lines))


class BrokenLine(Static):
    """Takes no room while the manifest can be read."""

    DEFAULT_CSS = """
    BrokenLine {
        height: 1; padding: 0 1; display: none; text-wrap: nowrap; text-overflow: ellipsis;
        background: $error 25%; color: $text;
    }
    """

    def show(self, name: str, broken: PartnerTuiError | None) -> None:
        """Show what is wrong with the manifest of this name; None when it can be read."""
        self.display = broken is not None
        if broken is not None:
            line = broken.line if isinstance(broken, ManifestParseError) else 0
            place = f", line {line}," if line else ""
            said = f"{visible(name)}{place} {_fault(broken)}. Not checked, not committed."
            self.update(Content.assemble(("✗ ", "bold $error"), said))


def _fault(error: PartnerTuiError) -> str:
    is_missing = isinstance(error, ManifestParseError) and error.kind == "missing"
    return "is missing" if is_missing else "cannot be read"
