"""The review of one contribution: what needs care on top, what it touches in a list, and what is selected beside it.

Everything is read from git's objects in the background; nothing of the contribution is checked out or executed.
"""

from __future__ import annotations

from typing import Any, ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from partner_tui.contributions.contribution import Contribution
from partner_tui.contributions.review import Review
from partner_tui.plain import visible
from partner_tui.ui.app_base import BaseApp
from partner_tui.ui.background import Running
from partner_tui.ui.review.about import about, cautions
from partner_tui.ui.review.detail import ReviewDetail
from partner_tui.ui.review.row_list import RowList
from partner_tui.ui.review.rows import rows_of
from partner_tui.ui.widgets.footer import Footer
from partner_tui.ui.workspace.top_line import TopLine
from partner_tui.workspace.contributions.contributions import Contributions
from partner_tui.workspace.contributions.reviewed import Reviewed

NARROW = 100
"""Below this width, in cells, there is no room beside the list."""


class ReviewScreen(Screen[None]):
    """Over the workspace.

    Args:
        contributions: Those of the open clone.
        one: The contribution to review.
        review: What is known of it already; it is worked out in the background where None.
    """

    app = getters.app(BaseApp)
    TITLE = "Review"
    HELP = """
    What needs care is at the top. Go through the entries and files in the list; enter goes to what is shown beside it, left and
    right change its tabs, escape goes back. Nothing of the contribution is checked out or executed.
    """
    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
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
            tooltip="Go to the next entry or file",
        ),
        Binding(
            "left_square_bracket",
            "turn(-1)",
            "Previous",
            show=False,
            id="review.previous_row",
            tooltip="Go to the previous entry or file",
        ),
        Binding("escape", "close", "Close", id="review.close", tooltip="Back to the list, then out"),
    ]

    rows = getters.query_one(RowList)
    detail = getters.query_one(ReviewDetail)

    def __init__(self, contributions: Contributions, one: Contribution, review: Review | None = None) -> None:
        super().__init__()
        self.contributions = contributions
        self.one = one
        self.review = review
        self._reviewed: Reviewed | None = None
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
        title = f"Review  {_number(self.one)}  {visible(self.one.title, 100)}"
        self.query_one(TopLine).show_open(title)
        self._show()
        self._read()

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

    # What is shown

    @work(exclusive=True, group="review")
    async def _read(self) -> None:
        """Work the review out where it is not known."""
        running = Running("reading the contribution")
        with self.app.errors_shown():
            if self.review is None:
                read = self.contributions.review
                self.review = await self.app.background.run(
                    running, read, self.one, cancelled=running.cancelled
                )
            self._reviewed = await self.app.background.run(
                Running("reading files"), self.contributions.reviewed, self.review
            )
        if not self.is_attached:
            return
        if self.review is None:
            self.dismiss(None)
        else:
            self._show()

    def _show(self) -> None:
        self.query_one("#about", Static).update(about(self.one, self.review))
        said = list(cautions(self.review)) if self.review else []
        scroll = self.query_one("#cautions")
        scroll.display = bool(said)
        scroll.query_one(Static).update(Content("\n").join(said))
        self.rows.show(list(rows_of(self.review)) if self.review else [], {})
        self._show_selected()

    def _show_selected(self) -> None:
        nothing = "It changes nothing." if self.review else "Reading the contribution…"
        self.detail.show(self.rows.selected, self._reviewed, nothing)
        self.refresh_bindings()

    # Handlers

    def on_row_list_selected(self) -> None:
        self._show_selected()

    def on_row_list_opened(self) -> None:
        self._go_in()

    def on_top_line_stop_requested(self) -> None:
        self.app.background.stop_newest()

    # Acts

    def _go_in(self) -> None:
        self._is_open = True
        self._arrange()
        self.detail.focus_tab()

    def _go_back(self) -> None:
        self._is_open = False
        self._arrange()
        self.rows.focus()

    def action_other_pane(self) -> None:
        if self.detail.has_focus_within:
            self._go_back()
        else:
            self._go_in()

    def action_turn(self, by: int) -> None:
        """The next or the previous row, shown where the focus is."""
        was_inside = self.detail.has_focus_within
        if not self.rows.turn(by):
            self.notify("This is the last one." if by > 0 else "This is the first one.")
        elif was_inside:
            self._show_selected()
            self.detail.focus_tab()

    def action_close(self) -> None:
        if self.detail.has_focus_within:
            self._go_back()
        else:
            self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[Any, ...]) -> bool | None:
        return True


def _number(one: Contribution) -> str:
    """``#12`` of a pull request, ``!12`` of a merge request, else the branch."""
    sign = {"pull": "#", "merge-requests": "!"}.get(one.kind, "")
    return f"{sign}{visible(one.name, 60)}"
