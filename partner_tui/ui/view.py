"""A view and the frame around it: what each may ask of the other.

The frame alone runs what changes the workspace, so that every view sees every change: views ask it, it tells them all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from textual import events, getters
from textual.containers import Container
from textual.screen import Screen
from textual.signal import Signal

from partner_tui.compliance.status import EntryCheck
from partner_tui.ui.app_base import BaseApp
from partner_tui.ui.closing import ClosesOnTop

if TYPE_CHECKING:
    from textual.worker import Worker

    from partner_tui.manifest.editing.edits import Edit
    from partner_tui.ui.background import Running
    from partner_tui.workspace.steps.step import Step
    from partner_tui.workspace.workspace import Workspace

T = TypeVar("T")
NO_HISTORY = "This manifest is not in a git repository: it has no history."
NO_REPOSITORY = "This manifest is not in a git repository: edits are saved but cannot be committed."


class WholeScreen(ClosesOnTop[None], Screen[None]):
    """A screen that fills the terminal."""

    app = getters.app(BaseApp)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        event.refresh_styles &= self.stack_updates > 0  # at first, it was just made with its styles


class Frame(WholeScreen):
    """The screen around an open repository, as its views and the screens above it see it."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.pictures_came: Signal[None] = Signal(self, "pictures came")
        """For the screens above it; its views are told."""

    @property
    def views(self) -> list[View]:
        """The views that have a tab, of those that are made by now."""
        raise NotImplementedError

    async def run_and_refresh(self, work: str | Running, function: Callable[[], T]) -> T | None:
        """Run a blocking act of the workspace in a thread, show its error, and tell every view afterwards.

        Args:
            work: What it does, for the top line: ``saving``; as `Running` where it can be stopped.

        Returns:
            What it gives, such as the step; None also where it failed (the user was told why).
        """
        raise NotImplementedError

    async def save_edits(self, title: str, edits: Sequence[Edit]) -> Step | None:
        """Patch the manifest as one step; see `run_and_refresh`."""
        return await self.run_and_refresh("saving", lambda: self.workspace.edit(title, edits))

    async def edit_manifest(self, line: int, title: str) -> None:
        """Let the user edit the manifest from a line (1-based); what is written becomes a step of this title, and is told."""
        raise NotImplementedError

    def manifest_changed(self) -> None:
        """The workspace read its manifest again: show it, check it, and tell every view."""
        raise NotImplementedError

    def repository_changed(self) -> None:
        """The branch, its place against the remote, or what is not committed may be another."""
        raise NotImplementedError

    def pictures_changed(self) -> None:
        """A picture of another host came, or may be downloaded now: every view looks for its pictures again."""
        for view in self.views:
            view.pictures_changed()
        self.pictures_came.publish(None)

    def show_view_count(self, view: str, count: int) -> None:
        """Show on the tab of a view how many there are."""
        raise NotImplementedError

    def disabled_reason(self, action: str) -> str | None:
        """Why an act of the frame would do nothing now, in one sentence; None where it would do something."""
        raise NotImplementedError

    def action_undo(self) -> Worker[None]:
        raise NotImplementedError

    def action_redo(self) -> Worker[None]:
        raise NotImplementedError

    def action_stop(self) -> None:
        raise NotImplementedError

    # Work of the frame, not of who asks: a dialog that closes right after it asked would stop its own.

    def show_entries(self, words: str) -> object:
        """Go to the entries that a filter, or a link to the site, leaves."""
        raise NotImplementedError

    def show_commit(self) -> object:
        """What was done ends in the commit: go to its form, where there is a repository to commit to."""
        raise NotImplementedError


class View(Container):
    """One view of the workspace. It keeps nothing that the workspace knows, and draws itself anew when told."""

    app = getters.app(BaseApp)
    TITLE = ""

    @property
    def workspace_screen(self) -> Frame:
        screen = self.screen
        assert isinstance(screen, Frame)
        return screen

    @property
    def workspace(self) -> Workspace:
        return self.workspace_screen.workspace

    def manifest_loaded(self) -> None:
        """The manifest was read, at the start or after an edit, an undo, or a change outside."""

    def pictures_changed(self) -> None:
        """Pictures that were not there may be."""

    def entries_checked(self, checks: Sequence[EntryCheck]) -> None:
        """Some entries were judged; also called with none when the checks end."""

    def repository_changed(self) -> None:
        """The branch, its place against the remote, or what is not committed is another."""

    def shown(self) -> None:
        """The view came to the front; put the focus where work begins."""
        self.focus_main()

    def focus_main(self) -> None:
        """Put the focus where work begins, if that is made by now."""

    def keep_drafts(self) -> None:
        """Write what was typed and is not kept yet, at once: the view, or the app, goes."""

    @property
    def has_unsaved(self) -> bool:
        """Whether leaving now would lose what was typed."""
        return False

    def disabled_reason(self, action: str) -> str | None:
        """Why an act cannot be done now, in one sentence; None when it can."""
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return None if self.disabled_reason(action) else True
