"""A panel of rows: the list, what stands in its place while it is empty, and the line of its filter below.

The rule: where the list goes and what stands in its place comes, the focus goes with them.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from partner_tui.ui.widgets.empty import EmptyWords
from partner_tui.ui.widgets.filter_line import FilterLine


class FilteredPanel(Vertical):
    """Yield the list, an `EmptyWords`, a `Static` of the class ``problem``, and a `FilterLine`; `sort` is (column, reversed)."""

    DEFAULT_CSS = """
    FilteredPanel {
        FilterLine { display: none; }
        .problem { height: 1; padding: 0 1; color: $warning; display: none; }
        EmptyWords { display: none; height: 1fr; }
    }
    """

    sort: tuple[str, bool] = ("", False)
    """By no column, in the order that the rows have."""

    @property
    def rows(self) -> Widget:
        """The list."""
        raise NotImplementedError

    @property
    def list_has_focus(self) -> bool:
        """Whether the list has the focus, or what stands in its place."""
        return self.rows.has_focus or self.query_one(EmptyWords).has_focus

    def focus_list(self) -> None:
        """Go to the list, or to what stands in its place."""
        (self.rows if self.rows.display else self.query_one(EmptyWords)).focus()

    def show_problem(self, words: str) -> None:
        """Say what in the filter is not understood; "" where all is."""
        line = self.query_one(".problem", Static)
        if words != line.content:  # else all would be laid out anew at each letter
            line.update(words)
        line.display = bool(words)

    def show_empty(self, is_empty: bool, words: str) -> None:
        """Put words in the place of an empty list."""
        had_focus, empty = self.list_has_focus, self.query_one(EmptyWords)
        empty.say(words)
        empty.display, self.rows.display = is_empty, not is_empty
        if had_focus:
            self.focus_list()

    # The order

    def sort_by_next_of(self, columns: Sequence[str]) -> None:
        """Sort by the column behind the one that it is sorted by; behind the last by none."""
        keys = ["", *columns]
        self.sort_by(keys[(keys.index(self.sort[0]) + 1) % len(keys)], False)

    def click_heading(self, column: str) -> None:
        """Sort by the column that was clicked; the other way round where it is sorted by that already."""
        self.sort_by(column, not self.sort[1] if column == self.sort[0] else False)

    def reverse(self) -> None:
        self.sort_by(self.sort[0], not self.sort[1])

    def sort_by(self, column: str, reverse: bool) -> None:
        """Sort by a column, and show that."""
        raise NotImplementedError

    # The filter

    def edit_filter(self) -> None:
        line = self.query_one(FilterLine)
        line.display = True
        line.focus()

    def set_filter(self, words: str) -> None:
        """Filter by words as if they were typed."""
        self.query_one(FilterLine).value = words
        self.focus_list()

    def clear_filter(self) -> None:
        line = self.query_one(FilterLine)
        line.display = False
        line.value = ""

    def on_input_submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self.query_one(FilterLine).display = False
        self.focus_list()
