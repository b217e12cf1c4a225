"""The Entries view: a table of every entry, and beside it the chosen one in full.

What costs time (reading RDFs, drawing the chosen entry) follows the cursor and never holds it up.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static

from partner_tui.compliance.finding import Finding
from partner_tui.compliance.status import EntryCheck
from partner_tui.manifest.entry import Entry
from partner_tui.manifest.resolve import Resolved
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.plain import visible
from partner_tui.ui.views.entry_acts import EntryActs
from partner_tui.ui.widgets.entry_card import EntryCard
from partner_tui.ui.widgets.entry_detail import EntryDetail
from partner_tui.ui.widgets.entry_table import COLUMNS, EntryTable
from partner_tui.ui.widgets.filter_line import FilterLine
from partner_tui.ui.widgets.finding_list import FindingList
from partner_tui.workspace.card import Link, is_url
from partner_tui.workspace.entry_filter import EntryFacts, EntryFilter, facts_of
from partner_tui.workspace.entry_order import sort_entries

if TYPE_CHECKING:
    from partner_tui.workspace.workspace import Workspace

NARROW = 100
"""Below this width, in cells, the entry opens over the table."""
REST_SECONDS = 0.1
"""How long the cursor rests on an entry before it is shown beside."""
REORDER_SECONDS = 1.0
"""How often the lines may change places while entries are being checked."""
READING_SECONDS = 0.05
"""How long RDFs are read in one go before what they say is shown."""


class EntriesView(EntryActs):
    """Every entry with its status and findings; the chosen one in full."""

    app = getters.app(PartnerApp)
    TITLE = "Entries"
    HELP = """
    Walk with j and k; tab goes to the entry beside and back, left and right turn its tabs. / filters by words and by
    status:invalid type:dataset tag:2d author:name id:x format:0.2 has:findings; a minus in front excludes, commas mean "or".
    """
    DEFAULT_CSS = """
    EntriesView {
        layout: horizontal;
        #list { width: 3fr; }
        #detail { width: 2fr; }
        &.-roomy #list, &.-roomy #detail { width: 1fr; }
        #about-manifest { height: 1; padding: 0 1; display: none; text-wrap: nowrap; text-overflow: ellipsis; }
        #about-manifest:hover { background: $boost; }
        #filter { display: none; }
        #filter-problem { height: 1; padding: 0 1; color: $warning; display: none; }
        #no-entries { display: none; height: 1fr; }
        &.-narrow #list, &.-narrow #detail { width: 1fr; }
        &.-narrow #detail, &.-narrow.-open #list { display: none; }
        &.-narrow.-open #detail { display: block; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "slash",
            "filter",
            "Filter",
            key_display="/",
            id="entries.filter",
            tooltip="Show some entries only",
        ),
        Binding("s", "sort", "Sort", show=False, id="entries.sort", tooltip="Sort by the next column"),
        Binding("S", "reverse", "Reverse", show=False, id="entries.reverse", tooltip="Turn the order round"),
        Binding(
            "m",
            "manifest",
            "Manifest",
            show=False,
            id="entries.manifest",
            tooltip="Findings about the manifest",
        ),
        Binding(
            "tab",
            "other_pane",
            "Other pane",
            show=False,
            id="entries.other_pane",
            tooltip="To the entry and back",
        ),
        Binding(
            "shift+tab",
            "other_pane",
            "Other pane",
            show=False,
            id="entries.other_pane_back",
            tooltip="To the entry and back",
        ),
        Binding(
            "right,l", "turn(1)", "Next tab", show=False, id="entries.next_tab", tooltip="The next tab beside"
        ),
        Binding(
            "left,h", "turn(-1)", "Tab before", show=False, id="entries.tab_before", tooltip="The tab before"
        ),
        Binding(
            "escape",
            "back",
            "Back",
            show=False,
            id="entries.back",
            tooltip="Back to the table; clear the filter",
        ),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._facts: dict[int, EntryFacts] = {}
        self._manifest_findings: tuple[Finding, ...] = ()
        self._filter = EntryFilter()
        self._sort = ("", False)
        self._can: tuple[bool, bool] | None = None
        self._rest: Timer | None = None
        self._reordered = 0.0
        self._order_is_old = False

    def compose(self) -> ComposeResult:
        with Vertical(id="list", classes="panel"):
            yield Static(id="about-manifest", markup=False)
            yield EntryTable(self.facts, id="table")
            yield Static(id="no-entries", classes="empty", markup=False)
            yield Static(id="filter-problem", markup=False)
            yield FilterLine(id="filter")
        yield EntryDetail(id="detail")

    # What the frame tells

    def manifest_loaded(self) -> None:
        workspace = self.workspace
        self._facts, self._resolved = {}, {}
        self.table.marked = {index for index in self.table.marked if index < len(workspace.manifest.entries)}
        ids = [entry.id or "" for entry in workspace.manifest.entries]
        types = {entry.type or "application" for entry in workspace.manifest.entries}
        self._id_width = max((cell_len(id) for id in ids), default=0)
        self._type_width = max(map(len, types), default=0)
        self._show_entries()
        self._show_manifest_findings()
        self._read_rdfs()

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
        self._show_manifest_findings()

    def shown(self) -> None:
        self.table.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "back":
            return bool(self._filter) or not self.table.has_focus
        if action in ("filter", "other_pane") and self.query_one(FilterLine).has_focus:
            return False
        if action == "manifest":
            return bool(self.workspace.findings)
        return super().check_action(action, parameters)

    # What is known

    def facts(self, index: int) -> EntryFacts:
        """What is known of an entry by now."""
        known = self._facts.get(index)
        if known is None:
            workspace = self.workspace
            entry = workspace.manifest.entries[index]
            known = facts_of(entry, self._resolved.get(index), workspace.checks.get(index))
            self._facts[index] = known
        return known

    @work(exclusive=True, group="rdfs")
    async def _read_rdfs(self) -> None:
        """Fill in what entries take from their RDFs and the root, a little at a time."""
        workspace, manifest = self.workspace, self.workspace.manifest
        waiting = list(reversed(manifest.entries))
        while waiting and workspace.manifest is manifest:
            read = await asyncio.to_thread(_read_some, workspace, waiting)
            if workspace.manifest is not manifest:
                return
            for resolved in read:
                self._resolved[resolved.entry.index] = resolved
                self._facts.pop(resolved.entry.index, None)
            self.table.refresh_entries(resolved.entry.index for resolved in read)
        if self._filter or self._sort[0]:
            self._show_entries()

    # What is shown

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
        self.table.show(order, self._id_width, self._type_width)
        panel = self.query_one("#list", Vertical)
        panel.border_title = "Entries"
        panel.border_subtitle = self._subtitle(len(order), len(entries))
        problem = self.query_one("#filter-problem", Static)
        problem.update(self._filter.problem)
        problem.display = bool(self._filter.problem)
        empty = self.query_one("#no-entries", Static)
        empty.display = not order
        self.table.display = bool(order)
        if not entries:
            empty.update(
                f"{self.workspace.manifest_name} lists no entries yet.\n\nThey stand under `collection:`; e edits it."
            )
        else:
            empty.update("No entry fits the filter.\n\nesc clears it, / changes it.")

    def _subtitle(self, shown: int, total: int) -> Content:
        parts: list[str | tuple[str, str]] = []
        if self._filter:
            parts += [(visible(self._filter.text, 40), "$accent"), f"  {shown} of {total}"]
        return Content.assemble(*parts)

    def _show_manifest_findings(self) -> None:
        findings = self.workspace.findings
        if findings == self._manifest_findings:
            return
        self._manifest_findings = findings
        line = self.query_one("#about-manifest", Static)
        line.display = bool(findings)
        count = f"{len(findings)} finding" + ("s" if len(findings) > 1 else "")
        line.update(
            Content.assemble(
                ("▲ ", "$warning"), f"{count} about the manifest itself", ("  m shows", "$foreground 50%")
            )
        )
        if self.detail.shows_manifest:
            self.detail.show_manifest(self.workspace, findings)
        self.refresh_bindings()

    @work(exclusive=True, group="chosen")
    async def _show_chosen(self) -> None:
        """Show the chosen entry beside; its RDF is read first if it is not yet."""
        entry, workspace = self.chosen_entry(), self.workspace
        can = (entry is not None, entry is not None and bool(entry.id))
        if can != self._can:
            self._can = can
            self.refresh_bindings()
        if entry is None:
            self.detail.show_nothing("Nothing is chosen.")
            return
        with self.app.errors_shown():
            resolved = self._resolved.get(entry.index)
            if resolved is None:
                resolved = await asyncio.to_thread(workspace.resolved, entry)
            if entry is self.chosen_entry():
                self.detail.show(workspace, resolved, workspace.checks.get(entry.index))

    # Handlers

    def on_resize(self) -> None:
        self.set_class(self.size.width < NARROW, "-narrow")
        self.set_class(self.size.width >= 160, "-roomy")

    def on_entry_table_highlighted(self, message: EntryTable.Highlighted) -> None:
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST_SECONDS, self._show_chosen)

    def on_entry_table_chosen(self) -> None:
        self.add_class("-open")
        self.call_after_refresh(self.detail.focus_tab)

    def on_entry_table_header_clicked(self, message: EntryTable.HeaderClicked) -> None:
        column, reverse = self._sort
        self._sort = (message.column, not reverse if message.column == column else False)
        self._show_entries()

    def on_finding_list_chosen(self, message: FindingList.Chosen) -> None:
        self.detail.jump_to(message.finding)

    def on_entry_card_link_clicked(self, message: EntryCard.LinkClicked) -> None:
        if is_url(message.url):
            self._open([Link("documentation", message.url)])
        else:
            self.notify(f"{visible(message.url, 120)} is no web address.", severity="warning", markup=False)

    def on_click(self, event: object) -> None:
        if self.query_one("#about-manifest").mouse_hover:
            self.action_manifest()

    def on_input_changed(self, message: Input.Changed) -> None:
        if message.value.strip() != self._filter.text:
            self._filter = EntryFilter.parse(message.value)
            self._show_entries()
            self.refresh_bindings()

    def on_input_submitted(self) -> None:
        self.query_one(FilterLine).display = False
        self.table.focus()

    # Acts

    def action_filter(self) -> None:
        self.remove_class("-open")
        line = self.query_one(FilterLine)
        line.display = True
        line.focus()

    def action_back(self) -> None:
        """From the entry to the table, from the table to all entries."""
        line = self.query_one(FilterLine)
        in_detail = self.detail.has_focus_within
        self.remove_class("-open")
        self.table.focus()
        if not in_detail and (line.display or self._filter):
            line.display = False
            line.value = ""

    def action_other_pane(self) -> None:
        if self.detail.has_focus_within:
            self.action_back()
        else:
            self.on_entry_table_chosen()

    def action_turn(self, tabs: int) -> None:
        self.detail.action_turn(tabs)

    def action_sort(self) -> None:
        keys = ["", *(column.key for column in COLUMNS)]
        self._sort = (keys[(keys.index(self._sort[0]) + 1) % len(keys)], False)
        self._show_entries()

    def action_reverse(self) -> None:
        self._sort = (self._sort[0], not self._sort[1])
        self._show_entries()

    def action_manifest(self) -> None:
        self.detail.show_manifest(self.workspace, self.workspace.findings)
        self.on_entry_table_chosen()


def _read_some(workspace: Workspace, waiting: list[Entry]) -> list[Resolved]:
    """Resolve entries from the end of a list until the time is over."""
    read: list[Resolved] = []
    end = time.monotonic() + READING_SECONDS
    while waiting and time.monotonic() < end:
        read.append(workspace.resolved(waiting.pop()))
    return read
