"""The frame around an open repository: top line, views with counters, the view itself, and the footer.

It alone runs what changes the workspace, so that every view sees every change: views ask it to `act`, it tells them all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import ContentSwitcher

from partner_tui.errors import ManifestParseError
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.background import Running
from partner_tui.ui.screens.workspace_work import WorkspaceWork
from partner_tui.ui.view import View
from partner_tui.ui.views.entries import EntriesView
from partner_tui.ui.widgets.footer import Footer
from partner_tui.ui.widgets.top_line import TopLine
from partner_tui.ui.widgets.view_bar import ViewBar, ViewTab
from partner_tui.workspace.step import Step
from partner_tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from partner_tui.manifest.edits import Edit

TICK_SECONDS = 0.1
AFTER_FIRST_ROWS = 0.3
"""Seconds in which the first keys and the entry beside go before the views that are not shown."""


class WorkspaceScreen(WorkspaceWork):
    """One open repository."""

    app = getters.app(PartnerApp)
    CSS_PATH = "workspace.tcss"
    HELP = """
    Three views of one repository. Everything that is saved is a step: ctrl+z takes the newest one back, in any view, until it
    is committed. What runs is shown at the top right; escape stops it.
    """
    VIEWS: ClassVar[dict[str, str]] = {"entries": "Entries", "splash": "Splash", "changes": "Changes"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "1", "show_view('entries')", "Entries", show=False, id="view.entries", tooltip="Show the entries"
        ),
        Binding(
            "2", "show_view('splash')", "Splash", show=False, id="view.splash", tooltip="Show the splash"
        ),
        Binding(
            "3", "show_view('changes')", "Changes", show=False, id="view.changes", tooltip="Show the changes"
        ),
        Binding("ctrl+z", "undo", "Undo", id="step.undo", tooltip="Take the newest step back"),
        Binding("ctrl+y", "redo", "Redo", show=False, id="step.redo", tooltip="Do again what was taken back"),
        Binding(
            "ctrl+r",
            "reload",
            "Read again",
            show=False,
            id="manifest.reload",
            tooltip="Read the manifest again",
        ),
        Binding("f5", "fetch", "Fetch", show=False, id="git.fetch", tooltip="Fetch from the remote"),
        Binding("escape", "stop", "Stop", show=False, id="background.stop", tooltip="Stop what is running"),
    ]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._completing = asyncio.Lock()

    def compose(self) -> ComposeResult:
        yield TopLine()
        yield ViewBar(self.VIEWS)
        with ContentSwitcher(initial="entries"):
            yield EntriesView(id="entries")
        yield Footer()

    def on_mount(self) -> None:
        self.workspace.checker.give_way = self.app.give_way
        self.set_interval(TICK_SECONDS, self._tick)
        self.query_one(ViewBar).show_view("entries")
        self._show_manifest()
        self._say_recovered()
        self.current_view.shown()
        self.call_after_refresh(self._go_on)

    @work(group="begin")
    async def _go_on(self) -> None:
        """What waits until the entries are on the screen, one after the other: it takes as long as they do."""
        self.check_entries()
        await asyncio.sleep(AFTER_FIRST_ROWS)
        self.app.remember_recent(self.workspace)
        await self.app.quiet()
        await self._complete()
        self.open_repository()

    async def _complete(self) -> None:
        """Make the views that are not shown first."""
        async with self._completing:
            if len(self.views) == len(self.VIEWS):
                return
            late = [make(id=name) for name, make in (await asyncio.to_thread(_late_views)).items()]
            for view in late:
                view.display = False
            await self.query_one(ContentSwitcher).mount(*late)
            for view in late:
                if view.is_attached:  # else the screen was left meanwhile
                    view.manifest_loaded()

    @property
    def current_view(self) -> View:
        switcher = self.query_one(ContentSwitcher)
        return switcher.query_one(f"#{switcher.current}", View)

    # What changes the workspace

    async def act(self, title: str, function: Callable[[], Step | None]) -> Step | None:
        """Run a blocking act of the workspace in a thread, show its error, and tell every view afterwards.

        Args:
            title: What it does, for the top line: ``saving``.

        Returns:
            The step, or None when nothing changed or it failed (the user was told why).
        """
        step = None
        with self.app.errors_shown(asked=True):
            try:
                step = await self.app.background.run(Running(title, stoppable=False, writes=True), function)
            finally:
                self.manifest_changed()
        return step

    async def save_edits(self, title: str, edits: Sequence[Edit]) -> Step | None:
        """Patch the manifest as one step; see `act`."""
        return await self.act("saving", lambda: self.workspace.edit(title, edits))

    def manifest_changed(self) -> None:
        """The workspace read its manifest again: show it, check it, and tell every view."""
        self._show_manifest()
        self._say_recovered()
        self.check_entries()
        self.repository_changed()

    def repository_changed(self) -> None:
        """The branch, its place against the remote, or what is not committed may be another."""
        self._show_open()
        for view in self.views:
            view.repository_changed()

    def show_changes_count(self, count: int) -> None:
        self.query_one(ViewBar).show_count("changes", str(count) if count else "")

    # Acts

    async def action_show_view(self, view: str) -> None:
        await self._complete()
        focused, is_there = self.focused, self.current_view.id == view
        self.show_view(view)
        if is_there and self.focused is focused:
            self.notify(f"{self.VIEWS[view]} is already shown.")

    def show_view(self, view: str) -> None:
        """Bring a view to the front; of those that are made by now."""
        self.query_one(ContentSwitcher).current = view
        self.query_one(ViewBar).show_view(view)
        self.current_view.shown()
        self.refresh_bindings()

    def focus_home(self) -> None:
        if self.query_one(ContentSwitcher).current is not None:  # else it is still being made
            self.current_view.focus_main()

    async def on_view_tab_chosen(self, message: ViewTab.Chosen) -> None:
        await self.action_show_view(message.view)

    @work(exclusive=True, group="act")
    async def action_undo(self) -> None:
        if step := await self.act("taking back", self.workspace.undo):
            self.notify(f"Taken back: {step.title}. ctrl+y does it again.")
        elif not self.workspace.steps.done:
            self.notify("Nothing to take back: every step is committed or undone.", severity="warning")

    @work(exclusive=True, group="act")
    async def action_redo(self) -> None:
        if step := await self.act("doing again", self.workspace.redo):
            self.notify(f"Done again: {step.title}.")
        elif not self.workspace.steps.undone:
            self.notify("Nothing to do again.", severity="warning")

    @work(exclusive=True, group="act")
    async def action_reload(self) -> None:
        """Read the manifest again; what another program wrote becomes a step that can be taken back."""
        step = None
        try:
            step = await asyncio.to_thread(self.workspace.adopt, "edited outside")
        except ManifestParseError as error:
            self.app.show_error(error)
        self.manifest_changed()
        if self.workspace.unread is not None:
            self.open_repository()
        self.notify("Read again: the manifest was changed outside." if step else "The manifest is as it was.")

    def action_stop(self) -> None:
        if running := self.app.background.stop_newest():
            self.notify(f"Stopped {running.title}.")
        else:
            self.notify("Nothing is running. Press q to quit.")

    def on_top_line_attention_taken(self) -> None:
        self.action_fetch()

    def on_top_line_stop_requested(self) -> None:
        self.action_stop()

    def on_app_focus(self) -> None:
        """Back from another window: notice what an editor did there."""
        if self.workspace.is_changed_outside():
            self.notify(
                "The manifest was changed outside partner-tui. ctrl+r reads it again.", severity="warning"
            )

    # What is shown

    def _show_manifest(self) -> None:
        for view in self.views:
            view.manifest_loaded()
        self.query_one(ViewBar).show_count("entries", str(len(self.workspace.manifest.entries)))
        self._show_open()

    def _say_recovered(self) -> None:
        """What became of a step in whose midst this app, or another one, was killed."""
        if said := self.workspace.steps.take_recovered():
            self.notify(said, title="After a crash", severity="warning", timeout=20, markup=False)

    def _show_open(self) -> None:
        workspace = self.workspace
        partner = workspace.manifest.partner
        name = partner.name or partner.id or workspace.folder.name
        self.query_one(TopLine).show_open(name, *workspace.place, workspace.manifest_name)


def _late_views() -> dict[str, Callable[..., View]]:
    """Imported in a thread: it takes longer than a key press."""
    from partner_tui.ui.views.changes import ChangesView
    from partner_tui.ui.views.splash import SplashView

    return {"splash": SplashView, "changes": ChangesView}
