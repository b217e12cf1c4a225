"""The Entries view: a table of every entry, and beside it the chosen one in full.

What costs time (reading RDFs, drawing the chosen entry) follows the cursor and never holds it up.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from functools import partial
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
from partner_tui.compliance.status import EntryCheck, Status
from partner_tui.errors import ManifestParseError
from partner_tui.manifest.entry import Entry
from partner_tui.manifest.resolve import Resolved
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.plain import visible
from partner_tui.ui.view import View
from partner_tui.ui.widgets.entry_card import EntryCard
from partner_tui.ui.widgets.entry_detail import EntryDetail
from partner_tui.ui.widgets.entry_table import COLUMNS, EntryTable
from partner_tui.ui.widgets.filter_line import FilterLine
from partner_tui.ui.widgets.finding_list import FindingList
from partner_tui.workspace.card import Link, find_urls, is_url, site_link
from partner_tui.workspace.entry_filter import EntryFacts, EntryFilter, facts_of
from partner_tui.workspace.entry_order import sort_entries
from partner_tui.workspace.words import entry_name

if TYPE_CHECKING:
    from partner_tui.workspace.steps import Step
    from partner_tui.workspace.workspace import Workspace

NARROW = 100
"""Below this width, in cells, the entry opens over the table."""
REST_SECONDS = 0.1
"""How long the cursor rests on an entry before it is shown beside."""
REORDER_SECONDS = 1.0
"""How often the lines may change places while entries are being checked."""
READING_SECONDS = 0.05
"""How long RDFs are read in one go before what they say is shown."""


class EntriesView(View):
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
            "u",
            "upgrade",
            "Upgrade",
            id="entries.upgrade",
            tooltip="Bring the entry, or the marked ones, to the latest format",
        ),
        Binding(
            "U",
            "upgrade_all",
            "Upgrade all",
            show=False,
            id="entries.upgrade_all",
            tooltip="Upgrade every outdated or invalid entry that is shown",
        ),
        Binding(
            "f",
            "fix",
            "Fix",
            show=False,
            id="entries.fix",
            tooltip="Apply the fix of the chosen finding alone",
        ),
        Binding(
            "M",
            "mend",
            "Mend keys",
            show=False,
            id="entries.mend",
            tooltip="Merge or drop keys that are written twice",
        ),
        Binding("e", "edit", "Edit", id="entries.edit", tooltip="Edit the entry's lines in your editor"),
        Binding(
            "slash",
            "filter",
            "Filter",
            key_display="/",
            id="entries.filter",
            tooltip="Show some entries only",
        ),
        Binding("s", "sort", "Sort", id="entries.sort", tooltip="Sort by the next column"),
        Binding("S", "reverse", "Reverse", show=False, id="entries.reverse", tooltip="Turn the order round"),
        Binding(
            "y", "copy_link", "Copy link", id="entries.copy_link", tooltip="Copy the entry's link on the site"
        ),
        Binding(
            "Y", "copy_id", "Copy id", show=False, id="entries.copy_id", tooltip="Copy the entry's public id"
        ),
        Binding(
            "o", "open", "Open", id="entries.open", tooltip="Open one of the entry's addresses in the browser"
        ),
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
        self._resolved: dict[int, Resolved] = {}
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

    def why_not(self, action: str) -> str | None:
        if action == "mend" and not self.workspace.document.duplicates:
            return "No key of the manifest is written twice."
        if action == "upgrade_all" and next(self._upgradable(), None) is None:
            return "No entry that is shown is outdated or invalid."
        if action == "fix" and self._chosen_fix() is None:
            return "Choose a finding that has a fix first (enter, then Findings)."
        if action.partition("(")[0] in ("edit", "copy_link", "copy_id", "open", "upgrade"):
            entry = self._chosen_entry()
            if entry is None:
                return "There is no entry here."
            if action in ("copy_link", "copy_id") and not entry.id:
                return "This entry has no id; e edits it."
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "back":
            return bool(self._filter) or not self.table.has_focus
        if action in ("filter", "other_pane") and self.query_one(FilterLine).has_focus:
            return False
        if action == "manifest":
            return bool(self.workspace.findings)
        return super().check_action(action, parameters)

    # What is known

    @property
    def table(self) -> EntryTable:
        return self.query_one("#table", EntryTable)

    @property
    def detail(self) -> EntryDetail:
        return self.query_one("#detail", EntryDetail)

    def facts(self, index: int) -> EntryFacts:
        """What is known of an entry by now."""
        known = self._facts.get(index)
        if known is None:
            workspace = self.workspace
            entry = workspace.manifest.entries[index]
            known = facts_of(entry, self._resolved.get(index), workspace.checks.get(index))
            self._facts[index] = known
        return known

    def _chosen_entry(self) -> Entry | None:
        chosen = self.table.chosen
        return None if chosen is None else self.workspace.manifest.entries[chosen]

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
        entry, workspace = self._chosen_entry(), self.workspace
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
            if entry is self._chosen_entry():
                self.detail.show(workspace, resolved, workspace.checks.get(entry.index))

    # The upgrade

    def _upgradable(self) -> Iterator[int]:
        """The entries that are shown and could be brought to the latest format."""
        checks, behind = self.workspace.checks, (Status.OUTDATED, Status.INVALID)
        if checks:
            yield from (i for i in self.table.order if i in checks and checks[i].status in behind)

    def _chosen_fix(self) -> str | None:
        finding = self.detail.chosen_finding
        return finding.fix if finding else None

    def action_upgrade(self) -> None:
        if marked := sorted(self.table.marked):
            self._open_upgrade(marked)
        elif (entry := self._chosen_entry()) is not None:
            self._open_upgrade((entry.index,))

    def action_upgrade_all(self) -> None:
        self._open_upgrade(tuple(self._upgradable()))

    def action_fix(self) -> None:
        entry, fix = self._chosen_entry(), self._chosen_fix()
        if entry is not None and fix is not None:
            self._open_upgrade((entry.index,), (fix,))

    @work(exclusive=True, group="mend")
    async def action_mend(self) -> None:
        """Show both values of a key that is written twice, and write what is chosen, until none is left."""
        from partner_tui.ui.screens.repair import RepairScreen
        from partner_tui.workspace.repairing import diagnose

        workspace = self.workspace
        with self.app.errors_shown():
            while (
                found := await asyncio.to_thread(diagnose, workspace.document.text, workspace.manifest_name)
            ).problem:
                remedy = await self.app.push_screen_wait(RepairScreen(found))
                if remedy is None:
                    return
                contents = {workspace.manifest_name: remedy.text.encode()}
                save = partial(workspace.save, f"repair: {remedy.title}", contents)
                if await self.workspace_screen.act("repairing", save) is None:
                    return

    def _open_upgrade(self, entries: Sequence[int], only: Sequence[str] = ()) -> None:
        from partner_tui.ui.screens.upgrade import UpgradeScreen

        self.app.push_screen(UpgradeScreen(self.workspace_screen, entries, only))

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

    def action_copy_link(self) -> None:
        self._copy(site_link(self._public_id()))

    def action_copy_id(self) -> None:
        self._copy(self._public_id())

    def _public_id(self) -> str:
        entry = self._chosen_entry()
        return entry.public_id(self.workspace.manifest.partner) if entry else ""

    def _copy(self, text: str) -> None:
        self.app.copy_to_clipboard(text)
        self.notify(visible(text, 200), title="Copied", markup=False)

    def action_open(self) -> None:
        entry = self._chosen_entry()
        if entry is None:
            return
        resolved = self._resolved.get(entry.index)
        links = list(find_urls(resolved.data if resolved else entry.own))
        if public_id := self._public_id():
            links.insert(0, Link("on the site", site_link(public_id)))
        if links:
            self._open(links)
        else:
            self.notify("This entry names no web address.", severity="warning")

    @work(exclusive=True, group="open")
    async def _open(self, links: Sequence[Link]) -> None:
        from partner_tui.ui.browser import open_in_browser
        from partner_tui.ui.screens.choose_link import ChooseLinkScreen

        url = await self.app.push_screen_wait(ChooseLinkScreen(links))
        if url is not None and not await asyncio.to_thread(open_in_browser, url):
            self.app.copy_to_clipboard(url)
            self.notify(visible(url, 200), title="No browser here; the address is copied", markup=False)

    @work(exclusive=True, group="edit")
    async def action_edit(self) -> None:
        """Edit the entry in the user's editor, until it parses or is taken back."""
        from partner_tui.ui.editor import edit_file
        from partner_tui.ui.screens.edited_badly import EditedBadlyScreen

        entry, workspace, screen = self._chosen_entry(), self.workspace, self.workspace_screen
        if entry is None:
            return
        line, title = entry.line, f"entry {entry_name(entry)} edited"
        with self.app.errors_shown():
            while True:
                await edit_file(self.app, workspace.folder / workspace.manifest_name, line)
                failures: list[ManifestParseError] = []
                step = await screen.act("reading", lambda: _adopt(workspace, title, failures))  # noqa: B023
                if not failures:
                    self.notify(
                        f"{title}. ctrl+z takes it back." if step else "Nothing was changed.", markup=False
                    )
                    return
                if await self.app.push_screen_wait(EditedBadlyScreen(failures[0])) == "undo":
                    await screen.act("taking back", workspace.undo)
                    return
                line = failures[0].line or line


def _adopt(workspace: Workspace, title: str, failures: list[ManifestParseError]) -> Step | None:
    try:
        return workspace.adopt(title)
    except ManifestParseError as error:
        failures.append(error)
        return None


def _read_some(workspace: Workspace, waiting: list[Entry]) -> list[Resolved]:
    """Resolve entries from the end of a list until the time is over."""
    read: list[Resolved] = []
    end = time.monotonic() + READING_SECONDS
    while waiting and time.monotonic() < end:
        read.append(workspace.resolved(waiting.pop()))
    return read
