"""The panel of contributions: the list, the line of its filter below, and what stands in its place while it is empty."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from partner_tui.ui.contributions.contribution_list import ContributionList, Group
from partner_tui.ui.entries.filter_line import FilterLine
from partner_tui.ui.widgets.empty import EmptyWords
from partner_tui.workspace.contributions.listed import KEYS


class ContributionPanel(Vertical):
    """What is shown is asked of the view, which hears of another filter by `Changed`."""

    DEFAULT_CSS = """
    ContributionPanel {
        #sent-filter { display: none; }
        #sent-problem { height: 1; padding: 0 1; color: $warning; display: none; }
        #none-sent { display: none; height: 1fr; }
    }
    """

    class Changed(Message):
        """It is there, or other words are filtered by: show it what is left."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, classes="panel")
        self.border_title = "Contributions"
        self.words = ""

    def compose(self) -> ComposeResult:
        yield ContributionList(id="contribution-list")
        yield EmptyWords(id="none-sent")
        yield Static(id="sent-problem", markup=False)
        yield FilterLine(
            "words  state:open  author:name  touches:ci  new:error",
            tuple(f"{key}:" for key in KEYS),
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
        count = len(self.list.marked)
        self.border_subtitle = f"{count} marked   m merge" if count else ""

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
