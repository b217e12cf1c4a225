"""A manifest of the past in the frame of an open repository: everything is shown, nothing can be saved."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual.content import Content
from textual.widgets import Static

from partner_tui.plain import visible
from partner_tui.ui.acting import act
from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.workspace.screen import WorkspaceScreen
from partner_tui.ui.workspace.top_line import TopLine
from partner_tui.workspace.opening.past import PastWorkspace, ReadOnlyVersion
from partner_tui.workspace.opening.regaining import restore_past


class PastScreen(WorkspaceScreen):
    """One version, read-only."""

    HELP = "A version of the manifest from the history, read-only. R restores it as an uncommitted change, b goes back."
    VIEWS: ClassVar[dict[str, str]] = {"entries": "Entries", "splash": "Splash"}
    DEFAULT_CSS = "PastScreen #past { height: 1; padding: 0 1; color: $warning; text-wrap: nowrap; text-overflow: ellipsis; }"
    BINDINGS = [
        hidden("2", "show_view('splash')", "Splash", "past.splash", "Show the splash"),
        bind("R", "restore", "Restore", "past.restore", "Write this version as an uncommitted change"),
        bind("b", "back", "Back", "past.back", "Close this version and go back"),
    ]
    workspace: PastWorkspace

    def __init__(self, workspace: PastWorkspace, source: str) -> None:
        super().__init__(workspace)
        self._source = source or str(workspace.folder)

    def on_mount(self) -> None:
        line = f"Read-only: {self.workspace.version.label}   R restore   b back"
        self.mount(Static(Content(visible(line)), id="past"), after=self.query_one(TopLine))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "show_view" or parameters[0] in self.VIEWS

    def open_repository(self) -> None:  # type: ignore[override]  # nothing to read: a commit does not change
        """A commit has no branch to be ahead of."""

    def look_at_disk(self) -> None:
        """A commit does not change."""

    def action_fetch(self) -> None:  # type: ignore[override]
        self.app.show_error(ReadOnlyVersion())

    action_branches = action_workflows = action_fetch

    @act("act")
    async def action_restore(self) -> None:
        with self.app.errors_shown():
            place = await asyncio.to_thread(restore_past, self.workspace, self.app.directories)
            self._open(place.manifest_name)

    def action_back(self) -> None:
        self._open(None)

    def _open(self, manifest_name: str | None) -> None:
        self.workspace.close()
        self.app.reopen(self, self._source, manifest_name)
