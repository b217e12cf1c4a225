"""What the three views of a workspace have in common: how they are told of changes, and how an act says why it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.containers import Container

from partner_tui.compliance.status import EntryCheck

if TYPE_CHECKING:
    from partner_tui.ui.workspace.screen import WorkspaceScreen
    from partner_tui.workspace.workspace import Workspace

NO_REPOSITORY = "This manifest lies in no git repository: edits are saved, and there is nothing to commit to."


class View(Container):
    """One view of the workspace. It keeps nothing that the workspace knows, and draws itself anew when told."""

    TITLE = ""

    @property
    def workspace_screen(self) -> WorkspaceScreen:
        from partner_tui.ui.workspace.screen import WorkspaceScreen

        screen = self.screen
        assert isinstance(screen, WorkspaceScreen)
        return screen

    @property
    def workspace(self) -> Workspace:
        return self.workspace_screen.workspace

    def manifest_loaded(self) -> None:
        """The manifest was read, at the start or after an edit, an undo, or a change outside."""

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

    def why_not(self, action: str) -> str | None:
        """Why an act cannot be done now, in one sentence; None when it can."""
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return None if self.why_not(action) else True
