"""The Entries view: a table of every entry, and beside it the selected one in full, or the findings in the manifest.

Where there is no room for both, the entry opens over the table, so that neither is ever squeezed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from partner_tui.addresses.urls import is_url
from partner_tui.comparison.matching import entry_name
from partner_tui.compliance.finding import Finding
from partner_tui.compliance.status import EntryCheck
from partner_tui.manifest.entry import Entry
from partner_tui.plain import plural, visible
from partner_tui.splash.card import Link
from partner_tui.ui.acting import act
from partner_tui.ui.entries.bindings import BINDINGS
from partner_tui.ui.entries.card import EntryCard
from partner_tui.ui.entries.detail import EntryDetail
from partner_tui.ui.entries.entry_list import EntryList
from partner_tui.ui.entries.finding_list import FindingList
from partner_tui.ui.entries.known import KnownEntries
from partner_tui.ui.entries.table import EntryTable
from partner_tui.ui.view import NO_HISTORY
from partner_tui.ui.widgets.divided import DividedView
from partner_tui.workspace.entries.filter import behind, upgradable, without_rdf

NARROW = 100
"""Below this width, in cells, the entry opens over the table."""
ROOMY = 160
REST_SECONDS = 0.1
"""How long the cursor rests on an entry before it is shown beside."""


class EntriesView(DividedView):
    """Every entry with its status and findings; the selected one in full."""

    TITLE = "Entries"
    LEFT, RIGHT = "list", "detail"
    HELP = """
    Move with j and k. tab switches between the table and the entry, left and right switch its tabs, < and > move the border. / filters by words and by
    status:invalid type:dataset tag:2d author:name id:x format:0.2 has:findings; a minus in front excludes, commas mean "or".
    A link to bioimage.io in its place filters by what visitors see there.
    """
    DEFAULT_CSS = """
    EntriesView {
        layout: horizontal;
        #list { width: 3fr; }
        #detail { width: 2fr; }
        &.-roomy #list, &.-roomy #detail { width: 1fr; }
        layers: panes banner;
        #about-manifest {
            layer: banner; position: absolute; offset: 11 0; width: auto; height: 1; padding: 0 1; display: none;
            background: $background;
        }
        #about-manifest.-shown { display: block; }
        #about-manifest:hover { background: $boost; }
        &.-narrow #list, &.-narrow #detail { width: 1fr; }
        &.-narrow #detail, &.-narrow.-open #list, &.-narrow.-open #about-manifest { display: none; }
        &.-narrow.-open #detail { display: block; }
    }
    """
    BINDINGS = BINDINGS

    list = getters.query_one(EntryList)
    detail = getters.query_one(EntryDetail)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.known = KnownEntries(lambda: self.workspace)
        self._manifest_findings: tuple[Finding, ...] = ()
        self._can: tuple[bool, bool] | None = None
        self._rest: Timer | None = None

    def compose(self) -> ComposeResult:
        yield EntryList(self.known, id="list")
        yield EntryDetail(id="detail")
        yield Static(id="about-manifest", markup=False)

    @property
    def table(self) -> EntryTable:
        return self.list.table

    @property
    def selected(self) -> Entry | None:
        """The entry under the cursor."""
        index = self.table.chosen
        return None if index is None else self.workspace.manifest.entries[index]

    # What the frame tells

    def manifest_loaded(self) -> None:
        self.known.clear()
        self.list.show_manifest(self.workspace)
        self._show_manifest_findings()
        self._read_rdfs()

    @work(exclusive=True, group="rdfs")
    async def _read_rdfs(self) -> None:
        if await self.known.read_all(self.app.yield_to_keys, self.list.show_known):
            self.list.show_all_read()

    def entries_checked(self, checks: Sequence[EntryCheck]) -> None:
        indices = [check.index for check in checks]
        self.known.forget_facts(indices)
        if shown := next((check for check in reversed(checks) if check.index == self.table.chosen), None):
            self.detail.show_check(shown)
        self.list.show_checked(indices)
        self._show_manifest_findings()

    def pictures_changed(self) -> None:
        self.detail.query_one(EntryCard).show_pictures_again()

    def focus_main(self) -> None:
        if self.has_class("-narrow") and self.has_class("-open"):
            self.detail.focus_tab()
        else:
            self.list.focus_list()

    # What can be done now

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "back":
            return self.list.is_filtered or not self.list.list_has_focus
        if action in ("filter", "other_pane") and self.list.is_editing_filter:
            return False
        return super().check_action(action, parameters)

    def disabled_reason(self, action: str) -> str | None:
        workspace, shown = self.workspace, self.table.order
        match action.partition("(")[0]:
            case "edit" | "cover" | "upgrade" | "upgrade_all" | "fix" | "mend" if workspace.why_read_only:
                return workspace.why_read_only
            case "manifest" if not workspace.findings:
                return "The manifest itself has no findings."
            case "reverse" if not self.list.is_sorted:
                return "The entries are in the order of the file. Press s to sort them."
            case "mend" if not workspace.document.duplicates:
                return "The manifest has no duplicate keys."
            case "upgrade_all" if next(upgradable(shown, workspace.checks), None) is None:
                return "No outdated or invalid entries in the list."
            case "fetch_sources" if next(without_rdf(shown, workspace.checks), None) is None:
                return "No unresolved entries in the list."
            case "fix" if self._selected_fix() is None:
                return "Select a finding marked “f fix” first (enter, then Findings)."
            case "edit" if self.selected is None and workspace.manifest.entries:
                return "No entry selected."
            case "history" if not workspace.in_repository:
                return NO_HISTORY
            case "copy_link" | "copy_id" | "cover" | "open" | "upgrade" | "history" if self.selected is None:
                return "No entry selected."
            case "copy_link" | "copy_id" if self.selected is not None and not self.selected.id:
                return "This entry has no id. Press e to edit it."
        return super().disabled_reason(action)

    # The entry beside

    def on_entry_list_highlighted(self) -> None:
        # Counted from when the cursor is seen at its place: the first rows take longer than it rests.
        self.call_after_refresh(self._begin_rest)

    def _begin_rest(self) -> None:
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST_SECONDS, self._show_selected)

    @work(exclusive=True, group="selected")
    async def _show_selected(self) -> None:
        """Show the selected entry beside; its RDF is read first if it is not yet."""
        entry, workspace = self.selected, self.workspace
        can = (entry is not None, entry is not None and bool(entry.id))
        if can != self._can:
            self._can = can
            self.refresh_bindings()
        if entry is None:
            self.detail.show_nothing("No entry selected.")
            return
        with self.app.errors_shown():
            resolved = self.known.resolved(entry.index)
            if resolved is None:
                resolved = await asyncio.to_thread(workspace.resolved, entry)
            if self.app.is_running and entry is self.selected:
                self.detail.show(workspace, resolved, workspace.checks.get(entry.index))

    # Findings about the manifest

    def _show_manifest_findings(self) -> None:
        findings = self.workspace.findings
        if findings == self._manifest_findings:
            return
        self._manifest_findings = findings
        # In the border, where the rows below do not move when it arrives under a click.
        line = self.query_one("#about-manifest", Static)
        line.set_class(bool(findings), "-shown")
        count = plural(len(findings), "finding")
        line.update(
            Content.assemble(("▲ ", "$warning"), f"{count} in the manifest", ("  m show", "$foreground 50%"))
        )
        if self.detail.shows_manifest:
            self.detail.show_manifest(self.workspace, findings)
        self.refresh_bindings()

    # Handlers

    def on_resize(self) -> None:
        """What has the focus stays in sight where there is room for one pane only."""
        narrow = self.size.width < NARROW
        if narrow != self.has_class("-narrow"):
            self.set_class(self.detail.has_focus_within, "-open")
        self.set_class(narrow, "-narrow")
        self.set_class(self.size.width >= ROOMY, "-roomy")
        self.list.is_alone = narrow

    def on_entry_list_changed(self) -> None:
        self.refresh_bindings()

    def on_entry_table_chosen(self) -> None:
        self._open_detail()

    def on_finding_list_chosen(self, message: FindingList.Chosen) -> None:
        self.detail.jump_to(message.finding)

    def on_entry_card_link_clicked(self, message: EntryCard.LinkClicked) -> None:
        if is_url(message.url):
            self._open_one([Link("documentation", message.url)])
        else:
            self.notify(f"{visible(message.url, 120)} is not a web link.", severity="warning", markup=False)

    @on(events.Click, "#about-manifest")
    def _about_manifest_clicked(self) -> None:
        self.action_manifest()

    # Where the focus goes

    def _open_detail(self) -> None:
        self.add_class("-open")
        self.call_after_refresh(self.detail.focus_tab)

    def _show_list(self) -> None:
        self.remove_class("-open")
        self.list.focus_list()

    def action_back(self) -> None:
        """From the entry to the table, from the table to all entries."""
        in_detail = self.detail.has_focus_within
        self._show_list()
        if not in_detail:
            self.list.clear_filter()

    def action_other_pane(self) -> None:
        if self.detail.has_focus_within:
            self.action_back()
        else:
            self._open_detail()

    def action_turn(self, tabs: int) -> None:
        """Turn the tabs of the entry beside; where it is not beside, show it first."""
        if self.detail.display:
            self.detail.action_turn(tabs)
        else:
            self._open_detail()

    def action_manifest(self) -> None:
        self.detail.show_manifest(self.workspace, self.workspace.findings)
        self._open_detail()

    def action_filter(self) -> None:
        self.remove_class("-open")
        self.list.edit_filter()

    def show_filtered(self, words: str) -> None:
        """Show the entries that a filter, or a link to the site, leaves."""
        self.remove_class("-open")
        self.list.set_filter(words)

    def action_sort(self) -> None:
        self._show_list()
        self.list.sort_by_next_column()

    def action_reverse(self) -> None:
        self._show_list()
        self.list.reverse()

    # The upgrade

    def action_upgrade(self) -> None:
        """Upgrade the marked entries, else the selected one; none of those that are of the latest format."""
        entry, manifest = self.selected, self.workspace.manifest
        wanted = sorted(self.table.marked) or ([entry.index] if entry else [])
        if found := tuple(behind(wanted, self.workspace.checks)):
            self._open_upgrade(found)
        elif wanted:
            name = visible(entry_name(manifest.entries[wanted[0]]), 60)
            what = f"{name} is" if len(wanted) == 1 else f"All {len(wanted)} marked entries are"
            self.notify(f"{what} up to date: already in the latest format.", markup=False)

    def action_upgrade_all(self) -> None:
        self._open_upgrade(tuple(upgradable(self.table.order, self.workspace.checks)))

    def _selected_fix(self) -> str | None:
        finding = self.detail.chosen_finding
        return finding.fix if finding else None

    def action_fix(self) -> None:
        entry, fix = self.selected, self._selected_fix()
        if entry is not None and fix is not None:
            self._open_upgrade((entry.index,), (fix,))

    def _open_upgrade(self, entries: Sequence[int], only: Sequence[str] = ()) -> None:
        from partner_tui.ui.upgrade.screen import UpgradeScreen

        self.app.push_screen(UpgradeScreen(self.workspace_screen, entries, only))

    @work(exclusive=True, group="fetch")
    async def action_fetch_sources(self) -> None:
        """Download the RDFs that the user agrees to; their entries are checked again then."""
        from partner_tui.ui.entries.fetch_sources import fetch_sources

        shown = without_rdf(self.table.order, self.workspace.checks)
        entries = frozenset(self.table.marked or shown)
        with self.app.errors_shown():
            await fetch_sources(self.workspace_screen, self.workspace.manifest, entries)

    def action_history(self) -> None:
        from partner_tui.ui.history.screen import HistoryScreen

        self.app.push_screen(HistoryScreen(self.workspace_screen, self.selected))

    # Edit, copy, open

    @act("mend")
    async def action_mend(self) -> None:
        from partner_tui.ui.entries.acts import repair_duplicate_keys

        with self.app.errors_shown():
            await repair_duplicate_keys(self.workspace_screen)

    @act("edit")
    async def action_edit(self) -> None:
        """Edit the entry, or a manifest without entries, in the user's editor."""
        entry = self.selected
        title = f"entry {entry_name(entry)} edited" if entry else f"{self.workspace.manifest_name} edited"
        await self.workspace_screen.edit_manifest(entry.line if entry else 1, title)

    @act("cover")
    async def action_cover(self) -> None:
        from partner_tui.ui.entries.acts import choose_cover

        if (entry := self.selected) is not None:
            with self.app.errors_shown():
                await choose_cover(self.workspace_screen, entry)

    def _public_id(self) -> str:
        entry = self.selected
        return entry.public_id(self.workspace.manifest.partner) if entry else ""

    def action_copy_link(self) -> None:
        from partner_tui.ui.entries.acts import copy, links_of

        if (entry := self.selected) is not None:
            links = links_of(entry, self.known.resolved(entry.index), self._public_id())
            copy(self.app, links[0].url)

    def action_share(self) -> None:
        from partner_tui.ui.splash.share import ShareScreen

        entry = self.selected
        self.app.push_screen(ShareScreen(self.workspace_screen, entry.index if entry else None))

    def action_copy_id(self) -> None:
        from partner_tui.ui.entries.acts import copy

        copy(self.app, self._public_id())

    def action_open(self) -> None:
        from partner_tui.ui.entries.acts import links_of

        if (entry := self.selected) is None:
            return
        links = links_of(entry, self.known.resolved(entry.index), self._public_id())
        if links:
            self._open_one(links)
        else:
            self.notify("This entry has no web links.", severity="warning")

    @work(exclusive=True, group="open")
    async def _open_one(self, links: Sequence[Link]) -> None:
        from partner_tui.ui.entries.acts import ChooseLinkScreen

        if (url := await self.app.push_screen_wait(ChooseLinkScreen(links))) is not None:
            self.app.open_url(url)
