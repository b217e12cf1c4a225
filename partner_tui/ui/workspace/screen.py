"""The frame around an open repository: top line, views with counters, the view itself, and the footer.

It alone runs what changes the workspace, so that every view sees every change: views ask it, it tells them all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.widgets import ContentSwitcher
from textual.worker import Worker

from partner_tui.plain import few
from partner_tui.ui.acting import act, outcome
from partner_tui.ui.background import Running, writing
from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.broken.view import BrokenLine, BrokenView
from partner_tui.ui.entries.view import EntriesView
from partner_tui.ui.view import T, View
from partner_tui.ui.widgets.footer import Footer
from partner_tui.ui.workspace.background_work import BROKEN, LOOK_SECONDS, WorkspaceWork
from partner_tui.ui.workspace.top_line import TopLine
from partner_tui.ui.workspace.view_bar import ViewBar, ViewTab
from partner_tui.workspace.steps.step import Step
from partner_tui.workspace.workspace import Workspace

READING = frozenset({"entries", "splash", "central"})
"""The views that show what is in the manifest, and so nothing while it cannot be read."""
TICK_SECONDS = 0.1
AFTER_FIRST_ROWS = 0.3
"""Seconds in which the first keys and the entry beside go before the views that are not shown."""


class WorkspaceScreen(WorkspaceWork):
    """One open repository."""

    CSS_PATH = "screen.tcss"
    HELP = """
    Five views of one repository. ctrl+z undoes the last saved change in any view, until it is committed. Running tasks are
    shown at the top right; escape stops the newest.
    """
    VIEWS: ClassVar[dict[str, str]] = {
        "entries": "Entries",
        "contributions": "Contributions",
        "splash": "Splash",
        "central": "Central",
        "changes": "Changes",
    }
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (100, "-roomy")]
    BINDINGS = [
        hidden("1", "show_view('entries')", "Entries", "view.entries", "Show the entries"),
        hidden(
            "2", "show_view('contributions')", "Contributions", "view.contributions", "Show the contributions"
        ),
        hidden("3", "show_view('splash')", "Splash", "view.splash", "Show the splash"),
        hidden(
            "4",
            "show_view('central')",
            "Central",
            "view.central",
            "Show what the central repository makes of the manifest",
        ),
        hidden("5", "show_view('changes')", "Changes", "view.changes", "Show the changes"),
        bind("ctrl+z", "undo", "Undo", "edit.undo", "Undo the last saved change"),
        hidden("ctrl+y", "redo", "Redo", "edit.redo", "Redo the last undone change"),
        hidden("ctrl+r", "reload", "Reload", "manifest.reload", "Reload the manifest from disk"),
        hidden(
            "P,f12",
            "pictures",
            "Pictures",
            "pictures.download",
            "Download pictures of other hosts (asks first)",
        ),
        hidden("f5", "fetch", "Fetch", "git.fetch", "Fetch from the remote"),
        hidden("escape", "stop", "Stop", "task.stop", "Stop what is running"),
    ]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._making = asyncio.Lock()
        self._saving = asyncio.Lock()
        self._made = {"entries"}
        self._view = "entries"

    def compose(self) -> ComposeResult:
        yield TopLine()
        yield ViewBar(self.VIEWS)
        yield BrokenLine()
        with ContentSwitcher(initial="entries"):
            yield EntriesView(id="entries")
            yield BrokenView(id=BROKEN)
        yield Footer()

    def on_mount(self) -> None:
        self.workspace.checker.yield_to_keys = self.app.yield_to_keys
        self.workspace.pictures.on_change = self._pictures_came
        self.workspace.forges = self.app.settings.hosts
        self.set_interval(TICK_SECONDS, self._tick)
        self.set_interval(LOOK_SECONDS, self.look_at_disk)
        self.watch(self.app, "app_focus", self.look_at_disk, init=False)
        self.query_one(ViewBar).show_view(self._view)
        self._show_manifest()
        self._say_recovered()
        self.current_view.shown()
        self.call_after_refresh(self._load_rest)

    @work(group="begin")
    async def _load_rest(self) -> None:
        """What waits until the entries are on the screen, one after the other: it takes as long as they do."""
        self.check_entries()
        await asyncio.sleep(AFTER_FIRST_ROWS)
        self.app.remember_recent(self.workspace)
        await self._known.wait()
        await self.app.quiet()
        self._open_once()
        await self.make_views()

    async def make_views(self) -> None:
        """Make what nobody has asked for yet, so that going there takes no longer than drawing it."""
        for name in self.VIEWS:
            await self.app.quiet()
            await self._make(name)

    def _open_once(self) -> None:
        """Read the repository, unless a view that was asked for before has had it read."""
        if not (self._was_opened or self._runs({"repository"})):
            self.open_repository()

    async def _make(self, name: str) -> None:
        """Make a view, unless it is there. All but the first wait until they are asked for, or nothing else is to do."""
        if name in self._made:
            return
        async with self._making:
            if name in self._made:
                return
            view = (await asyncio.to_thread(_view_class, name))(id=name)
            view.display = False
            await self.query_one(ContentSwitcher).mount(view)
            if view.is_attached:  # else the screen was left meanwhile
                self._tell_loaded(view)
                if self.workspace.repository is not None or self.workspace.unread is not None:
                    view.repository_changed()
            self._made.add(name)

    @property
    def current_view(self) -> View:
        switcher = self.query_one(ContentSwitcher)
        return switcher.query_one(f"#{switcher.current}", View)

    # What changes the workspace

    async def run_and_refresh(self, work: str | Running, function: Callable[[], T]) -> T | None:
        # Its own worker: what is being written is shown once it is there, though who asked for it was left.
        return await outcome(self.run_worker(self._run_and_refresh(work, function), group="write"))

    async def _run_and_refresh(self, work: str | Running, function: Callable[[], T]) -> T | None:
        if isinstance(work, Running):  # it may take minutes, as a commit whose hooks test something
            return await self._write(work, function)
        async with self._saving:
            return await self._write(writing(work), function)

    async def _write(self, running: Running, function: Callable[[], T]) -> T | None:
        with self.app.errors_shown(asked=True):
            try:
                return await self.app.background.run(running, function)
            finally:
                self.manifest_changed()
        return None

    def manifest_changed(self) -> None:
        self._show_manifest()
        self._say_recovered()
        self.check_entries()
        self.repository_changed()
        self.refresh_bindings()

    def repository_changed(self) -> None:
        if not self.query(TopLine):  # the screen was left meanwhile
            return
        self._show_open()
        for view in self.views:
            view.repository_changed()

    def show_view_count(self, view: str, count: int) -> None:
        self.query_one(ViewBar).show_count(view, str(count) if count else "")

    # Acts

    async def action_show_view(self, view: str) -> None:
        await self._make(view)
        if view != "entries":
            self._open_once()
        focused, is_there = self.focused, self.current_view.id == view
        self.show_view(view)
        if is_there and self.focused is focused:
            self.notify(f"{self.VIEWS[view]} is already shown.")

    def show_view(self, view: str) -> None:
        """Bring a view to the front; of those that are made by now."""
        self._view = view
        self.query_one(ViewBar).show_view(view)
        self._bring_to_front()
        self.current_view.shown()
        self.refresh_bindings()

    def focus_home(self) -> None:
        if self.query_one(ContentSwitcher).current is not None:  # else it is still being made
            self.current_view.focus_main()

    def _bring_to_front(self) -> bool:
        """Show the chosen view, or in its place why it has nothing to show; whether that is another one than before."""
        is_hidden = self.workspace.broken is not None and self._view in READING
        switcher, front = self.query_one(ContentSwitcher), BROKEN if is_hidden else self._view
        changes = switcher.current != front
        if changes:
            switcher.current = front
            self.set_class(front == "changes", "-changes")
        return changes

    @work(group="show")
    async def show_entries(self, words: str) -> None:
        await self.action_show_view("entries")
        self.query_one(EntriesView).show_filtered(words)

    @work(group="show")
    async def show_commit(self) -> None:
        from partner_tui.ui.changes.view import ChangesView

        if self.workspace.in_repository:
            await self.action_show_view("changes")
            self.query_one(ChangesView).action_commit()

    async def on_view_tab_chosen(self, message: ViewTab.Chosen) -> None:
        await self.action_show_view(message.view)

    def disabled_reason(self, action: str) -> str | None:
        """Why an act would do nothing now; undo and redo look for other windows' changes all the same."""
        match action:
            case "undo" if not self.workspace.steps.done:
                return "Nothing to undo."
            case "redo" if not self.workspace.steps.undone:
                return "Nothing to redo."
        return None

    # Each press counts, however fast they come: each undo follows the one before, and what is being saved.

    def action_undo(self) -> Worker[None]:
        return self._walk_steps("undo", self.workspace.undo, "Undone: {}. Press ctrl+y to redo.")

    def action_redo(self) -> Worker[None]:
        return self._walk_steps("redo", self.workspace.redo, "Redone: {}. Press ctrl+z to undo.")

    @work(group="undo")
    async def _walk_steps(self, action: str, walk: Callable[[], Step | None], said: str) -> None:
        async with self._saving:
            with self.app.errors_shown(asked=True):  # `partner-tui set` or another window may have made some
                await asyncio.to_thread(self.workspace.steps.refresh)
            if why := self.disabled_reason(action):
                self.notify(why, severity="warning")
            elif step := await self._write(writing(f"{action}ing"), walk):
                self.notify(said.format(step.title), markup=False)

    @act("act")
    async def action_reload(self) -> None:
        """Read the manifest again; what another program wrote becomes a step that can be undone."""
        workspace, before = self.workspace, self.workspace.content
        changed = await asyncio.to_thread(workspace.changed_outside)
        step = await self.run_and_refresh(
            "reloading", lambda: workspace.record_external_edit("external edit")
        )
        if step or workspace.content != before:
            self.notify("Reloaded: another program changed the manifest.")
        elif changed:
            self.notify(f"Reloaded: another program changed {few(changed)}.", markup=False)
        elif workspace.broken is None:
            self.notify("No changes on disk.")
        if workspace.unread is not None:
            self.open_repository()

    async def edit_manifest(self, line: int, title: str) -> None:
        from partner_tui.ui.editor import edit_file

        with self.app.errors_shown(asked=True):
            await edit_file(self.app, self.workspace.manifest_path, line)
            before = self.workspace.content
            step = await self.run_and_refresh("reading", lambda: self.workspace.record_external_edit(title))
            if self.workspace.broken is None and (step or self.workspace.content == before):
                self.notify(f"{title}. Press ctrl+z to undo." if step else "No changes made.", markup=False)

    def action_stop(self) -> None:
        if running := self.app.background.stop_newest():
            self.notify(f"Stopped {running.title}.")
        else:
            self.notify("Nothing is running. Press q to quit.")

    def on_top_line_attention_taken(self) -> None:
        self.action_fetch()

    def on_top_line_stop_requested(self) -> None:
        self.action_stop()

    # What is shown

    def _show_manifest(self) -> None:
        workspace, bar = self.workspace, self.query_one(ViewBar)
        for view in self.views:
            self._tell_loaded(view)
        self.query_one(BrokenView).manifest_loaded()
        self.query_one(BrokenLine).show(workspace.manifest_name, workspace.broken)
        bar.show_count("entries", "✗" if workspace.broken else str(len(workspace.manifest.entries)))
        if workspace.broken is not None:
            bar.show_statuses({})
        if self._bring_to_front():
            self.current_view.shown()
        self._show_open()

    def _tell_loaded(self, view: View) -> None:
        """Tell a view of what was read; one that shows the manifest keeps what it has while that cannot be read."""
        if self.workspace.broken is None or view.id not in READING:
            view.manifest_loaded()

    def _say_recovered(self) -> None:
        """What became of a step in whose midst this app, or another one, was killed."""
        if said := self.workspace.steps.take_recovered():
            self.notify(said, title="After a crash", severity="warning", timeout=20, markup=False)

    def _show_open(self) -> None:
        workspace = self.workspace
        partner = workspace.manifest.partner
        name = partner.name or partner.id or workspace.folder.name
        self.query_one(TopLine).show_open(name, *workspace.place, workspace.manifest_name)


def _view_class(name: str) -> Callable[..., View]:
    """Imported in a thread: it takes longer than a key press."""
    match name:
        case "contributions":
            from partner_tui.ui.contributions.view import ContributionsView

            return ContributionsView
        case "splash":
            from partner_tui.ui.splash.view import SplashView

            return SplashView
        case "central":
            from partner_tui.ui.central.view import CentralView

            return CentralView
        case "changes":
            from partner_tui.ui.changes.view import ChangesView

            return ChangesView
    raise LookupError(f"There is no view {name!r}")
