"""The panel of contributions: the list, the line of its filter below, and what stands in its place while it is empty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Input, Static

from partner_tui.contributions.contribution import State
from partner_tui.contributions.review import Merges
from partner_tui.manifest.resource_types import TABS
from partner_tui.ui.binding import hidden
from partner_tui.ui.contributions.contribution_list import ContributionList, Group, ListHeading
from partner_tui.ui.contributions.row_lines import arrow, draw_heading
from partner_tui.ui.widgets.empty import EmptyWords
from partner_tui.ui.widgets.filter_line import FilterLine
from partner_tui.ui.widgets.filtered_panel import FilteredPanel
from partner_tui.workspace.contributions.listed import KEYS, ORDERS

SUGGESTED = (
    *(f"{key}:" for key in KEYS),
    *(f"state:{state}" for state in State),
    *(f"type:{kind}" for kind in TABS),
    *(f"touches:{what}" for what in ("ci", "docs", "config", "binary", "files")),
    *("new:error", "new:warning"),
    *(f"merges:{how}" for how in get_args(Merges)),
)


class ContributionPanel(FilteredPanel):
    """What is shown is asked of the view, which hears of another filter by `Changed`."""

    TITLE = "Order of contributions"
    BINDINGS = [
        hidden("s", "sort", "Sort", "contributions.sort", "Sort by the next column"),
        hidden("S", "reverse", "Reverse", "contributions.reverse", "Sort in the opposite order"),
    ]

    class Changed(Message):
        """It is there, or other words are filtered by: show it what is left."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, classes="panel")
        self.border_title = "Contributions"
        self.words = ""
        self._said: list[str] = []

    def compose(self) -> ComposeResult:
        yield ListHeading(id="contribution-heading")
        yield ContributionList(id="contribution-list")
        yield EmptyWords(id="none-sent")
        yield Static(id="sent-problem", classes="problem", markup=False)
        yield FilterLine(
            "words  state:open  author:name  touches:ci  new:error",
            SUGGESTED,
            id="sent-filter",
        )

    def on_mount(self) -> None:
        self.post_message(self.Changed())

    @property
    def rows(self) -> ContributionList:
        return self.query_one(ContributionList)

    def show(self, groups: Sequence[Group], problem: str, nothing: str) -> None:
        """Show groups of rows.

        Args:
            nothing: What is said where there are no rows.
        """
        self.rows.show(groups)
        self.show_problem(problem)
        self.show_empty(not any(group.rows for group in groups), nothing)
        self.query_one(ListHeading).display = self.rows.display

    def on_contribution_list_marked(self, message: ContributionList.Marked) -> None:
        message.stop()
        self._show_border()

    def on_contribution_list_laid_out(self, message: ContributionList.LaidOut) -> None:
        message.stop()
        self._show_heading()

    def on_list_heading_clicked(self, message: ListHeading.Clicked) -> None:
        message.stop()
        self.click_heading(message.column)

    def action_sort(self) -> None:
        self.sort_by_next_of(tuple(ORDERS))

    def action_reverse(self) -> None:
        self.reverse()

    def sort_by(self, column: str, reverse: bool) -> None:
        self.sort = (column, reverse)
        self._show_heading()
        self.post_message(self.Changed())

    def _show_heading(self) -> None:
        self.query_one(ListHeading).update(draw_heading(self.rows.laid_out, self.sort))
        self._show_border()

    def _show_border(self) -> None:
        """Say below the list how many are marked, and what it is sorted by where no heading says that."""
        count, (column, reverse) = len(self.rows.marked), self.sort
        parts = [f"{count} marked   m merge"] if count else []
        shown = [one.key for line in self.rows.laid_out for one in line]
        if (column or reverse) and column not in shown:
            parts.append(f"{f'by {column}' if column else 'reversed'} {arrow(reverse)}")
        self.border_subtitle = "   ".join([*parts, *self._said])

    def show_said(self, *words: str) -> None:
        """Say below the list what merges go onto, and when the forge was asked; "" where nothing is to be said."""
        self._said = list(filter(None, words))
        self._show_border()

    # The filter

    def on_input_changed(self, message: Input.Changed) -> None:
        message.stop()
        self.words = message.value.strip()
        self.post_message(self.Changed())
