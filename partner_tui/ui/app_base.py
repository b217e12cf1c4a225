"""The services of the app to screens and views: its settings and folders, work in the background, dialogs, other screens.

They see this base alone; `app` composes them all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from textual import work
from textual.worker import Worker

from partner_tui.plain import visible
from partner_tui.repository.git import Watch
from partner_tui.repository.process.credentials import RememberedCredentials, Unattended
from partner_tui.settings import Directories, Recent, RecentRepositories, Settings
from partner_tui.ui.background import Background, Running
from partner_tui.ui.graphics.artist import Artist
from partner_tui.ui.graphics.terminal import Graphics
from partner_tui.ui.key_priority import KeyFirstApp

if TYPE_CHECKING:
    from partner_tui.forge.tokens import Token
    from partner_tui.repository.process.git_log import GitLog
    from partner_tui.repository.process.progress import Progress
    from partner_tui.repository.process.prompts import CredentialRequest
    from partner_tui.ui.closing import ClosesOnTop
    from partner_tui.workspace.opening.trusting import TrustQuestion
    from partner_tui.workspace.workspace import Workspace

T = TypeVar("T")


class BaseApp(KeyFirstApp):
    """The services of the app, without any of its screens.

    Args:
        directories: Where clones, drafts, caches and the log lie.

    Attributes:
        tokens: Those that the user typed in this session, by host; see `dialogs.with_token`.
    """

    def __init__(
        self, settings: Settings, directories: Directories, graphics: Graphics | None = None
    ) -> None:
        super().__init__()
        self.artist = Artist(graphics or Graphics(), self.write_to_terminal, self.call_later)
        self.settings = settings
        self.directories = directories
        self.background = Background(self._background_changed)
        self.credentials = RememberedCredentials(self._ask_credentials)
        self.tokens: dict[str, Token] = {}
        self.wanted: CredentialRequest | None = None
        self.recent = RecentRepositories(directories.state)

    def post_display_hook(self) -> None:
        super().post_display_hook()
        self.artist.after_frame()

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open a page in the browser; without one beside the terminal, its URL is copied."""
        self._browse(url)

    @work(group="browser")
    async def _browse(self, url: str) -> None:
        from partner_tui.ui.browser import open_in_browser

        if not await asyncio.to_thread(open_in_browser, url):
            self.copy_to_clipboard(url)
            self.notify(visible(url, 200), title="No browser found; URL copied", markup=False)

    # Other screens

    def open_source(self, source: str, manifest_name: str | None = None) -> Worker[None]:
        """Open a partner id, owner/name, URL or folder."""
        raise NotImplementedError

    def reopen(
        self, old: ClosesOnTop[None], source: str, manifest_name: str | None = None, log: GitLog | None = None
    ) -> None:
        """Open a repository in place of a screen.

        Args:
            log: The git commands that the workspace's log begins with.
        """
        raise NotImplementedError

    def show_workspace(self, old: ClosesOnTop[None], workspace: Workspace, source: str = "") -> None:
        """Put a workspace in place of a screen.

        Args:
            source: What opens it again, from a version of the past.
        """
        raise NotImplementedError

    def leave_opening(self) -> None:
        """Nothing was opened: back to where it was asked for, or to the start screen."""
        raise NotImplementedError

    def keep_drafts(self) -> None:
        """Write what was typed anywhere and is not kept yet, at once."""
        raise NotImplementedError

    async def ask_trust(self, question: TrustQuestion) -> bool:
        """Ask whether git may use a folder's own settings, or may no longer; Enter leaves it as it is.

        Returns:
            Whether it may now. Nothing of the folder has run before.
        """
        from partner_tui.ui.dialogs.confirm import ConfirmScreen

        title, yes, no = "Trust this folder's git settings?", "Trust", "Don't trust"
        if question.is_trusted:
            title, yes, no = "Stop trusting this folder's git settings?", "Stop trusting", "Cancel"
        screen = ConfirmScreen(title, question.text, yes=yes, no=no)
        said = await self.push_screen_wait(screen)
        trusted = said != question.is_trusted
        with self.errors_shown():
            await asyncio.to_thread(question.answer, trusted)
        return trusted

    # Background work

    def _background_changed(self) -> None:
        if self.screen_stack:  # there is none while the app ends
            self.screen.refresh_bindings()

    def progress_of(self, running: Running) -> Callable[[Progress], None]:
        """A callback for git that keeps `running` up to date; safe in any thread."""

        def report(progress: Progress) -> None:
            running.detail = progress.words

        return report

    async def run_git(self, running: Running, function: Callable[[Watch], T]) -> T:
        """Run in the background what git does: it tells how far it is, can be stopped, and asks the user for credentials."""
        return await self.background.run(running, function, self.watch_of(running))

    def watch_of(self, running: Running) -> Watch:
        """What a git command that runs in the background is watched by."""
        progress = self.progress_of(running)
        return {"progress": progress, "cancelled": running.cancelled, "credentials": self.credentials}

    def _ask_credentials(self, request: CredentialRequest) -> str | None:
        """Ask for a user name, token or passphrase; called in the thread that runs git, None when cancelled."""
        from partner_tui.ui.dialogs.credentials import CredentialsScreen

        async def ask() -> str | None:
            self.wanted = None
            await self.quiet()  # what is typed into a form must not go into a dialog that comes up under it
            if request.over.is_set():
                return None
            return await self.push_screen_wait(CredentialsScreen(request))

        async def in_worker() -> str | None:
            return await self.run_worker(ask(), exit_on_error=False).wait()

        return self.call_from_thread(in_worker)  # type: ignore[arg-type]  # it takes the result of an awaitable for Never

    def unattended(self) -> Unattended:
        """For work that nobody waits for: what it is asked becomes `wanted`, which the first line shows."""
        return Unattended(self.credentials, lambda request: setattr(self, "wanted", request))

    # The repositories that are known

    def short_path(self, path: Path) -> str:
        """A path as it is said aloud: of a clone of ours the repository, else with ~ for the home folder."""
        for base, sign in ((self.directories.clones, ""), (Path.home(), "~/")):
            if path.is_relative_to(base):
                return sign + path.relative_to(base).as_posix()
        return str(path)

    def remember_recent(self, workspace: Workspace, summary: str = "") -> None:
        partner = workspace.manifest.partner
        self.recent.remember(Recent(str(workspace.folder), partner.name or workspace.folder.name, summary))
