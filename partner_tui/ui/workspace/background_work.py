"""Background work of the frame: checks, reading the repository, fetching. The entries can be used meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Collection
from typing import TYPE_CHECKING

from textual import work
from textual.widgets import ContentSwitcher

from partner_tui.compliance.status import EntryCheck, sum_in_words
from partner_tui.errors import Cancelled, GitError, PartnerTuiError, Untrusted
from partner_tui.plain import few, plural
from partner_tui.repository.git import Watch
from partner_tui.ui.acting import act
from partner_tui.ui.background import Running
from partner_tui.ui.broken.view import BrokenLine
from partner_tui.ui.view import NO_REPOSITORY, Frame, View
from partner_tui.ui.workspace.top_line import TopLine
from partner_tui.ui.workspace.view_bar import ViewBar
from partner_tui.workspace.steps.lock import why_nothing_is_kept
from partner_tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from partner_tui.repository.process.credentials import Credentials
    from partner_tui.repository.process.prompts import CredentialRequest


NOTHING_KEPT = "Nothing can be saved: undo and drafts cannot be kept."

LOOK_SECONDS = 3.0
"""How often files are looked at that a shell or an editor may have changed; one `stat` for each."""
PICTURES_SECONDS = 0.3
"""Pictures that come sooner after one another are looked for once."""
_CHANGING = frozenset({"act", "remote", "repository", "trust", "undo", "write"})
"""The groups of workers that change what would be looked at."""

BROKEN = "broken"
"""The id of what stands in a view's place while the manifest cannot be read."""


