"""From what the user asked for to an open workspace: at once when it is on this machine, else by cloning it first.

Nothing is drawn while it takes no time; a clone that is stopped leaves nothing behind.
"""

from __future__ import annotations

import asyncio
from functools import partial

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, OptionList, ProgressBar, Static
from textual.widgets.option_list import Option

from partner_tui.errors import Cancelled, GitError, ManifestNotFound, PartnerTuiError
from partner_tui.plain import visible
from partner_tui.repository.git import Watch
from partner_tui.repository.process.git_log import GitLog
from partner_tui.repository.process.progress import Progress
from partner_tui.repository.process.redact import address, redact
from partner_tui.ui.background import Running
from partner_tui.ui.binding import bind
from partner_tui.ui.dialogs.choosing import ChoosingScreen
from partner_tui.ui.view import WholeScreen
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.ui.widgets.footer import Footer
from partner_tui.ui.widgets.said import Said
from partner_tui.workspace.opening.opening import (
    ManifestLocation,
    ResolvedSource,
    open_workspace,
    resolve_source,
)
from partner_tui.workspace.workspace import Workspace

TICK_SECONDS = 0.1


class OpeningScreen(WholeScreen):
    """Opens one source, then gives way to the workspace.

    Args:
        source: What the user asked for; see `repository.clones.source`.
        manifest_name: The manifest to take when there are several.
    """

    CSS_PATH = "opening.tcss"
    HELP = "A repository that is not on this machine is cloned first (as a partial clone, where the server supports it)."
    BINDINGS = [
        bind("r", "retry", "Retry", "opening.retry", "Try to open it again"),
        bind("escape", "back", "Back", "opening.back", "Cancel the clone, delete it and go back"),
    ]

    def __init__(self, source: str, manifest_name: str | None = None, log: GitLog | None = None) -> None:
        super().__init__()
        self.source = source
        self.manifest_name = manifest_name
        self._cloning: Running | None = None
        self._progress: Progress | None = None
        self._failed = False
        self._log = log or GitLog()

    def compose(self) -> ComposeResult:
        yield Footer()

    def on_mount(self) -> None:
        self.set_interval(TICK_SECONDS, self._tick)
        self.open()

    @work(exclusive=True, group="open")
    async def open(self) -> None:
        """Find it, clone it if need be, find its manifest, read it."""
        self._failed = False
        self.refresh_bindings()
        try:
            located = await asyncio.to_thread(resolve_source, self.source, self.app.directories)
            if not located.is_there:
                await self._clone(located)
            found = await self._find_place(located)
            workspace = found if isinstance(found, Workspace) else await self._open_place(found)
        except Cancelled:
            self._leave()
        except PartnerTuiError as error:
            await self._show_failure(error)
        except Exception as error:
            self._leave()
            self.app.show_bug(error)
        else:
            workspace.log = self._log
            self.app.show_workspace(self, workspace, self.source)

    async def _clone(self, located: ResolvedSource) -> None:
        from partner_tui.repository.clones.clone import clone

        await self._show_cloning(located)
        running = self._cloning = Running(f"cloning {located.source.text}")
        watch = self.app.watch_of(running) | Watch(progress=self._take_progress)
        make = partial(clone, located.source, located.folder, self._log, **watch)
        try:
            await self.app.background.run(running, make)
        finally:
            self._cloning = None

    async def _find_place(self, located: ResolvedSource) -> ManifestLocation | Workspace:
        from partner_tui.workspace.opening.lost_manifest import LostManifest, find_or_explain

        name = self.manifest_name
        while True:
            running = Running("looking for the manifest")
            watch = Watch(cancelled=running.cancelled, credentials=self.app.credentials)
            look = partial(find_or_explain, located, name, self.app.directories, self._say, **watch)
            try:
                found = await self.app.background.run(running, look)
            except ManifestNotFound as error:
                name = await self.app.push_screen_wait(ChooseManifestScreen(error))
                if name is None:
                    raise Cancelled from error
                continue
            if not isinstance(found, LostManifest):
                return found
            from partner_tui.ui.start.lost_manifest import LostManifestScreen

            chosen = await self.app.push_screen_wait(LostManifestScreen(found, self._log))
            if chosen is None:
                raise Cancelled
            if chosen != "again":
                return chosen

    def _say(self, line: str) -> None:
        """What was recovered from a crash; called in a thread."""
        self.app.notify(line, timeout=12, markup=False)

    async def _open_place(self, place: ManifestLocation) -> Workspace:
        return await asyncio.to_thread(open_workspace, place, self.app.directories, even_broken=True)

    # What is shown

    async def _show_cloning(self, located: ResolvedSource) -> None:
        await self._show(
            Box(f"Cloning {visible(located.source.text, 60)}", id="cloning"),
            Static(Content(visible(redact(located.source.url or ""))), classes="quiet one-line"),
            Static(Content("Connecting"), id="phase"),
            ProgressBar(show_eta=False, show_percentage=False, id="bar"),
            Static(Content(f"into {self.app.short_path(located.folder)}"), classes="quiet one-line"),
            Choices(("back", "Stop", "esc")),
        )

    async def _show_failure(self, error: PartnerTuiError) -> None:
        self._failed = True
        await self._show(
            Box(f"{visible(address(self.source), 60)} cannot be opened", danger=True, id="failure"),
            Static(Content(visible(error.message)), classes="error"),
            Static(Content(visible(error.hint)), classes="quiet"),
            Said(error.output if isinstance(error, GitError) else ""),
            Choices(("retry", "Retry", "r"), ("back", "Back", "esc")),
        )
        self.query_one("#retry", Button).focus()
        self.refresh_bindings()

    async def _show(self, box: Box, *children: Widget) -> None:
        await self.query(Box).remove()
        await self.mount(box)
        await box.mount_all(children)

    def _take_progress(self, progress: Progress) -> None:
        """Called in git's thread: the next tick draws it."""
        self._progress = progress

    def _tick(self) -> None:
        progress, running = self._progress, self._cloning
        if running is None or progress is None or not self.query("#bar"):
            return
        running.detail = f"{progress.done}/{progress.total}" if progress.total else ""
        self.query_one("#phase", Static).update(progress_line(progress))
        self.query_one(ProgressBar).update(total=progress.total, progress=progress.done or 0)

    # Acts

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._failed if action == "retry" else True

    def action_retry(self) -> None:
        self.open()

    def action_back(self) -> None:
        if self._cloning is None:
            self._leave()
        else:
            self._cloning.cancelled.set()
            self.query_one("#phase", Static).update(Content("Stopping"))

    def _leave(self) -> None:
        """Back to where it was asked for; to the start screen when that was the command line."""
        self.once_on_top(self.app.leave_opening)


