"""Layout of a review and the focus in it: what needs care on top, a list, and what is selected beside it or over it."""

from __future__ import annotations

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from partner_tui.contributions.contribution import Contribution
from partner_tui.contributions.review import Review
from partner_tui.plain import visible
from partner_tui.ui.review.about import number
from partner_tui.ui.review.base import ReviewBase
from partner_tui.ui.review.detail import ReviewDetail
from partner_tui.ui.review.row_list import RowList
from partner_tui.ui.widgets.footer import Footer
from partner_tui.ui.workspace.top_line import TopLine
from partner_tui.workspace.contributions.contributions import Contributions

NARROW = 100
"""Below this width, in cells, there is no room beside the list."""


class ReviewLayout(ReviewBase):
    """The panes, and the keys that go from one to the other. Args as of its base."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", id="review.close", tooltip="Back to the list, then out"),
        Binding("tab", "other_pane", "Other pane", id="review.other_pane", tooltip="Go to the other pane"),
        Binding(
            "shift+tab",
            "other_pane",
            "Other pane",
            show=False,
            id="review.other_pane_back",
            tooltip="Go to the other pane",
        ),
        Binding(
            "right_square_bracket",
            "turn(1)",
            "Next",
            id="review.next_row",
            tooltip="Show the next entry or file",
        ),
        Binding(
            "left_square_bracket",
            "turn(-1)",
            "Previous",
            show=False,
            id="review.previous_row",
            tooltip="Show the previous entry or file",
        ),
    ]

    rows = getters.query_one(RowList)
    detail = getters.query_one(ReviewDetail)

    def __init__(self, contributions: Contributions, one: Contribution, review: Review | None = None) -> None:
        super().__init__(contributions, one, review)
        self._is_open = False

    def compose(self) -> ComposeResult:
        yield TopLine()
        yield Static(id="about", markup=False)
        with VerticalScroll(id="cautions", can_focus=False):
            yield Static(markup=False)
        with Horizontal(id="page"):
            with Vertical(id="rows", classes="panel") as panel:
                panel.border_title = "Contribution"
                yield RowList()
            yield ReviewDetail(id="detail")
        yield Footer()

    def on_mount(self) -> None:
        self.set_interval(0.1, self._tick)
        self.rows.focus()
        title = f"Review  {number(self.one)}  {visible(self.one.title, 100)}"
        when, manifest = f"{self.one.date:%Y-%m-%d}", self.frame.workspace.manifest_name
        self.query_one(TopLine).show_open(title, visible(self.one.author, 40), when, manifest)

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

    def _tick(self) -> None:
        self.query_one(TopLine).show_running(self.app.background.running)

    def on_top_line_stop_requested(self) -> None:
        self.app.background.stop_newest()

    def show_selected(self) -> None:
        """Show the selected row."""
        raise NotImplementedError

    def on_side_list_selected(self) -> None:
        self.show_selected()

    def on_side_list_opened(self) -> None:
        self.go_in()

    # From pane to pane

    def go_in(self) -> None:
        """To what is shown beside the list."""
        self._is_open = True
        self._arrange()
        self.detail.focus_tab()

    def go_back(self) -> None:
        """To the list."""
        self._is_open = False
        self._arrange()
        self.rows.focus()

    def action_other_pane(self) -> None:
        if self.detail.has_focus_within:
            self.go_back()
        else:
            self.go_in()

    def action_turn(self, by: int) -> None:
        """The next or the previous row, shown where the focus is."""
        was_inside = self.detail.has_focus_within
        if not self.rows.turn(by):
            self.notify("This is the last one." if by > 0 else "This is the first one.")
        elif was_inside:
            self.show_selected()
            self.detail.focus_tab()

    def action_close(self) -> None:
        if self.detail.has_focus_within:
            self.go_back()
        else:
            self.leave()

    def leave(self) -> None:
        """Out of the review."""
        self.dismiss(None)
