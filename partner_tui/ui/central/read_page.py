"""What the pages of the Central view share: a page reads when it is looked at, and again once the manifest changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, TypeVar

from textual.content import Content
from textual.widgets import Static

from partner_tui.errors import Cancelled, PartnerTuiError
from partner_tui.plain import visible
from partner_tui.ui.background import Running
from partner_tui.ui.view import View
from partner_tui.ui.widgets.side_list import SideList

Found = TypeVar("Found")


class ReadPage(View):
    """One page; what it shows takes too long to be read before somebody looks at it."""

    READS_BEHIND: ClassVar[bool] = False
    """Whether it also reads anew while another page or view is in front."""
    _was_shown = False
    _is_due = True
    _unread = ""
    """Why there is nothing to show; "" while it is being read, or is there."""

    def read(self) -> object:
        """Begin to read what the page shows."""
        raise NotImplementedError

    def manifest_loaded(self) -> None:
        self._is_due = True
        is_in_front = all(node.display for node in self.ancestors_with_self)
        if self._was_shown and (is_in_front or self.READS_BEHIND):
            self._begin()

    def shown(self) -> None:
        self._was_shown = True
        if self._is_due:
            self._begin()
        self.focus_main()

    def _begin(self) -> None:
        self._is_due, self._unread = False, ""
        self.read()

    async def read_here(self, running: Running, function: Callable[[], Found]) -> Found | None:
        """What a function reads, in a thread; None where it cannot, or where the manifest is another one by now."""
        workspace, document = self.workspace, self.workspace.document
        try:
            found = await self.app.background.run(running, function)
        except Cancelled:
            why = "Stopped. Press ctrl+r to reload."
        except PartnerTuiError as error:
            why = f"{error.message}\n{error.hint}"
        else:
            return found if self.is_attached and workspace.document is document else None
        if self.is_attached:
            self._unread = visible(why)
            self.show_unread(why)
            self.refresh_bindings()
        return None

    def show_unread(self, why: str) -> None:
        """Say why there is nothing to show."""
        self.say(visible(why, lines=True))

    def unread(self, what: str) -> str:
        """Why nothing can be done with what is not there."""
        return self._unread or f"The {what} are being read."

    def say(self, words: str | Content) -> None:
        """Show what there is to say of the page as a whole."""
        for one in self.query("#about").results(Static):  # there is none while the page is being made
            one.update(words)

    def focus_main(self) -> None:
        for one in self.query(SideList):
            one.focus()
            break