def progress_line(progress: Progress) -> Content:
    """The phase, how far it is, and how much has arrived: ``Receiving objects  120 of 400  1.2 MB``."""
    parts = [(progress.phase, "bold")]
    if progress.done is not None:
        of = f" of {progress.total}" if progress.total else ""
        parts.append((f"   {progress.done}{of}", ""))
    if progress.received_bytes:
        parts.append((f"   {progress.received_bytes / 1e6:.1f} MB", "$foreground 65%"))
    return Content.assemble(*parts)


class ChooseManifestScreen(ChoosingScreen[str]):
    """The YAML files that were found; the chosen one's path, or None to go back."""

    HELP = "Choose the manifest, the file that lists the entries. Your choice is remembered for this clone."

    def __init__(self, error: ManifestNotFound) -> None:
        super().__init__(error.found)
        self._error = error

    def compose(self) -> ComposeResult:
        error = self._error
        with Box("Choose the manifest"):
            yield Static(Content(visible(error.message)))
            if error.looked_for:
                yield Static(Content(f"Looked for {', '.join(error.looked_for)}."), classes="quiet")
            yield OptionList(*(Option(Content(visible(path))) for path in error.found), markup=False)
            yield Choices(("choose", "Open", "⏎"), ("dismiss", "Back", "esc"))
