"""The panel of entries: those that the filter leaves, sorted by a column.

While entries are being checked the lines change places rarely, and only if the filter or the order depends on the checks.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, Static

from partner_tui.plain import visible
from partner_tui.ui.entries.filter_line import FilterLine
from partner_tui.ui.entries.known import KnownEntries
from partner_tui.ui.entries.table import EntryTable
from partner_tui.ui.entries.table_lines import COLUMNS
from partner_tui.ui.widgets.empty import EmptyWords
from partner_tui.workspace.entries.filter import EntryFilter
from partner_tui.workspace.entries.order import sort_entries

if TYPE_CHECKING:
    from partner_tui.workspace.workspace import Workspace

REORDER_SECONDS = 1.0
"""How often the lines may change places while entries are being checked."""
ASK_CHECKS = ("status", "findings", "format")
"""Columns whose order depends on the checks."""


class EntryList(Vertical):
    """The table, and the line of its filter below."""

    DEFAULT_CSS = """
    EntryList {
        #filter { display: none; }
        #filter-problem { height: 1; padding: 0 1; color: $warning; display: none; }
        #no-entries { display: none; height: 1fr; }
    }
    """

    is_alone: reactive[bool] = reactive(False, init=False)
    """Whether there is no room for an entry beside: the frame says how to see one."""

    class Highlighted(Message):
        """The cursor came to another entry, or to none.

        The table's own message ends here: Textual lets none pass the widget in whose handler it was sent.
        """

    class Changed(Message):
        """Other entries are shown, or in another order, by the user's wish."""

    def __init__(self, known: KnownEntries, *, id: str | None = None) -> None:
        super().__init__(id=id, classes="panel")
        self._known = known
        self._filter = EntryFilter()
        self._sort = ("", False)
        self._manifest_name = ""
        self._count = 0
        self._reordered = 0.0
        self._order_is_old = False

    def compose(self) -> ComposeResult:
        yield EntryTable(self._known.facts, id="table")
        yield EmptyWords(id="no-entries")
        yield Static(id="filter-problem", markup=False)
        yield FilterLine(id="filter")

    # What is asked of it

    @property
    def table(self) -> EntryTable:
        return self.query_one(EntryTable)

    @property
    def is_filtered(self) -> bool:
        return bool(self._filter)

    @property
    def is_sorted(self) -> bool:
        return bool(self._sort[0])

    @property
    def is_editing_filter(self) -> bool:
        return self.query_one(FilterLine).has_focus

    @property
    def list_has_focus(self) -> bool:
        """Whether the table has the focus, or what stands in its place."""
        return self.table.has_focus or self.query_one("#no-entries").has_focus

    def focus_list(self) -> None:
        """Go to the table, or to what stands in its place."""
        (self.table if self.table.display else self.query_one("#no-entries", EmptyWords)).focus()

    # What it is told

    def show_manifest(self, workspace: Workspace) -> None:
        """Show the entries of a manifest that was read."""
        entries = workspace.manifest.entries
        self._manifest_name, self._count = workspace.manifest_name, len(entries)
        self.table.marked = {index for index in self.table.marked if index < len(entries)}
        types = {entry.type or "application" for entry in entries}
        self.table.show_entries([entry.id or "" for entry in entries], max(map(len, types), default=0))
        self._show_entries()

    def show_known(self, indices: Sequence[int]) -> None:
        """More is known of these entries."""
        self.table.refresh_entries(indices)

    def show_checked(self, indices: Sequence[int]) -> None:
        """These entries were checked; none when the checks end."""
        self.show_known(indices)
        self._order_is_old |= bool(indices) and (self._filter.asks_checks or self._sort[0] in ASK_CHECKS)
        if self._order_is_old and (not indices or time.monotonic() - self._reordered > REORDER_SECONDS):
            self._show_entries()

    def show_all_read(self) -> None:
        """Every RDF was read; what depends on all of them can be shown."""
        if self._filter or self.is_sorted:
            self._show_entries()

    # The filter and the order

    def edit_filter(self) -> None:
        line = self.query_one(FilterLine)
        line.display = True
        line.focus()

    def clear_filter(self) -> None:
        line = self.query_one(FilterLine)
        line.display = False
        line.value = ""

    def sort_by_next_column(self) -> None:
        keys = ["", *(column.key for column in COLUMNS)]
        self._sort_by(keys[(keys.index(self._sort[0]) + 1) % len(keys)], False)

    def reverse(self) -> None:
        self._sort_by(self._sort[0], not self._sort[1])

    def _sort_by(self, column: str, reverse: bool) -> None:
        self._sort = (column, reverse)
        self._show_entries()
        self.post_message(self.Changed())

    def on_entry_table_highlighted(self, message: EntryTable.Highlighted) -> None:
        message.stop()
        self.post_message(self.Highlighted())

    def on_entry_table_header_clicked(self, message: EntryTable.HeaderClicked) -> None:
        message.stop()
        column, reverse = self._sort
        self._sort_by(message.column, not reverse if message.column == column else False)

    def on_input_changed(self, message: Input.Changed) -> None:
        message.stop()
        if message.value.strip() != self._filter.text:
            self._filter = EntryFilter.parse(message.value)
            self._show_entries()
            self.post_message(self.Changed())

    def on_input_submitted(self, message: Input.Submitted) -> None:
        message.stop()
        self.query_one(FilterLine).display = False
        self.focus_list()

    # What is shown

    def _show_entries(self) -> None:
        """Show the entries that the filter leaves, in their order."""
        order: Sequence[int] = range(self._count)
        if self._filter:
            order = [facts.index for facts in self._filter.select(map(self._known.facts, order))]
        if self.is_sorted:
            order = sort_entries(map(self._known.facts, order), *self._sort)
        self._reordered, self._order_is_old = time.monotonic(), False
        self.table.show_sorted(*self._sort)
        self.table.show(order)
        self._show_frame()
        problem = self.query_one("#filter-problem", Static)
        problem.update(self._filter.problem)
        problem.display = bool(self._filter.problem)
        empty = self.query_one("#no-entries", EmptyWords)
        had_focus = self.list_has_focus
        empty.display = not order
        self.table.display = bool(order)
        if had_focus:
            self.focus_list()
        if self._count:
            empty.update("No entries match the filter.\n\nesc clear   / edit")
        else:
            empty.update(
                f"{self._manifest_name} lists no entries yet.\n\nPress e to add one under `collection:`."
            )

    def _show_frame(self) -> None:
        """Say around the table what it leaves out, and how the entry is seen where there is no room beside it."""
        parts: list[str | tuple[str, str]] = []
        if self._filter:
            counts = f"  {len(self.table.order)} of {self._count}"
            parts += [(visible(self._filter.text, 40), "$accent"), counts]
        elif self.is_alone:
            parts += [("enter", "$accent"), " open"]
        self.border_title = "Entries"
        self.border_subtitle = Content.assemble(*parts)

    def watch_is_alone(self) -> None:
        self._show_frame()
