"""The panel of entries: those that the filter leaves, sorted by a column.

While entries are being checked the lines change places rarely, and only if the filter or the order depends on the checks.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import getters
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, Static

from partner_tui.compliance.status import Status
from partner_tui.manifest.partner import Partner
from partner_tui.manifest.resource_types import TABS
from partner_tui.plain import visible
from partner_tui.ui.entries.known import KnownEntries
from partner_tui.ui.entries.table import EntryTable
from partner_tui.ui.entries.table_lines import COLUMNS
from partner_tui.ui.widgets.empty import EmptyWords
from partner_tui.ui.widgets.filter_line import FilterLine
from partner_tui.ui.widgets.filtered_panel import FilteredPanel
from partner_tui.workspace.entries.filter import HAS, KEYS, EntryFilter, sort_entries

if TYPE_CHECKING:
    from partner_tui.splash.followed_links import SiteLink
    from partner_tui.workspace.workspace import Workspace

SUGGESTED = (
    *(f"{key}:" for key in KEYS),
    *(f"status:{status}" for status in Status),
    *(f"has:{what}" for what in HAS),
    *(f"type:{kind}" for kind in TABS),
)
REORDER_SECONDS = 1.0
"""How often the lines may change places while entries are being checked."""
ASK_CHECKS = ("status", "findings", "format")
"""Columns whose order depends on the checks."""


class EntryList(FilteredPanel):
    """The table, and the line of its filter below."""

    table = getters.query_one(EntryTable)
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
        self._text = ""
        self._filter = EntryFilter()
        self._link: SiteLink | None = None
        self._partner = Partner({})
        self._manifest_name = ""
        self._count = 0
        self._reordered = 0.0
        self._order_is_old = False

    def compose(self) -> ComposeResult:
        yield EntryTable(self._known.facts, id="table")
        yield EmptyWords(id="no-entries")
        yield Static(id="filter-problem", classes="problem", markup=False)
        yield FilterLine("words  status:invalid  type:dataset  tag:2d  -has:license", SUGGESTED, id="filter")

    # What is asked of it

    @property
    def rows(self) -> EntryTable:
        return self.table

    @property
    def is_filtered(self) -> bool:
        return bool(self._filter or self._link)

    @property
    def is_sorted(self) -> bool:
        return bool(self.sort[0])

    @property
    def is_editing_filter(self) -> bool:
        return self.query_one(FilterLine).has_focus

    # What it is told

    def show_manifest(self, workspace: Workspace) -> None:
        """Show the entries of a manifest that was read."""
        entries = workspace.manifest.entries
        self._manifest_name, self._count = workspace.manifest_name, len(entries)
        self._partner = workspace.manifest.partner
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
        self._order_is_old |= bool(indices) and (self._filter.asks_checks or self.sort[0] in ASK_CHECKS)
        if self._order_is_old and (not indices or time.monotonic() - self._reordered > REORDER_SECONDS):
            self._show_entries()

    def show_all_read(self) -> None:
        """Every RDF was read; what depends on all of them can be shown."""
        if self.is_filtered or self.is_sorted:
            self._show_entries()

    # The filter and the order

    def sort_by_next_column(self) -> None:
        self.sort_by_next_of([column.key for column in COLUMNS])

    def sort_by(self, column: str, reverse: bool) -> None:
        self.sort = (column, reverse)
        self._show_entries()
        self.post_message(self.Changed())

    def on_entry_table_highlighted(self, message: EntryTable.Highlighted) -> None:
        message.stop()
        self.post_message(self.Highlighted())

    def on_entry_table_header_clicked(self, message: EntryTable.HeaderClicked) -> None:
        message.stop()
        self.click_heading(message.column)

    def on_input_changed(self, message: Input.Changed) -> None:
        from partner_tui.splash.followed_links import read_link

        message.stop()
        if message.value.strip() != self._text:
            self._text = message.value.strip()
            self._link = read_link(self._text)
            self._filter = EntryFilter() if self._link else EntryFilter.parse(self._text)
            self._show_entries()
            self.post_message(self.Changed())

    # What is shown

    def _show_entries(self) -> None:
        """Show the entries that the filter, or a link to the site in its place, leaves, in their order."""
        order: Sequence[int] = range(self._count)
        if self._link:
            order = self._entries_of(self._link)
        elif self._filter:
            order = [facts.index for facts in self._filter.select(map(self._known.facts, order))]
        if self.is_sorted:
            order = sort_entries(map(self._known.facts, order), *self.sort)
        self._reordered, self._order_is_old = time.monotonic(), False
        self.table.show_sorted(*self.sort)
        self.table.show(order)
        self._show_frame()
        self.show_problem(self._filter.problem)
        nothing = f"{self._manifest_name} lists no entries yet.\n\nPress e to add one under `collection:`."
        if self._count:
            what = "The link shows none of the entries." if self._link else "No entries match the filter."
            nothing = f"{what}\n\nesc clear   / edit"
        self.show_empty(not order, nothing)

    def _entries_of(self, link: SiteLink) -> list[int]:
        """The entries that a link to the site shows, of those that are read by now."""
        from partner_tui.splash.followed_links import entries_of
        from partner_tui.splash.share_links import listed

        read = (resolved for index in range(self._count) if (resolved := self._known.resolved(index)))
        found = entries_of(link, self._partner, [listed(resolved, self._partner) for resolved in read])
        return [one.index for one in found]

    def _show_frame(self) -> None:
        """Say around the table what it leaves out, and how the entry is seen where there is no room beside it."""
        parts: list[str | tuple[str, str]] = []
        if self.is_filtered:
            counts = f"  {len(self.table.order)} of {self._count}"
            parts += [(visible(self._text, 60), "$accent"), counts]
        elif self.is_alone:
            parts += [("enter", "$accent"), " open"]
        self.border_title = "Entries"
        self.border_subtitle = Content.assemble(*parts)

    def watch_is_alone(self) -> None:
        self._show_frame()
