"""The panel of contributions: the list, the line of its filter below, and what stands in its place while it is empty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, get_args

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from partner_tui.contributions.contribution import State
from partner_tui.contributions.review import Merges
from partner_tui.manifest.resource_types import TABS
from partner_tui.ui.contributions.contribution_list import ContributionList, Group
from partner_tui.ui.entries.filter_line import FilterLine
from partner_tui.ui.widgets.empty import EmptyWords
from partner_tui.workspace.contributions.listed import KEYS, ORDERS

SUGGESTED = (
    *(f"{key}:" for key in KEYS),
    *(f"state:{state}" for state in State),
    *(f"type:{kind}" for kind in TABS),
    *(f"touches:{what}" for what in ("ci", "docs", "config", "binary", "files")),
    *("new:error", "new:warning"),
    *(f"merges:{how}" for how in get_args(Merges)),
)


class ContributionPanel(Vertical):
    """What is shown is asked of the view, which hears of another filter by `Changed`."""

    DEFAULT_CSS = """
    ContributionPanel {
        #sent-filter { display: none; }
        #sent-problem { height: 1; padding: 0 1; color: $warning; display: none; }
        #none-sent { display: none; height: 1fr; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "sort", "Sort", show=False, id="contributions.sort", tooltip="Sort by the next column"),
        Binding(
            "S",
            "reverse",
            "Reverse",
            show=False,
            id="contributions.reverse",
            tooltip="Sort in the opposite order",
        ),
    ]

    class Changed(Message):
        """It is there, or other words are filtered by: show it what is left."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, classes="panel")
        self.border_title = "Contributions"
        self.words = ""
        self.sort = ("", False)
        self._asked = ""

    def compose(self) -> ComposeResult:
        yield ContributionList(id="contribution-list")
        yield EmptyWords(id="none-sent")
        yield Static(id="sent-problem", markup=False)
        yield FilterLine(
            "words  state:open  author:name  touches:ci  new:error",
            SUGGESTED,
            id="sent-filter",
        )

    def on_mount(self) -> None:
        self.post_message(self.Changed())

    @property
    def list(self) -> ContributionList:
        return self.query_one(ContributionList)

    @property
    def list_has_focus(self) -> bool:
        """Whether the list has the focus, or what stands in its place."""
        return any(one.has_focus for one in self.query("#contribution-list, #none-sent"))

    def focus_list(self) -> None:
        """Go to the list, or to what stands in its place."""
        (self.list if self.list.display else self.query_one("#none-sent")).focus()

    def show(self, groups: Sequence[Group], problem: str, nothing: str) -> None:
        """Show groups of rows.

        Args:
            problem: What in the filter is not understood.
            nothing: What is said where there are no rows.
        """
        had_focus = self.list_has_focus
        self.list.show(groups)
        line = self.query_one("#sent-problem", Static)
        line.update(problem)
        line.display = bool(problem)
        empty = self.query_one("#none-sent", EmptyWords)
        empty.update(nothing)
        empty.display = not any(group.rows for group in groups)
        self.list.display = not empty.display
        if had_focus:
            self.focus_list()

    def on_contribution_list_marked(self, message: ContributionList.Marked) -> None:
        message.stop()
        self._show_border()

    def action_sort(self) -> None:
        keys = ["", *ORDERS]
        self._sort_by(keys[(keys.index(self.sort[0]) + 1) % len(keys)], False)

    def action_reverse(self) -> None:
        self._sort_by(self.sort[0], not self.sort[1])

    def _sort_by(self, column: str, reverse: bool) -> None:
        self.sort = (column, reverse)
        self._show_border()
        self.post_message(self.Changed())

    def _show_border(self) -> None:
        """Say below the list how many are marked, and the column that it is sorted by."""
        count, (column, reverse) = len(self.list.marked), self.sort
        arrow = "▾" if reverse else "▴"
        parts = [f"{count} marked   m merge"] if count else []
        parts += [f"by {column} {arrow}"] if column else [f"reversed {arrow}"] if reverse else []
        parts += [self._asked] if self._asked else []
        self.border_subtitle = "   ".join(parts)

    def show_asked(self, words: str) -> None:
        """Say below the list when the forge was asked; "" where it was not."""
        self._asked = words
        self._show_border()

    # The filter

    def edit_filter(self) -> None:
        line = self.query_one(FilterLine)
        line.display = True
        line.focus()

    def clear_filter(self) -> None:
        line = self.query_one(FilterLine)
        line.display = False
        line.value = ""

    def on_input_changed(self, message: Input.Changed) -> None:
        message.stop()
        self.words = message.value.strip()
        self.post_message(self.Changed())

    def on_input_submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self.query_one(FilterLine).display = False
        self.focus_list()
