"""The app: what is shown first, how errors reach the user, and what outlives a screen.

Work that changes a remote belongs to the app and not to a screen, which may be popped under it.
"""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events, work

from partner_tui.settings import Directories, Settings
from partner_tui.ui import themes
from partner_tui.ui.app_base import BaseApp
from partner_tui.ui.background import Running
from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.dialogs.dialog import HELP_KEY
from partner_tui.ui.ending import end_on_signals
from partner_tui.ui.focus import FocusKeeper
from partner_tui.ui.reasons import why_dead

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.screen import Screen
    from textual.theme import Theme

    from partner_tui.repository.process.git_log import GitLog
    from partner_tui.ui.closing import ClosesOnTop
    from partner_tui.ui.graphics.terminal import Graphics
    from partner_tui.workspace.workspace import Workspace


def _commands() -> type[Provider]:
    from partner_tui.ui.commands import Commands

    return Commands


class PartnerApp(BaseApp):
    """partner-tui.

    Args:
        source: What to open (see `repository.clones.source`); None shows the start screen.
        manifest_name: The manifest to take when there are several.
    """

    TITLE = "partner-tui"
    CSS_PATH = "app.tcss"
    COMMANDS = {_commands}
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS = [
        HELP_KEY,
        bind("q", "leave", "Quit", "app.quit", "Close the app (asks first if unsaved)"),
        bind(
            "ctrl+q",
            "leave",
            "Quit",
            "app.quit_anywhere",
            "Close the app, even while typing or in a dialog",
            priority=True,  # a dialog keeps all other keys from the app
        ),
        hidden("ctrl+p", "command_palette", "Palette", "app.palette", "Search all commands"),
        hidden(
            "ctrl+c",
            "copy_selection",
            "Copy",
            "app.copy",
            "Copy the selection, or show how to quit",
            priority=True,
        ),
    ]

    def __init__(
        self,
        settings: Settings,
        directories: Directories,
        source: str | None = None,
        manifest_name: str | None = None,
        graphics: Graphics | None = None,
    ) -> None:
        super().__init__(settings, directories, graphics)
        self.source = source
        self.manifest_name = manifest_name
        self._demos = ExitStack()
        self._focus_keeper = FocusKeeper(self)
        for theme in (themes.DARK, themes.LIGHT):
            self.register_theme(theme)
        self.set_keymap(settings.keymap)
        # Not `self.theme = ...` when mounted: the stylesheets would be read twice before the first screen.
        known = settings.theme in self.available_themes
        self.set_reactive(PartnerApp.theme, settings.theme if known else themes.DARK.name)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_css_variables(self) -> dict[str, str]:
        variables = super().get_css_variables()
        if self.theme not in (themes.DARK.name, themes.LIGHT.name):
            variables.update(
                themes.pale_cursor(variables)
            )  # Textual keeps this mapping as those of the theme
        return variables

    def on_mount(self) -> None:
        if not self.is_headless:
            end_on_signals(self._end)
            self.collect_when_idle()
        self._focus_keeper.begin()
        self.app_resume_signal.subscribe(self, lambda _: self.artist.forget())
        self.theme_changed_signal.subscribe(self, lambda theme: self._keep_theme(theme))
        if self.settings.theme not in self.available_themes:
            hint = "Choose another: ctrl+p, then “choose a theme”."
            title = f"Unknown theme “{self.settings.theme}” in the settings file"
            self.notify(hint, title=title, severity="warning", markup=False)
        if self.source is None:
            self.show_start()
        else:
            self.open_source(self.source, self.manifest_name)
        self._check_keymap()

    @work(group="keymap")
    async def _check_keymap(self) -> None:
        """Tell of ids that name no act; looking takes all screens' modules, which only a keymap's owner pays for."""
        if self.settings.keymap:
            from partner_tui.ui.keymap import warn_of_unknown_ids

            await self.quiet()
            await warn_of_unknown_ids(self, self.settings.keymap)

    # Screens

    def show_start(self) -> None:
        from partner_tui.ui.start.screen import StartScreen

        self.push_screen(StartScreen())

    @work(exclusive=True, group="open")
    async def open_source(self, source: str, manifest_name: str | None = None) -> None:
        """Open a partner id, owner/name, URL or folder: at once when it is on this machine, else by the opening screen."""
        from partner_tui.workspace.opening.opening import open_at_once, resolve_source, trust_question

        try:
            located = await asyncio.to_thread(resolve_source, source, self.directories)
            question = await asyncio.to_thread(trust_question, located.folder, self.directories)
            if question is not None:
                await self.ask_trust(question)
            workspace = await asyncio.to_thread(open_at_once, source, manifest_name, self.directories)
        except Exception:  # the opening screen meets it again, and tells it
            workspace = None
        if workspace is None:
            from partner_tui.ui.start.opening import OpeningScreen

            self.push_screen(OpeningScreen(source, manifest_name))
        else:
            from partner_tui.ui.workspace.screen import WorkspaceScreen

            self.push_screen(WorkspaceScreen(workspace))

    def show_workspace(self, old: ClosesOnTop[None], workspace: Workspace, source: str = "") -> None:
        from partner_tui.ui.workspace.screen import WorkspaceScreen
        from partner_tui.workspace.opening.past import PastWorkspace

        if isinstance(workspace, PastWorkspace):
            from partner_tui.ui.workspace.past import PastScreen

            self._put_in_place_of(old, PastScreen(workspace, source))
        else:
            self._put_in_place_of(old, WorkspaceScreen(workspace))

    def reopen(
        self, old: ClosesOnTop[None], source: str, manifest_name: str | None = None, log: GitLog | None = None
    ) -> None:
        from partner_tui.ui.start.opening import OpeningScreen

        self._put_in_place_of(old, OpeningScreen(source, manifest_name, log))

    def _put_in_place_of(self, old: ClosesOnTop[None], new: Screen[None]) -> None:
        old.once_on_top(lambda: self.switch_screen(new))

    def leave_opening(self) -> None:
        self.pop_screen()
        if len(self.screen_stack) == 1:
            self.show_start()

    @work(exclusive=True, group="demo")
    async def action_open_demo(self) -> None:
        """Make the sample partner in a folder that is gone with the app, and open it."""
        from partner_tui.demo.build import build_demo, temporary_folder

        with self.errors_shown():
            folder = Path(self._demos.enter_context(temporary_folder()))
            demo = await self.background.run(
                Running("creating the demo", stoppable=False), build_demo, folder, self.directories
            )
            self.open_source(str(demo.clone))

    def on_unmount(self) -> None:
        self.artist.close()
        self._demos.close()

    def renew(self) -> None:
        """Put a new screen in place of one that a bug has broken, over the same workspace."""
        from partner_tui.ui.workspace.screen import WorkspaceScreen

        if isinstance(self.screen, WorkspaceScreen):
            self.show_workspace(self.screen, self.screen.workspace)
        else:
            self.pop_screen()
            self.show_start()

    # Keys that would do nothing

    def on_key(self, event: events.Key) -> None:
        """No widget took it: where it is bound to what cannot be done now, say why."""
        if why := why_dead(self.screen, event.key):
            event.prevent_default()
            self.notify(why, severity="warning", markup=False)

    def action_copy_selection(self) -> None:
        in_field = getattr(self.focused, "selected_text", "")
        if selected := in_field or self.screen.get_selected_text():
            self.copy_to_clipboard(selected)
            self.notify("Copied.")
            return
        keys = [key for key, bound in self.active_bindings.items() if bound.binding.action.endswith("leave")]
        self.notify(f"Press {' or '.join(sorted(keys, key=len) or ['ctrl+q'])} to quit.")

    # Leaving

    def unsaved(self) -> str:
        """What would be lost by leaving now, in one sentence; empty when nothing would."""
        from partner_tui.ui.workspace.screen import WorkspaceScreen

        if running := [running.title for running in self.background.running if running.writes]:
            return f"Still running: {', '.join(running)}. Quitting now may interrupt it."
        for screen in self.screen_stack:
            if isinstance(screen, WorkspaceScreen) and any(view.has_unsaved for view in screen.views):
                return "The splash form has unsaved changes. They are kept as a draft and offered next time."
            if getattr(screen, "has_unsaved", False):  # of `ui.join`, which is not read for leaving alone
                return "What was typed to become a partner is not written yet."
        return ""

    @work(group="leave")  # not exclusive: a second press would take the question's answer away
    async def action_leave(self) -> None:
        """Quit; what could be lost is asked about first."""
        if await self._may_leave("Quit"):
            self.close_workspaces()
            self.exit()

    @work(exclusive=True, group="leave")
    async def action_open_another(self) -> None:
        """Close what is open and show the start screen."""
        if await self._may_leave("Close"):
            self.close_workspaces()
            while len(self.screen_stack) > 1:
                self.pop_screen()
            self.show_start()

    async def _may_leave(self, act: str) -> bool:
        from partner_tui.ui.dialogs.confirm import ConfirmScreen

        if any(screen.id == act for screen in self.screen_stack):
            if self.screen.id != act:
                self.notify("Press esc to close this first: the question below it is still open.")
            return False
        if not (lost := self.unsaved()):
            return True
        question = ConfirmScreen(f"{act}?", lost, yes=act)
        question.id = act
        return await self.push_screen_wait(question)

    def _end(self, status: int) -> None:
        """End, as the system asks for: nothing is asked, and what was typed is kept, the keys included that are under way."""
        self.keep_drafts()
        self.run_worker(self._end_after_keys(status), group="end")

    async def _end_after_keys(self, status: int) -> None:
        await self.typed()
        self.keep_drafts()
        self.close_workspaces()
        self.exit(return_code=status)

    def keep_drafts(self) -> None:
        from partner_tui.ui.workspace.screen import WorkspaceScreen

        for screen in self.screen_stack:
            if isinstance(screen, WorkspaceScreen):
                for view in screen.views:
                    view.keep_drafts()

    def close_workspaces(self) -> None:
        """Stop what runs and end the checkers' child processes."""
        from partner_tui.ui.workspace.screen import WorkspaceScreen

        self.background.stop_all()
        for screen in self.screen_stack:
            if isinstance(screen, WorkspaceScreen):
                screen.workspace.close()

    def action_switch_theme(self) -> None:
        """From dark to light and back."""
        self.theme = (themes.LIGHT if self.current_theme.dark else themes.DARK).name

    @work(exclusive=True, group="theme")
    async def _keep_theme(self, theme: Theme) -> None:
        """The theme that is chosen stays for the next start."""
        from partner_tui.settings_file import keep_theme

        if theme.name != self.settings.theme:
            self.settings = replace(self.settings, theme=theme.name)
            with self.errors_shown():
                await asyncio.to_thread(keep_theme, self.directories.settings_file, theme.name)

    @work(exclusive=True, group="edit")
    async def action_edit_settings(self) -> None:
        """Open the settings file in the editor; what it says holds from the next start on."""
        from partner_tui.settings_file import make_settings_file
        from partner_tui.ui.editor import edit_file

        with self.errors_shown():
            path = self.directories.settings_file
            make_settings_file(path)
            await edit_file(self, path, 1)
            Settings.load(path)
            self.notify("Settings take effect the next time you start partner-tui.")

    def action_copy_log_path(self) -> None:
        self.copy_to_clipboard(str(self.directories.log_file))
        self.notify(f"Copied: {self.directories.log_file}", markup=False)

    def action_help(self) -> None:
        from partner_tui.ui.dialogs.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))
