"""The second line: the views with their counters, and the sum of statuses in words over a thin bar."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from partner_tui.compliance.status import Status
from partner_tui.ui.themes import STATUS_STYLES

ROOMY = 100
"""From this width on, in cells, there is room for all words."""
SHORT = {"Contributions": "Contribs"}
"""Titles where there is not."""


class ViewTab(Static):
    """One view's key, name and counter; a click shows the view."""

    class Chosen(Message):
        """A view's tab was clicked."""

        def __init__(self, view: str) -> None:
            super().__init__()
            self.view = view

    def __init__(self, view: str, key: str, title: str) -> None:
        super().__init__(markup=False, classes="view-tab")
        self.view = view
        self._key = key
        self._title = title
        self.count = ""
        self.is_short = False

    def render(self) -> Content:
        parts = [
            (f" {self._key} ", "$accent"),
            (SHORT.get(self._title, self._title) if self.is_short else self._title, ""),
            (f" {self.count}".rstrip() + " ", "$foreground 60%"),
        ]
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Chosen(self.view))


class StatusBar(Widget):
    """A thin line that shares its width among the statuses; the words stand above it."""

    DEFAULT_CSS = "StatusBar { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._counts: Mapping[Status, int] = {}

    def show(self, counts: Mapping[Status, int]) -> None:
        self._counts = counts
        self.refresh()

    def render(self) -> Content:
        width, total = self.size.width, sum(self._counts.values())
        parts: list[tuple[str, str]] = []
        used = seen = 0
        for status, count in self._counts.items():
            seen += count
            end = round(width * seen / total) if total else 0
            style = "$panel" if status is Status.UNCHECKED else STATUS_STYLES[status]
            parts.append(("━" * (end - used), style))
            used = end
        return Content.assemble(*parts, ("━" * (width - used), "$panel"))


class ViewBar(Vertical):
    """Tabs of the views on the left, the sum of statuses on the right, the status bar below."""

    DEFAULT_CSS = """
    ViewBar {
        height: 2;
        #tabs { height: 1; }
        .view-tab { width: auto; height: 1; }
        .view-tab:hover { background: $boost; }
        .view-tab.-current { background: $block-cursor-background; text-style: bold; }
        #sum { width: 1fr; height: 1; text-align: right; padding: 0 1 0 0; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def __init__(self, views: Mapping[str, str]) -> None:
        super().__init__()
        self._views = views
        self._counts: Mapping[Status, int] = {}

    def compose(self) -> ComposeResult:
        with Horizontal(id="tabs"):
            for number, (view, title) in enumerate(self._views.items(), start=1):
                yield ViewTab(view, str(number), title)
            yield Static(id="sum", markup=False)
        yield StatusBar()

    def show_view(self, view: str) -> None:
        for tab in self.query(ViewTab):
            tab.set_class(tab.view == view, "-current")

    def show_count(self, view: str, count: str) -> None:
        for tab in self.query(ViewTab):
            if tab.view == view and tab.count != count:
                tab.count = count
                tab.refresh(layout=True)
                self._draw_sum()

    def show_statuses(self, counts: Mapping[Status, int]) -> None:
        self._counts = counts
        self._draw_sum()
        self.query_one(StatusBar).show(counts)

    def _draw_sum(self) -> None:
        """The sum in words where there is room for them."""
        room = self.size.width - sum(len(tab.render()) for tab in self.query(ViewTab)) - 2
        roomy = "  " if self.size.width >= ROOMY else " "
        sums = [self._sum("  ", " ", True), self._sum(roomy, " ", False), self._sum(" ", "", False)]
        fitting = next((one for one in sums if len(one) <= room), sums[-1])
        self.query_one("#sum", Static).update(fitting, layout=False)

    def _sum(self, between: str, gap: str, with_words: bool) -> Content:
        parts = [
            Content.styled(
                f"{status.glyph}{gap}{count}{f' {status}' if with_words else ''}", STATUS_STYLES[status]
            )
            for status, count in self._counts.items()
            if count
        ]
        return Content(between).join(parts)

    def on_resize(self) -> None:
        is_short = self.size.width < ROOMY
        for tab in self.query(ViewTab):
            if tab.is_short != is_short:
                tab.is_short = is_short
                tab.refresh(layout=True)
        self._draw_sum()
