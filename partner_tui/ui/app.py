"""The app: what is shown first, how errors reach the user, and what outlives a screen.

Work that changes a remote belongs to the app and not to a screen, which may be popped under it.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from partner_tui.errors import Cancelled, PartnerTuiError
from partner_tui.settings import Directories, Recent, RecentRepositories, Settings
from partner_tui.ui import themes
from partner_tui.ui.background import Background, Running

if TYPE_CHECKING:
    from partner_tui.repository.credentials import CredentialRequest
    from partner_tui.repository.progress import Progress
    from partner_tui.workspace.workspace import Workspace

log = logging.getLogger(__name__)


class PartnerApp(App[None]):
    """partner-tui.

    Args:
        settings: The user's.
        directories: Where clones, drafts, caches and the log lie.
        source: What to open (see `repository.source`); None shows the start screen.
        manifest_name: The manifest to take when there are several.
    """

    TITLE = "partner-tui"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark,f1", "help", "Help", key_display="?", id="app.help", tooltip="Every key of this view"),
        Binding("q", "leave", "Quit", id="app.quit", tooltip="Leave; asks when something is unsaved"),
        Binding("ctrl+q", "leave", "Quit", show=False, id="app.quit_anywhere", tooltip="Leave, also from a field"),
        Binding("ctrl+p", "command_palette", "Palette", show=False, id="app.palette", tooltip="Find any act by name"),
    ]

    def __init__(
        self, settings: Settings, directories: Directories, source: str | None = None, manifest_name: str | None = None
    ) -> None:
        super().__init__()
        self.settings = settings
        self.directories = directories
        self.source = source
        self.manifest_name = manifest_name
        self.background = Background(self._background_changed)
        self.recent = RecentRepositories(directories.state)
        for theme in (themes.DARK, themes.LIGHT):
            self.register_theme(theme)
        self.set_keymap(settings.keymap)

    def on_mount(self) -> None:
        self.theme = self.settings.theme if self.settings.theme in self.available_themes else themes.DARK.name
        if self.source is None:
            self.show_start()
        else:
            self.open_source(self.source, self.manifest_name)

    # Screens

    def show_start(self) -> None:
        from partner_tui.ui.screens.start import StartScreen

        self.push_screen(StartScreen())

    def open_source(self, source: str, manifest_name: str | None = None) -> None:
        """Open a partner id, owner/name, URL or folder; clones it first when it is not on this machine."""
        from partner_tui.ui.screens.opening import OpeningScreen

        self.push_screen(OpeningScreen(source, manifest_name))

    def show_workspace(self, workspace: Workspace) -> None:
        from partner_tui.ui.screens.workspace import WorkspaceScreen

        self.switch_screen(WorkspaceScreen(workspace))

    # Errors

    @contextmanager
    def errors_shown(self) -> Iterator[None]:
        """Show what goes wrong inside: expected errors as a message, bugs on the error screen."""
        try:
            yield
        except Cancelled as error:
            self.notify(error.message)
        except PartnerTuiError as error:
            self.show_error(error)
        except Exception as error:
            self.show_bug(error)

    def show_error(self, error: PartnerTuiError) -> None:
        """One clear line, and what to do next."""
        log.warning("%s %s", error.message, error.hint)
        self.notify(error.hint or " ", title=error.message, severity="error", timeout=12, markup=False)

    def show_bug(self, error: Exception) -> None:
        """The error screen: the traceback, and where the log lies. Drafts and files are as they were."""
        from partner_tui.ui.screens.bug import BugScreen

        text = "".join(traceback.format_exception(error))
        log.error("A bug:\n%s", text)
        self.push_screen(BugScreen(text, self.directories.log_file))

    # Background work

    def _background_changed(self) -> None:
        self.screen.refresh_bindings()

    def progress_of(self, running: Running) -> Callable[[Progress], None]:
        """A callback for git that keeps `running` up to date; safe in any thread."""

        def report(progress: Progress) -> None:
            running.detail = progress.words

        return report

    def credentials(self, request: CredentialRequest) -> str | None:
        """Ask for a user name, token or passphrase; called in the thread that runs git, None when given up."""
        from partner_tui.ui.screens.credentials import CredentialsScreen

        async def ask() -> str | None:
            return await self.push_screen_wait(CredentialsScreen(request))

        async def in_worker() -> str | None:
            return await self.run_worker(ask(), exit_on_error=False).wait()

        return self.call_from_thread(in_worker)

    # Leaving

    def remember_recent(self, workspace: Workspace, summary: str) -> None:
        partner = workspace.manifest.partner
        self.recent.remember(Recent(str(workspace.folder), partner.name or workspace.folder.name, summary))

    def action_leave(self) -> None:
        self.exit()

    def action_help(self) -> None:
        from partner_tui.ui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))
