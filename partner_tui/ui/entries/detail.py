"""One entry in full, in four tabs: the card, its findings, its source, and where each field comes from.

A tab is filled when it is looked at, so that walking through the table costs what the tab in front costs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static

from partner_tui.comparison.matching import entry_name
from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.status import EntryCheck, Status
from partner_tui.manifest.resolve import Resolved
from partner_tui.plain import visible
from partner_tui.ui.binding import hidden
from partner_tui.ui.entries.card import EntryCard
from partner_tui.ui.entries.finding_list import FindingList
from partner_tui.ui.entries.resolved_view import ResolvedView
from partner_tui.ui.entries.source_view import Excerpt, SourceView
from partner_tui.ui.widgets.tabbed import TabbedPanel, border_tabs

if TYPE_CHECKING:
    from partner_tui.workspace.workspace import Workspace

TABS = {"card": "Card", "findings": "Findings", "source": "Source", "resolved": "Resolved"}


class EntryDetail(TabbedPanel):
    """The panel beside the table; its tabs stand in its border."""

    TITLE = "Entry"
    DEFAULT_CSS = """
    EntryDetail {
        ContentSwitcher { height: 1fr; }
        EntryCard, FindingList, SourceView, ResolvedView { height: 1fr; }
    }
    """
    BINDINGS = [
        hidden("right,l", "turn(1)", "Next tab", "detail.next", "Go to the next tab"),
        hidden("left,h", "turn(-1)", "Previous tab", "detail.previous", "Go to the previous tab"),
    ]

    tab: reactive[str] = reactive("card", init=False)
    """The tab in front."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, classes="panel")
        self._workspace: Workspace | None = None
        self._resolved: Resolved | None = None
        self._check: EntryCheck | None = None
        self._manifest_findings: tuple[Finding, ...] | None = None
        self._filled: set[str] = set()

    def compose(self) -> ComposeResult:
        with ContentSwitcher(initial="nothing"):
            yield Static("", id="nothing", classes="empty", markup=False)
            yield EntryCard(id="card")
            yield FindingList(id="findings")
            yield SourceView(id="source")
            yield ResolvedView(id="resolved")

    # What is shown

    def show(self, workspace: Workspace, resolved: Resolved, check: EntryCheck | None) -> None:
        """Show an entry; its check may follow."""
        self._workspace, self._resolved, self._check = workspace, resolved, check
        self._manifest_findings = None
        self._filled = set()
        self.fill()

    def show_check(self, check: EntryCheck) -> None:
        """The entry that is shown was checked."""
        if (
            self._resolved is None
            or check.index != self._resolved.entry.index
            or self._manifest_findings is not None
        ):
            return
        self._check = check
        self._filled &= {"resolved"}
        self.fill()

    def show_manifest(self, workspace: Workspace, findings: tuple[Finding, ...]) -> None:
        """Show what is wrong with the manifest itself."""
        self._workspace, self._manifest_findings = workspace, findings
        self._filled = set()
        self.tab = "findings"
        self.fill()

    def show_nothing(self, reason: str) -> None:
        """There is no entry to show."""
        self._resolved = self._manifest_findings = None
        self.query_one("#nothing", Static).update(reason)
        self.fill()

    def jump_to(self, finding: Finding) -> None:
        """Show a finding's line in its file."""
        self.tab = "source"
        self.fill()
        self.query_one(SourceView).jump_to(finding.file, finding.line)
        self.query_one(SourceView).focus()

    def focus_tab(self) -> None:
        """Put the focus into the tab in front."""
        if (widget := self._focusable()) is not None:
            widget.focus()

    @property
    def chosen_finding(self) -> Finding | None:
        """The finding under the cursor, while the findings of an entry are in front."""
        if self.tab != "findings" or self.shows_manifest or not self.has_content:
            return None
        return self.query_one(FindingList).selected

    @property
    def shows_manifest(self) -> bool:
        return self._manifest_findings is not None

    @property
    def has_content(self) -> bool:
        return self._resolved is not None or self.shows_manifest

    def _focusable(self) -> Widget | None:
        if not self.has_content:
            return None
        if self.tab == "findings":
            return self.query_one(FindingList).body
        return self.query_one(f"#{self.tab}")

    def _tabs(self) -> tuple[str, ...]:
        return ("findings", "source") if self.shows_manifest else tuple(TABS)

    # Filling

    def fill(self) -> None:
        self._show_title()
        switcher = self.query_one(ContentSwitcher)
        if not self.has_content or self._workspace is None:
            switcher.current = "nothing"
            return
        if self.tab not in self._tabs():
            self.set_reactive(EntryDetail.tab, "findings")
        switcher.current = self.tab
        if self.tab not in self._filled:
            self._filled.add(self.tab)
            getattr(self, f"_fill_{self.tab}")(self._workspace)

    def _fill_card(self, workspace: Workspace) -> None:
        if (resolved := self._resolved) is not None:
            public_id = resolved.entry.public_id(workspace.manifest.partner)
            self.query_one(EntryCard).show(resolved, self._check, public_id, workspace.files)

    def _fill_findings(self, workspace: Workspace) -> None:
        findings = self.query_one(FindingList)
        if self._manifest_findings is not None:
            findings.show_findings(self._manifest_findings, "No findings in the manifest itself.")
        else:
            findings.show(self._check)

    def _fill_source(self, workspace: Workspace) -> None:
        excerpts = self._excerpts(workspace)
        marks: dict[tuple[str | None, int], Severity] = {}
        for finding in reversed(self._findings):
            marks[finding.file, finding.line] = finding.severity
        self.query_one(SourceView).show(excerpts, marks)

    def _fill_resolved(self, workspace: Workspace) -> None:
        if self._resolved is not None:
            self.query_one(ResolvedView).show(self._resolved)

    def _excerpts(self, workspace: Workspace) -> list[Excerpt]:
        document = workspace.document
        resolved = self._resolved
        if self._manifest_findings is not None or resolved is None:
            return [Excerpt.of("", None, 1, document.text.removeprefix("\ufeff"))]
        entry = resolved.entry
        has_rdf = resolved.rdf is not None
        title = workspace.manifest_name if has_rdf else ""
        excerpts = [Excerpt.of(title, None, document.line_span(entry.path)[0], document.excerpt(entry.path))]
        if resolved.rdf is not None:
            excerpts.append(
                Excerpt.of(resolved.rdf.name, resolved.rdf_path, 1, resolved.rdf.text.removeprefix("\ufeff"))
            )
        return excerpts

    @property
    def _findings(self) -> tuple[Finding, ...]:
        if self._manifest_findings is not None:
            return self._manifest_findings
        return self._check.findings if self._check else ()

    def on_resize(self) -> None:
        self.query_one(EntryCard).fit(self.content_size.width)

    # The tabs in the border

    def _show_title(self) -> None:
        self.border_title = self.border_subtitle = ""
        if not self.has_content:
            return
        if self._resolved is not None and not self.shows_manifest:
            entry = self._resolved.entry
            self.border_subtitle = Content(visible(entry_name(entry), 40))
        known = self._check is not None or self.shows_manifest
        count = str(len(self._findings)) if known else Status.UNCHECKED.glyph
        # The count has its room before it is known: the tabs behind it stay where they are.
        labels = {
            name: f"{TABS[name]} {count:<2}" if name == "findings" else TABS[name] for name in self._tabs()
        }
        start = Content.styled(" Manifest ", "bold $accent") if self.shows_manifest else Content("")
        self.border_title = start + border_tabs(labels, self.tab)

    # Actions

    def action_turn(self, tabs: int) -> None:
        names = self._tabs()
        self.tab = names[(names.index(self.tab) + tabs) % len(names)]
