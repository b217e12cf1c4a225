"""One entry's outcome in full: the item or the causes, the card, and the lines in the manifest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import ContentSwitcher, Static

from partner_tui.central.compiled import Outcome
from partner_tui.compliance.finding import Severity
from partner_tui.manifest.resolve import Resolved
from partner_tui.plain import visible
from partner_tui.ui.binding import hidden
from partner_tui.ui.central.item_view import ItemView
from partner_tui.ui.entries.card import EntryCard
from partner_tui.ui.entries.source_view import Excerpt, SourceView
from partner_tui.ui.widgets.tabbed import TabbedPanel, border_tabs

if TYPE_CHECKING:
    from partner_tui.workspace.workspace import Workspace

_AROUND = 3
"""Lines shown before and after a place that is no entry."""


class OutcomeDetail(TabbedPanel):
    """The panel beside the list; its tabs are in its border."""

    TITLE = "Item"
    DEFAULT_CSS = """
    OutcomeDetail {
        ContentSwitcher { height: 1fr; }
        ItemView, EntryCard, SourceView { height: 1fr; }
    }
    """
    BINDINGS = [
        hidden("right,l", "turn(1)", "Next tab", "outcome.next", "Go to the next tab"),
        hidden("left,h", "turn(-1)", "Previous tab", "outcome.previous", "Go to the previous tab"),
    ]

    tab: reactive[str] = reactive("item", init=False)
    """The tab in front."""

    _workspace: Workspace | None = None
    _row: Outcome | None = None
    _resolved: Resolved | None = None
    _fix = ""

    def compose(self) -> ComposeResult:
        with ContentSwitcher(initial="none"):
            yield Static("", id="none", classes="empty", markup=False)
            yield ItemView(id="item")
            yield EntryCard(id="card", has_keys=False)
            yield SourceView(id="lines")

    def show(self, workspace: Workspace, row: Outcome | None, resolved: Resolved | None, fix: str) -> None:
        """Show a row; None where there is none.

        Args:
            resolved: The entry of an item, for its card.
            fix: What f does about it.
        """
        self._workspace, self._row, self._resolved, self._fix = workspace, row, resolved, fix
        self.fill()

    def show_lines(self) -> None:
        """Go to the line of the cause in the manifest."""
        self.tab = "lines"
        self.focus_tab()

    def focus_tab(self) -> None:
        if self._row is not None:
            self.query_one(f"#{self.tab}").focus()

    def _tabs(self) -> dict[str, str]:
        if self._row is not None and self._row.state == "item":
            return {"item": "Item", "card": "Card", "lines": "Source"}
        return {"item": "Why", "lines": "Source"}

    def fill(self) -> None:
        switcher, row = self.query_one(ContentSwitcher), self._row
        if row is None or self._workspace is None:
            self.border_title, self.border_subtitle, switcher.current = "", "", "none"
            return
        tabs = self._tabs()
        if self.tab not in tabs:
            self.set_reactive(OutcomeDetail.tab, "item")
        self.border_title = border_tabs(tabs, self.tab)
        self.border_subtitle = Content(visible(row.id, 40))
        switcher.current = self.tab
        match self.tab:
            case "item":
                self.query_one(ItemView).show(row, self._fix)
            case "card":
                self._fill_card(self._workspace, row)
            case "lines":
                self._fill_lines(self._workspace, row)

    def _fill_card(self, workspace: Workspace, row: Outcome) -> None:
        resolved = self._resolved
        if resolved is None:
            return
        covers = {"covers": resolved.data["covers"]} if "covers" in resolved.data else {}
        shown = replace(resolved, data={**row.item, **covers}, type=str(row.item.get("type", "")))
        card = self.query_one(EntryCard)
        card.fit(self.content_size.width)
        card.show(shown, None, row.id, workspace.files)

    def _fill_lines(self, workspace: Workspace, row: Outcome) -> None:
        document, cause = workspace.document, row.cause
        lines = document.text.removeprefix("\ufeff").splitlines()
        if row.state != "ignored":
            first = document.line_span(row.path)[0]
            text = document.excerpt(row.path)
        else:
            first = max(1, cause.line - _AROUND) if cause else 1
            text = "\n".join(lines[first - 1 : first + 2 * _AROUND])
        excerpts = [Excerpt.of("", None, first, text)]
        inside = first <= (cause.line if cause else 0) <= first + text.count("\n")
        if cause is not None and not inside:  # in the root, which the entry inherits
            around = "\n".join(lines[cause.line - 1 : cause.line + _AROUND])
            excerpts.insert(0, Excerpt.of("", None, cause.line, around))
        view = self.query_one(SourceView)
        view.show(excerpts, {(None, one.line): Severity.ERROR for one in row.causes})
        if cause is not None:
            view.jump_to(None, cause.line)

    def on_resize(self) -> None:
        self.query_one(EntryCard).fit(self.content_size.width)

    def action_turn(self, tabs: int) -> None:
        names = list(self._tabs())
        self.tab = names[(names.index(self.tab) + tabs) % len(names)]
