"""The history of an entry, or of the splash: read in the background, shown as it is found, and restored as edits."""

from __future__ import annotations

import asyncio
from collections import deque
from functools import partial

from textual import getters, work
from textual.widgets import Static
from textual.worker import Worker

from partner_tui.comparison.tracing import Seen, see_splash
from partner_tui.errors import Cancelled
from partner_tui.manifest.entry import Entry
from partner_tui.plain import plural, visible
from partner_tui.ui.acting import act, outcome
from partner_tui.ui.background import Running
from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.history.version_detail import VersionDetail
from partner_tui.ui.history.version_list import VersionList
from partner_tui.ui.view import Frame
from partner_tui.ui.workspace.top_line import TopLine
from partner_tui.ui.workspace.two_panes import TwoPanes
from partner_tui.workspace.entries.history import Version, history_of
from partner_tui.workspace.entries.restoring import Restore, plan_restore


class HistoryScreen(TwoPanes):
    """Over the workspace.

    Args:
        frame: The workspace's screen.
        entry: Whose history; None for the splash.
    """

    TITLE = "History"
    HELP = """
    Every commit that changed the entry, the newest first, also under another id or in another file. r restores the version that is
    selected, b the one before it; on a field, that field alone. Only the values that differ are written, and ctrl+z undoes it.
    """
    BINDINGS = [
        bind(
            "r",
            "restore('after')",
            "Restore",
            "history.restore_after",
            "Restore what there was after this commit",
        ),
        bind(
            "b",
            "restore('before')",
            "Restore before",
            "history.restore_before",
            "Restore what there was before this commit",
        ),
        bind("y", "copy", "Copy commit", "history.copy", "Copy the commit's hash"),
        bind("o", "browse", "Page", "history.page", "Open the commit's page in the browser"),
        hidden("ctrl+z", "undo", "Undo", "history.undo", "Undo the last saved change"),
        hidden("ctrl+y", "redo", "Redo", "history.redo", "Redo the last undone change"),
    ]

    rows = getters.query_one(VersionList)
    detail = getters.query_one(VersionDetail)

    def __init__(self, frame: Frame, entry: Entry | None) -> None:
        super().__init__()
        self._frame = frame
        self._path = entry.path if entry else None
        self._found: deque[Version] = deque()
        self._reading: Running | None = None
        self._is_cut = False

    def panes(self) -> tuple[VersionList, VersionDetail]:
        return VersionList(), VersionDetail()

    def focus_detail(self) -> None:
        self.detail.fields.body.focus()

    def on_mount(self) -> None:
        self._read()

    # What is read

    @property
    def _now(self) -> Seen | None:
        """What the history is of, as it is now; None where it is there no more."""
        manifest = self._frame.workspace.manifest
        if self._path is None:
            return see_splash(manifest)
        entry = next((one for one in manifest.entries if one.path == self._path), None)
        return Seen(manifest, entry) if entry else None

    @work(exclusive=True, group="history")
    async def _read(self) -> None:
        """Read the history from its beginning; what is found is shown by each tick."""
        now = self._now
        if now is None or self._frame.workspace.broken is not None:
            self.dismiss()
            return
        found = self._found = deque()
        self.rows.clear()
        workspace = self._frame.workspace
        title = f"History  {visible(now.name, 60)}" if now.entry else "History  splash"
        self.query_one(TopLine).show_open(title, *workspace.place, workspace.manifest_name)
        reading = self._reading = Running("reading the log")
        with self.app.errors_shown():
            try:
                self._is_cut = await self.app.background.run(reading, self._find, now, reading, found)
            except Cancelled:
                self._is_cut = True
        if self._reading is reading and self.is_attached:
            self._reading = None
            self._show_found()
            self._show_about()

    def _find(self, now: Seen, reading: Running, found: deque[Version]) -> bool:
        """Read it, in a thread; whether there is more than was read."""
        history = history_of(self._frame.workspace, now, cancelled=reading.cancelled)
        for versions in history.versions():
            found.extend(versions)
        return history.is_cut

    def tick(self) -> None:
        super().tick()
        if self.query(VersionList):  # there is none while the screen is left
            self._show_found()

    def _show_found(self) -> None:
        found = [self._found.popleft() for _ in range(len(self._found))]
        if found:
            was = self.rows.selected
            self.rows.extend(found)
            if was is None:
                self.show_selected()
        self._show_about()

    def _show_about(self) -> None:
        count = len(self.rows.versions)
        words = plural(count, "version")
        if self._reading is not None:
            words = f"{words} so far" if count else "Reading the log…"
        elif self._is_cut:
            words += "  ·  older commits were not read, or are not in this clone"
        elif not count:
            words = "No commits yet."
        self.query_one("#about", Static).update(words)
        if not count:
            self.show_selected()

    def show_selected(self) -> None:
        """Show the selected version, or why there is none."""
        nothing = "Reading the log…" if self._reading else "There is no version to show."
        self.detail.show(self.rows.selected, nothing)
        self.refresh_bindings()

    # What is done with a version

    def action_copy(self) -> None:
        if commit := self._commit():
            self.app.copy_to_clipboard(commit)
            self.notify(f"Copied: {commit}")

    def _commit(self) -> str | None:
        version = self.rows.selected
        if version is None or version.commit is None:
            self.notify("Select a commit first.", severity="warning")
            return None
        return version.commit.hash

    @work(exclusive=True, group="browse")
    async def action_browse(self) -> None:
        commit, repository = self._commit(), self._frame.workspace.repository
        if commit is None:
            return
        url = await asyncio.to_thread(repository.contribution_url, "commit", commit) if repository else None
        if not url:
            self.notify("The page of this commit is not known: no forge is its remote.", severity="warning")
        else:
            self.app.open_url(url)

    def action_restore(self, side: str) -> None:
        self._restore(side, None, False)

    def action_restore_field(self, side: str) -> None:
        if (change := self.detail.fields.selected) is None:
            self.notify("Select a field first.", severity="warning")
        else:
            self._restore(side, str(change.path[0]), self.detail.in_rdf)

    @act("restore")
    async def _restore(self, side: str, field: str | None, in_rdf: bool) -> None:
        """Restore a version, or a field of it; what that would break is asked about."""
        version, now = self.rows.selected, self._now
        if version is None or now is None:
            self.notify("Select a version first.", severity="warning")
            return
        snapshot = version.before if side == "before" else version.after
        workspace, plan = self._frame.workspace, None
        with self.app.errors_shown():
            planning = Running("checking the result")
            make = partial(plan_restore, workspace, now, snapshot, field, in_rdf=in_rdf)
            plan = await self.app.background.run(planning, make)
        if plan is None:
            return
        if not plan.contents:
            self.notify("It is like that already: nothing to restore.")
            return
        what = f"field {visible(field, 60)}" if field else "version"
        if not plan.doubts or await self._agrees(what, plan):
            about = visible(now.name, 60) if now.entry else "splash"
            commit = version.commit.short if version.commit else "the edit"
            title = f"{about}: {what} {side} {commit} restored"
            if await self._frame.run_and_refresh("restoring", partial(workspace.save, title, plan.contents)):
                self.notify(f"{title}. Press ctrl+z to undo.", markup=False)
            self._read()

    async def _agrees(self, what: str, plan: Restore) -> bool:
        from partner_tui.ui.dialogs.confirm import ConfirmScreen

        screen = ConfirmScreen(f"Restore this {what}?", "\n".join(plan.doubts), yes="Restore")
        return await self.app.push_screen_wait(screen)

    @work(group="undo")
    async def action_undo(self) -> None:
        await self._then_read(self._frame.action_undo())

    @work(group="undo")
    async def action_redo(self) -> None:
        await self._then_read(self._frame.action_redo())

    async def _then_read(self, worker: Worker[None]) -> None:
        await outcome(worker)
        self._read()
