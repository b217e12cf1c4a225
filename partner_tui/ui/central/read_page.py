"""What the pages of the Central view share: a page reads when it is looked at, and again once the manifest changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from partner_tui.errors import Cancelled, PartnerTuiError
from partner_tui.manifest.entry import Entry
from partner_tui.plain import visible
from partner_tui.ui.background import Running
from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.central.item_view import ReadingPane
from partner_tui.ui.view import View
from partner_tui.ui.widgets.divided import DividedView
from partner_tui.ui.widgets.side_list import SideList

Found = TypeVar("Found")
STOPPED = "Stopped. Press ctrl+r to reload."


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
            why = STOPPED
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

    def why_unread(self, action: str) -> str | None:
        """Why an act of the page cannot be done with what is not there."""
        if any(isinstance(one, Binding) and one.action == action for one in self.BINDINGS):
            return self._unread or f"{self.TITLE}: still being read."
        return super().disabled_reason(action)

    def show_entries(self, entries: Iterable[Entry]) -> None:
        """Show some entries in the view Entries."""
        if ids := ",".join(filter(None, (one.id for one in entries))):
            self.workspace_screen.show_entries(f"id:{ids}")
        else:
            self.notify("The entry has no id to find it by.", severity="warning")

    def say(self, words: str | Content) -> None:
        """Show what there is to say of the page as a whole."""
        for one in self.query("#about").results(Static):  # there is none while the page is being made
            one.update(words)

    def focus_main(self) -> None:
        for one in self.query(SideList):
            one.focus()
            break


class PanedPage(ReadPage, DividedView):
    """A list and, beside or below it, the selected one: `LEFT` and `RIGHT`, as ids; how one goes there and back.

    `LIST` and `DETAIL` are what is in the panels, unless the page makes them otherwise.
    """

    LIST: ClassVar[type[SideList]]
    DETAIL: ClassVar[type[ReadingPane | SideList]]

    NARROW: ClassVar[int] = 110
    """Below this width, in cells, the panes are not side by side."""
    DEFAULT_CSS = """
    PanedPage {
        layout: horizontal;
        #about { height: auto; padding: 0 1; margin: 0 0 1 0; }
        &.-narrow { layout: vertical; }
        &.-narrow > .panel { max-width: 100%; height: 1fr; }
        &.-narrow #about { margin: 0; }
    }
    """
    BINDINGS = [
        hidden("tab", "other_pane", "Other pane", "page.pane", "Go to the other pane"),
        bind("escape", "back", "Back", "page.back", "Back to the list"),
    ]

    def compose(self) -> ComposeResult:
        with Vertical(id=self.LEFT, classes="panel") as panel:
            panel.border_title = self.TITLE
            yield Static("Reading …", id="about", markup=False)
            yield self.LIST()
        with Vertical(id=self.RIGHT, classes="panel") as panel:
            panel.border_title = self.DETAIL.TITLE
            yield self.DETAIL()

    @property
    def is_right(self) -> bool:
        """Whether the focus is in the right pane."""
        return any(pane.has_focus_within for pane in self.query(f"#{self.RIGHT}"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "back":  # else escape stops what is running
            return self.is_right
        return super().check_action(action, parameters)

    def on_resize(self) -> None:
        self.set_class(self.size.width < self.NARROW, "-narrow")

    @on(SideList.Opened)
    def _opened(self) -> None:
        self.open_selected()

    def open_selected(self) -> None:
        """Go to what is shown of the selected one."""
        self.query(f"#{self.RIGHT} > *").first().focus()

    def action_other_pane(self) -> None:
        if self.is_right:
            self.action_back()
        else:
            self.open_selected()

    def action_back(self) -> None:
        self.focus_main()
