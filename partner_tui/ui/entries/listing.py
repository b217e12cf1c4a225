"""Which entries are shown, and in which order.

While entries are being checked the lines change places rarely, and only if the filter or the order depends on the checks.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from partner_tui.compliance.status import EntryCheck
from partner_tui.plain import visible
from partner_tui.ui.entries.filter_line import FilterLine
from partner_tui.ui.entries.loading import EntryReading
from partner_tui.ui.entries.table import EntryTable
from partner_tui.ui.entries.table_lines import COLUMNS
from partner_tui.ui.widgets.empty import EmptyWords
from partner_tui.workspace.entry_filter import EntryFilter
from partner_tui.workspace.entry_order import sort_entries

REORDER_SECONDS = 1.0
"""How often the lines may change places while entries are being checked."""


class EntryListing(EntryReading):
    """A view of the entries that a filter leaves, sorted by a column."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "slash",
            "filter",
            "Filter",
            key_display="/",
            id="entries.filter",
            tooltip="Show only entries that match",
        ),
        Binding("s", "sort", "Sort", show=False, id="entries.sort", tooltip="Sort by the next column"),
        Binding(
            "S", "reverse", "Reverse", show=False, id="entries.reverse", tooltip="Sort in the opposite order"
        ),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._filter = EntryFilter()
        self._sort = ("", False)
        self._reordered = 0.0
        self._order_is_old = False

    def manifest_loaded(self) -> None:
        workspace = self.workspace
        self._facts, self._resolved = {}, {}
        self.table.marked = {index for index in self.table.marked if index < len(workspace.manifest.entries)}
        ids = [entry.id or "" for entry in workspace.manifest.entries]
        types = {entry.type or "application" for entry in workspace.manifest.entries}
        self.table.show_entries(ids, max(map(len, types), default=0))
        self._show_entries()

    def entries_checked(self, checks: Sequence[EntryCheck]) -> None:
        for check in checks:
            self._facts.pop(check.index, None)
        self.table.refresh_entries(check.index for check in checks)
        chosen = self.table.chosen
        if shown := next((check for check in reversed(checks) if check.index == chosen), None):
            self.detail.show_check(shown)
        self._order_is_old |= bool(checks) and (
            self._filter.asks_checks or self._sort[0] in ("status", "findings", "format")
        )
        if self._order_is_old and (not checks or time.monotonic() - self._reordered > REORDER_SECONDS):
            self._show_entries()

    def all_read(self) -> None:
        if self._filter or self._sort[0]:
            self._show_entries()

    def _show_entries(self) -> None:
        """Show the entries that the filter leaves, in their order."""
        entries = self.workspace.manifest.entries
        order: Sequence[int] = range(len(entries))
        if self._filter:
            order = [facts.index for facts in self._filter.select(map(self.facts, order))]
        if self._sort[0]:
            order = sort_entries(map(self.facts, order), *self._sort)
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
        if not entries:
            empty.update(
                f"{self.workspace.manifest_name} lists no entries yet.\n\nPress e to add one under `collection:`."
            )
        else:
            empty.update("No entries match the filter.\n\nesc clear   / edit")

    @property
    def list_has_focus(self) -> bool:
        return self.table.has_focus or self.query_one("#no-entries").has_focus

    def focus_list(self) -> None:
        """Go to the table, or to what stands in its place."""
        (self.table if self.table.display else self.query_one("#no-entries", EmptyWords)).focus()

    def _show_frame(self) -> None:
        """Say around the table what it leaves out, and how the entry is seen where there is no room beside it."""
        parts: list[str | tuple[str, str]] = []
        if self._filter:
            counts = f"  {len(self.table.order)} of {len(self.workspace.manifest.entries)}"
            parts += [(visible(self._filter.text, 40), "$accent"), counts]
        elif self.has_class("-narrow"):
            parts += [("enter", "$accent"), " shows the entry"]
        panel = self.query_one("#list", Vertical)
        panel.border_title = "Entries"
        panel.border_subtitle = Content.assemble(*parts)

    def on_entry_table_header_clicked(self, message: EntryTable.HeaderClicked) -> None:
        column, reverse = self._sort
        self._sort = (message.column, not reverse if message.column == column else False)
        self._show_entries()

    def on_input_changed(self, message: Input.Changed) -> None:
        if message.value.strip() != self._filter.text:
            self._filter = EntryFilter.parse(message.value)
            self._show_entries()
            self.refresh_bindings()

    def action_filter(self) -> None:
        self.remove_class("-open")
        line = self.query_one(FilterLine)
        line.display = True
        line.focus()

    def why_not(self, action: str) -> str | None:
        if action == "reverse" and not self._sort[0]:
            return "The entries are in the order of the file. Press s to sort them."
        return super().why_not(action)

    def action_sort(self) -> None:
        keys = ["", *(column.key for column in COLUMNS)]
        self._sort = (keys[(keys.index(self._sort[0]) + 1) % len(keys)], False)
        self._show_sorted()

    def action_reverse(self) -> None:
        self._sort = (self._sort[0], not self._sort[1])
        self._show_sorted()

    def _show_sorted(self) -> None:
        """Show the order, also where the entry is in front of the table."""
        self.remove_class("-open")
        self.focus_list()
        self._show_entries()
        self.refresh_bindings()
