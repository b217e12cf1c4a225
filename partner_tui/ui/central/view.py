"""The Central view: one page in front, and above it the tabs of all pages.

It passes on what the frame tells; each page reads and draws for itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import ContentSwitcher, Static

from partner_tui.compliance.status import EntryCheck
from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.central.pages import PAGES
from partner_tui.ui.central.read_page import ReadPage
from partner_tui.ui.view import View
from partner_tui.ui.widgets.tabbed import border_tabs


class CentralView(View):
    """What the central repository makes of the manifest."""

    TITLE = "Central"
    HELP = """
    The central repository's side, a page for each question: what becomes of the manifest, what bioimage.io lists, how your config
    differs from its copy there, who links to whom, which files are wrong or gone, what another release of the spec means, and how
    the entries came to be what they are.
    """
    DEFAULT_CSS = """
    CentralView {
        #pages { height: 1; padding: 0 1; link-style: none; link-style-hover: none; link-color-hover: $accent; }
        ContentSwitcher { height: 1fr; }
        ContentSwitcher > View { height: 1fr; }
    }
    """
    BINDINGS = [
        bind(
            "i",
            "show_tab('impact')",
            "Spec impact",
            "central.impact",
            "Show what a release of the spec means",
        ),
        bind("right_square_bracket", "turn_page(1)", "Next page", "central.next", "Show the next page"),
        hidden(
            "left_square_bracket",
            "turn_page(-1)",
            "Previous page",
            "central.previous",
            "Show the previous page",
        ),
    ]

    tab: reactive[str] = reactive(next(iter(PAGES)), init=False)
    """The page in front, by its name."""

    def compose(self) -> ComposeResult:
        yield Static(self._tabs(), id="pages")
        with ContentSwitcher(initial=self.tab):
            for name, page in PAGES.items():
                yield page(id=name)

    @property
    def page(self) -> View | None:
        """The page in front; None while it is being made."""
        found = self.query(f"#{self.tab}").results(View)
        return next(found, None)

    def _tabs(self) -> Content:
        return border_tabs({name: page.TITLE for name, page in PAGES.items()}, self.tab)

    def watch_tab(self) -> None:
        self.query_one(ContentSwitcher).current = self.tab
        for line in self.query("#pages").results(Static):
            line.update(self._tabs())
        self.shown()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "show_tab" or parameters != (self.tab,)

    def action_show_tab(self, tab: str) -> None:
        self.tab = tab

    def action_turn_page(self, by: int) -> None:
        names = list(PAGES)
        self.tab = names[(names.index(self.tab) + by) % len(names)]

    # What the frame tells

    def manifest_loaded(self) -> None:
        for page in self.query(ReadPage):
            page.manifest_loaded()

    def entries_checked(self, checks: Sequence[EntryCheck]) -> None:
        for page in self.query(ReadPage):
            page.entries_checked(checks)

    def repository_changed(self) -> None:
        for page in self.query(ReadPage):
            page.repository_changed()

    def shown(self) -> None:
        if (page := self.page) is not None:
            page.shown()

    def focus_main(self) -> None:
        if (page := self.page) is not None:
            page.focus_main()
