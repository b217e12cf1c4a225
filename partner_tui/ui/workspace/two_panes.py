"""A screen over the workspace: a list, and what is selected beside it, or over it where there is no room for both."""

from __future__ import annotations

from collections.abc import Iterable

from textual import getters
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.view import WholeScreen
from partner_tui.ui.widgets.footer import Footer
from partner_tui.ui.widgets.side_list import SideList
from partner_tui.ui.workspace.top_line import TopLine

NARROW = 100
"""Below this width, in cells, there is no room beside the list."""
TICK_SECONDS = 0.1


class ListAndDetail(WholeScreen):
    """The panes, without keys of its own. What is read of it is shown in its time."""

    DEFAULT_CSS = """
    ListAndDetail {
        #about { height: 1; padding: 0 1; color: $foreground 70%; text-wrap: nowrap; text-overflow: ellipsis; }
        #page { height: 1fr; }
        #rows { width: 9fr; }
        #detail { width: 15fr; }
        &.-narrow #page { layout: vertical; }
        &.-narrow #rows, &.-narrow #detail { width: 1fr; height: 1fr; }
    }
    """
    READING = ""
    """Said while there is nothing to go to, and it is still read."""

    rows = getters.query_one(SideList)

    def __init__(self) -> None:
        super().__init__()
        self._is_open = False

    @property
    def detail(self) -> Widget:
        """What is beside the list."""
        raise NotImplementedError

    def above(self) -> Iterable[Widget]:
        """What is between the line about all of it and the panes."""
        return ()

    def panes(self) -> tuple[SideList, Widget]:
        """The list and what is beside it, newly made; the second has the id ``detail``."""
        raise NotImplementedError

    def focus_detail(self) -> None:
        """Put the focus into what is beside the list."""
        raise NotImplementedError

    def show_selected(self) -> None:
        """Show the selected row."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        rows, detail = self.panes()
        yield TopLine()
        yield Static(id="about", markup=False)
        yield from self.above()
        with Horizontal(id="page"):
            with Vertical(id="rows", classes="panel") as panel:
                panel.border_title = rows.TITLE
                yield rows
            yield detail
        yield Footer()

    def on_mount(self) -> None:
        self.set_interval(TICK_SECONDS, self.tick)
        self.rows.focus()

    def tick(self) -> None:
        """Show what is running."""
        for line in self.query_children(TopLine):  # there is none while the screen is left
            line.show_running(self.app.background.running)

    def on_resize(self) -> None:
        self.set_class(self.size.width < NARROW, "-narrow")
        self._arrange()

    def focus_home(self) -> None:
        self.rows.focus()

    def _arrange(self) -> None:
        """Where there is no room beside the list, what is opened is over it."""
        narrow = self.size.width < NARROW
        self._is_open &= narrow
        self.query_one("#rows").display = not self._is_open
        self.detail.display = not narrow or self._is_open

    def on_top_line_stop_requested(self) -> None:
        self.app.background.stop_newest()

    def on_side_list_selected(self) -> None:
        self.show_selected()

    def on_side_list_opened(self) -> None:
        self.go_in()

    # From pane to pane

    def go_in(self) -> None:
        """To what is shown beside the list."""
        if self.rows.highlighted is None:
            self.notify(self.READING or "There is nothing to go to.", severity="warning")
            return
        self._is_open = True
        self._arrange()
        self.focus_detail()

    def go_back(self) -> None:
        """To the list."""
        self._is_open = False
        self._arrange()
        self.rows.focus()


class TwoPanes(ListAndDetail):
    """With the keys that go from pane to pane, and from row to row."""

    BINDINGS = [
        bind("escape", "close", "Close", "panes.close", "Back to the list, then out"),
        bind("tab", "other_pane", "Other pane", "panes.other_pane", "Go to the other pane"),
        hidden("shift+tab", "other_pane", "Other pane", "panes.other_pane_back", "Go to the other pane"),
        bind("right_square_bracket", "turn(1)", "Next", "panes.next", "Show the next row of the list"),
        hidden(
            "left_square_bracket",
            "turn(-1)",
            "Previous",
            "panes.previous",
            "Show the previous row of the list",
        ),
    ]

    def action_other_pane(self) -> None:
        if self.detail.has_focus_within:
            self.go_back()
        else:
            self.go_in()

    def action_turn(self, by: int) -> None:
        """The next or the previous row, shown where the focus is."""
        was_inside = self.detail.has_focus_within
        if self.rows.highlighted is None:
            self.go_in()
        elif not self.rows.turn(by):
            self.notify("This is the last one." if by > 0 else "This is the first one.")
        elif was_inside:
            self.show_selected()
            self.focus_detail()

    def action_close(self) -> None:
        if self.detail.has_focus_within:
            self.go_back()
        else:
            self.leave()

    def leave(self) -> object:
        """Out, on the user's own wish."""
        return self.dismiss()