class WorkspaceWork(Frame):
    """A screen over one workspace, and the work that goes on behind it."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._checked: deque[EntryCheck] = deque()
        self._told: tuple[str, ...] = ()
        self._was_opened = False
        self._known = asyncio.Event()
        """Set once all statuses are there that need no judge: what else a start has to do waits for them."""

    @property
    def views(self) -> list[View]:
        there = self.query_one(ContentSwitcher).children
        return [view for view in there if isinstance(view, View) and view.id != BROKEN]

    @work(exclusive=True, group="check")
    async def check_entries(self) -> None:
        """Judge every entry; known results arrive first and without the spec library."""
        running, loop = Running("checking"), asyncio.get_running_loop()
        total = len(self.workspace.manifest.entries)
        done = 0

        def checked(check: EntryCheck) -> None:
            nonlocal done
            done += 1
            running.detail = f"{done}/{total}"
            self._checked.append(check)

        def all_known() -> None:
            loop.call_soon_threadsafe(self._known.set)

        self._checked.clear()
        if self.workspace.broken is not None:
            self.app.remember_recent(self.workspace, "cannot be read")
            self._known.set()
            return
        try:
            with self.app.errors_shown():
                check = self.workspace.check
                await self.app.background.run(running, check, checked, running.cancelled, all_known)
        finally:
            self._known.set()
        if not self.query(ViewBar):  # the screen was left meanwhile
            return
        self._tick()
        for view in self.views:
            view.entries_checked(())
        counts = self.workspace.status_counts()
        self.query_one(ViewBar).show_statuses(counts)
        self.app.remember_recent(self.workspace, sum_in_words(counts))

    @work(exclusive=True, group="repository")
    async def open_repository(self) -> None:
        """Read the repository's state, then fetch; the entries are on the screen meanwhile."""
        self._was_opened = True
        if problem := why_nothing_is_kept(self.workspace.state):
            self.notify(problem, title=NOTHING_KEPT, severity="warning", timeout=12, markup=False)
        if not self.workspace.in_repository:
            self.notify(NO_REPOSITORY)
            return
        with self.app.errors_shown():
            try:
                running = Running("reading the repository")
                await self.app.background.run(running, self.workspace.open_repository)
            except PartnerTuiError:
                self.repository_changed()
                raise
            self.repository_changed()  # not in a `finally`: the app may have ended meanwhile
            self._say_obstacle()
            if self.app.settings.fetch_on_open and self.workspace.has_remote:
                await self._fetch_unasked()

    def look_at_disk(self) -> None:
        """Look, unless the last look is not over or the app itself changes something: the next look is soon enough."""
        if not (self._is_changing or self._runs({"look"})):
            self._look()

    @work(group="look")
    async def _look(self) -> None:
        """Notice what a shell or an editor did beside the app. Files are not reloaded unasked: no unsaved edit is lost.

        Where the clone stands is read again at once, since nothing that is not saved depends on it.
        """
        workspace = self.workspace
        moved = await asyncio.to_thread(workspace.on_disk.repository_moved)
        manifest = workspace.manifest
        changed = await asyncio.to_thread(workspace.changed_outside)
        broken = await asyncio.to_thread(workspace.broken_on_disk) if changed else workspace.broken
        if (moved or changed != self._told) and not self._is_changing:
            with contextlib.suppress(PartnerTuiError):  # the views say why it cannot be read
                await asyncio.to_thread(workspace.open_repository)
            if self.is_attached:
                self.repository_changed()
        if self._is_changing or workspace.manifest is not manifest or not self.is_attached:
            return
        for line in self.query(BrokenLine):  # there is none while the screen is left
            line.show(workspace.manifest_name, broken or workspace.broken)
        if changed and changed != self._told:
            said = f"Another program changed {few(changed)}. Press ctrl+r to reload."
            self.notify(said, severity="warning", timeout=12, markup=False)
        self._told = changed

    @property
    def _is_changing(self) -> bool:
        return self._runs(_CHANGING) or any(running.writes for running in self.app.background.running)

    def _runs(self, groups: Collection[str]) -> bool:
        return any(worker.group in groups and not worker.is_finished for worker in self.app.workers)

    async def _fetch_unasked(self) -> None:
        """A remote that cannot be reached keeps nobody from working: it is said, and no more."""
        try:
            await self._fetch(self.app.unattended(), quiet=True)
        except Cancelled:
            if self.app.wanted is None:  # else the first line says what keeps it from being done
                raise
        except Untrusted as error:
            self.notify(error.hint, title=f"Fetch failed: {error.message}", severity="warning", markup=False)
        except GitError as error:
            title = f"Fetch failed: {error.message}"
            text = f"{error.hint}\nSee the git log for the full output (5, l)."
            self.notify(text, title=title, severity="warning", markup=False)

    @work(exclusive=True, group="repository")
    async def action_fetch(self) -> None:
        if not self.workspace.in_repository:
            self.notify(NO_REPOSITORY, severity="warning")
            return
        if self.workspace.repository is None:
            self.open_repository()
            return
        with self.app.errors_shown(asked=True):
            await self._fetch(self.app.credentials, quiet=False)

    @act("branches")
    async def action_branches(self) -> None:
        from partner_tui.ui.changes.branches import choose_branch

        if not self.workspace.in_repository:
            self.notify(NO_REPOSITORY, severity="warning")
        else:
            await choose_branch(self.app, self)

    @act("act")
    async def action_workflows(self) -> None:
        """Write the workflows that check and review the repository on GitHub."""
        from partner_tui.ui.workspace.ci_workflows import write_workflows

        await write_workflows(self)

    @work(exclusive=True, group="pictures")
    async def action_pictures(self) -> None:
        from partner_tui.ui.workspace.download_pictures import ask_for_pictures

        await ask_for_pictures(self)

    def _pictures_came(self) -> None:
        """Called in a thread: of pictures that come one soon after the other, one look is enough."""
        self.call_later(self._expect_pictures)

    def _expect_pictures(self) -> None:
        if not self._runs({"pictures-came"}):  # what comes until it looks is seen with it
            self._look_for_pictures()

    @work(group="pictures-came")
    async def _look_for_pictures(self) -> None:
        await asyncio.sleep(PICTURES_SECONDS)
        self.pictures_changed()

    @work(exclusive=True, group="trust")
    async def action_trust(self) -> None:
        """Ask again whether git may use the folder's own settings, and use the repository as was said."""
        from partner_tui.workspace.opening.trusting import ask_for_trust

        workspace = self.workspace
        with self.app.errors_shown():
            question = await asyncio.to_thread(ask_for_trust, workspace.folder, workspace.state, again=True)
            if question is None:
                self.notify("This folder has no git settings that need trust.")
                return
            await self.app.ask_trust(question)
            workspace.repository = None
            self.open_repository()

    async def _fetch(self, credentials: Credentials, quiet: bool) -> None:
        running = Running("fetching")
        before = self.workspace.behind
        watch = self.app.watch_of(running) | Watch(credentials=credentials)
        await self.app.background.run(running, self.workspace.fetch, **watch)
        self.app.wanted = None
        self.repository_changed()
        if self.workspace.behind > before:
            commits = plural(self.workspace.behind, "new commit")
            self.notify(f"{commits} on the remote. To pull: Changes (5), then p.")
        elif not quiet:
            self.notify("Fetched. Already up to date.")

    def _tick(self) -> None:
        if (wanted := self.app.wanted) and wanted.kind == "presence" and wanted.over.is_set():
            wanted = self.app.wanted = None
        for line in self.query_children(TopLine):  # there is none while the screen is left
            line.show_running(self.app.background.running, attention(wanted) if wanted else "")
        if not self._checked or not self.query(ViewBar):
            return
        checks = [self._checked.popleft() for _ in range(len(self._checked))]
        for view in self.views:
            view.entries_checked(checks)
        self.query_one(ViewBar).show_statuses(self.workspace.status_counts())

    def _say_obstacle(self) -> None:
        """What will keep a commit from being made: a detached HEAD, a merge in progress, a read-only folder."""
        repository = self.workspace.repository
        if repository is None:
            return
        obstacle = repository.state.problem
        if obstacle is None and repository.read_only:
            obstacle = ("This folder is read-only.", "You can view everything but not save.")
        if obstacle is not None:
            self.notify(obstacle[1], title=obstacle[0], severity="warning", timeout=12, markup=False)


def attention(wanted: CredentialRequest) -> str:
    """What a fetch that nobody asked for waits for, and the key that answers; short enough for half of the first line."""
    match wanted.kind:
        case "presence":
            return "Touch your security key"
        case "host-key" | "confirm" | "answer":
            return "Fetch has a question  f5"
        case "code":
            return "Fetch needs a code  f5"
        case "pin":
            return "Fetch needs your PIN  f5"
        case "passphrase":
            return "Fetch needs your passphrase  f5"
        case _:
            return "Fetch needs your password  f5"
