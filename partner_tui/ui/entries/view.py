"""The Entries view: a table of every entry, and beside it the chosen one in full, or the findings about the manifest.

Where there is no room for both, the entry opens over the table, so that neither is ever squeezed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from partner_tui.addresses.urls import is_url
from partner_tui.compliance.finding import Finding
from partner_tui.compliance.status import EntryCheck
from partner_tui.plain import plural, visible
from partner_tui.ui.entries.card import EntryCard
from partner_tui.ui.entries.detail import EntryDetail
from partner_tui.ui.entries.filter_line import FilterLine
from partner_tui.ui.entries.finding_list import FindingList
from partner_tui.ui.entries.listing import EntryListing
from partner_tui.ui.entries.table import EntryTable
from partner_tui.ui.widgets.divided import DividedView
from partner_tui.ui.widgets.empty import EmptyWords
from partner_tui.workspace.card import Link

NARROW = 100
"""Below this width, in cells, the entry opens over the table."""


class EntriesView(EntryListing, DividedView):
    """Every entry with its status and findings; the chosen one in full."""

    TITLE = "Entries"
    LEFT, RIGHT = "list", "detail"
    HELP = """
    Move with j and k. tab switches between the table and the entry, left and right switch its tabs, < and > move the border. / filters by words and by
    status:invalid type:dataset tag:2d author:name id:x format:0.2 has:findings; a minus in front excludes, commas mean "or".
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
        #filter { display: none; }
        #filter-problem { height: 1; padding: 0 1; color: $warning; display: none; }
        #no-entries { display: none; height: 1fr; }
        &.-narrow #list, &.-narrow #detail { width: 1fr; }
        &.-narrow #detail, &.-narrow.-open #list, &.-narrow.-open #about-manifest { display: none; }
        &.-narrow.-open #detail { display: block; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "m",
            "manifest",
            "Manifest",
            show=False,
            id="entries.manifest",
            tooltip="Findings in the manifest",
        ),
        Binding(
            "tab",
            "other_pane",
            "Switch pane",
            show=False,
            id="entries.other_pane",
            tooltip="Go to the entry or back to the table",
        ),
        Binding(
            "shift+tab",
            "other_pane",
            "Switch pane",
            show=False,
            id="entries.other_pane_back",
            tooltip="Go to the entry or back to the table",
        ),
        Binding(
            "right,l",
            "turn(1)",
            "Next tab",
            show=False,
            id="entries.next_tab",
            tooltip="Go to the entry's next tab",
        ),
        Binding(
            "left,h",
            "turn(-1)",
            "Previous tab",
            show=False,
            id="entries.previous_tab",
            tooltip="Go to the previous tab",
        ),
        Binding(
            "escape",
            "back",
            "Back",
            id="entries.back",
            tooltip="Back to the table; clear the filter",
        ),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._manifest_findings: tuple[Finding, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(id="list", classes="panel"):
            yield EntryTable(self.facts, id="table")
            yield EmptyWords(id="no-entries")
            yield Static(id="filter-problem", markup=False)
            yield FilterLine(id="filter")
        yield EntryDetail(id="detail")
        yield Static(id="about-manifest", markup=False)

    # What the frame tells

    def manifest_loaded(self) -> None:
        super().manifest_loaded()
        self._show_manifest_findings()
        self._read_rdfs()

    def entries_checked(self, checks: Sequence[EntryCheck]) -> None:
        super().entries_checked(checks)
        self._show_manifest_findings()

    def focus_main(self) -> None:
        if self.has_class("-narrow") and self.has_class("-open"):
            self.detail.focus_tab()
        else:
            self.focus_list()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "back":
            return bool(self._filter) or not self.list_has_focus
        if action in ("filter", "other_pane") and self.query_one(FilterLine).has_focus:
            return False
        return super().check_action(action, parameters)

    def why_not(self, action: str) -> str | None:
        if action == "manifest" and not self.workspace.findings:
            return "The manifest itself has no findings."
        return super().why_not(action)

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
        self.set_class(self.size.width >= 160, "-roomy")
        self._show_frame()

    def on_entry_table_chosen(self) -> None:
        self.add_class("-open")
        self.call_after_refresh(self.detail.focus_tab)

    def on_finding_list_chosen(self, message: FindingList.Chosen) -> None:
        self.detail.jump_to(message.finding)

    def on_entry_card_link_clicked(self, message: EntryCard.LinkClicked) -> None:
        if is_url(message.url):
            self._open([Link("documentation", message.url)])
        else:
            self.notify(f"{visible(message.url, 120)} is not a web link.", severity="warning", markup=False)

    @on(events.Click, "#about-manifest")
    def _about_manifest_clicked(self) -> None:
        self.action_manifest()

    def on_input_submitted(self) -> None:
        self.query_one(FilterLine).display = False
        self.focus_list()

    # Acts

    def action_back(self) -> None:
        """From the entry to the table, from the table to all entries."""
        line = self.query_one(FilterLine)
        in_detail = self.detail.has_focus_within
        self.remove_class("-open")
        self.focus_list()
        if not in_detail and (line.display or self._filter):
            line.display = False
            line.value = ""

    def action_other_pane(self) -> None:
        if self.detail.has_focus_within:
            self.action_back()
        else:
            self.on_entry_table_chosen()

    def action_turn(self, tabs: int) -> None:
        """Turn the tabs of the entry beside; where it is not beside, show it first."""
        if self.detail.display:
            self.detail.action_turn(tabs)
        else:
            self.on_entry_table_chosen()

    def action_manifest(self) -> None:
        self.detail.show_manifest(self.workspace, self.workspace.findings)
        self.on_entry_table_chosen()
