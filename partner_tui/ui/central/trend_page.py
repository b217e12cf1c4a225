"""The page Trend: the statuses over the manifest's history as bars, and the commits that changed it with what each did.

It is read in the background once the page was looked at, newest first, and again when the branch has another commit.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from itertools import islice

from textual import events, getters, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from partner_tui.central.trend import Point, Trend
from partner_tui.central.trend_chart import UNREAD, commit_at, draw_cells, draw_svg
from partner_tui.compliance.status import Status
from partner_tui.errors import Cancelled, PartnerTuiError
from partner_tui.plain import few, plural, visible
from partner_tui.ui.background import Running
from partner_tui.ui.binding import bind
from partner_tui.ui.central.read_page import STOPPED, ReadPage
from partner_tui.ui.dialogs.save_file import SaveFileScreen
from partner_tui.ui.entries.acts import copy
from partner_tui.ui.themes import STATUS_STYLES
from partner_tui.ui.view import NO_HISTORY
from partner_tui.ui.widgets.side_list import SideList, cursor_keys
from partner_tui.workspace.central.trend import TrendReader

_QUIET = "$foreground 60%"
_MOST_NAMED = 30
_ROOMY = 100
"""From this width on, in cells, a commit's line has its author."""


class TrendChart(Widget):
    """The bars; `show` says which."""

    DEFAULT_CSS = "TrendChart { height: 3fr; min-height: 6; max-height: 24; padding: 0 1; }"

    class Pointed(Message):
        """A bar was clicked: that of a point, by its place."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    _points: Sequence[Point] = ()
    _count = 0
    _selected: int | None = None

    def show(self, points: Sequence[Point], count: int, selected: int | None) -> None:
        """Show points, newest first, of as many commits as there will be."""
        self._points, self._count, self._selected = points, count, selected
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        at = commit_at(self._points, self._count, self.content_size.width, event.x - self.gutter.left)
        if at is not None:
            self.post_message(self.Pointed(at))

    def render(self) -> Content:
        size = self.content_size
        lines = draw_cells(self._points, self._count, *size, self._selected) if self._points else ()
        return Content("\n").join(
            Content.assemble(*((text, STATUS_STYLES[status] if status else _QUIET) for text, status in line))
            for line in lines
        )


class TrendList(SideList):
    """The commits, newest first, one line each."""

    TITLE = "Commits"
    BINDINGS = [*cursor_keys("trend", "commit")]


class TrendPage(ReadPage):
    """How the statuses went, and who upgraded what."""

    TITLE = "Trend"
    HELP = """
    Each commit of the default branch that changed the manifest, judged by today's spec: how many entries are latest (█), outdated
    (▒), invalid (╳) and unresolved (░). A merge counts as one commit. Where there is no room for a bar each, neighbours share one:
    it is the newest of them, or the selected one; a click selects it. What the selected commit did is below. f9 writes the bars as SVG.
    """
    DEFAULT_CSS = """
    TrendPage {
        #about, #did { height: auto; padding: 0 1; }
        #did { min-height: 2; max-height: 3; }
        TrendList { height: 2fr; min-height: 3; border-top: solid $border-blurred; &:focus { border-top: solid $border-blurred; } }
    }
    """
    BINDINGS = [
        bind("f9,x", "export", "Export", "trend.export", "Write the bars to an SVG file"),
        bind("y", "copy", "Copy commit", "trend.copy", "Copy the commit's hash"),
    ]

    _reader: TrendReader | None = None
    _points: Sequence[Point] = ()
    _reading: Running | None = None
    _is_behind = False
    _read_tip = ""

    def compose(self) -> ComposeResult:
        with Vertical(id="trend-panel", classes="panel") as panel:
            panel.border_title = "Trend"
            yield Static("Reading the history …", id="about", markup=False)
            yield TrendChart()
            yield Static(id="did", markup=False)
            yield TrendList(markup=False)

    def on_mount(self) -> None:
        self._timer = self.set_interval(0.2, self._show, pause=True)

    def on_resize(self) -> None:
        for at, point in enumerate(self._points[: self.list.option_count]):
            self.list.replace_option_prompt_at_index(at, _row(point, self.size.width))

    list = getters.query_one(TrendList)

    @property
    def selected(self) -> Point | None:
        at = self.list.highlighted
        return self._points[at] if at is not None else None

    # What the frame tells

    def repository_changed(self) -> None:
        self.manifest_loaded()

    # Reading

    def read(self) -> None:
        self._is_behind = self._reading is not None
        if not self._is_behind:
            self._read()

    @work(exclusive=True, group="trend")
    async def _read(self) -> None:
        """Read the commits; a branch that is as it was read is not read again."""
        workspace, repository = self.workspace, self.workspace.repository
        if repository is None:
            self.say("The repository is being read …" if workspace.in_repository else NO_HISTORY)
            return
        running = self._reading = Running("reading the history")
        try:
            with self.app.background.shown(running):
                make = partial(TrendReader, workspace, repository, cancelled=running.cancelled)
                reader = await asyncio.to_thread(make)
                if reader.tip == self._read_tip:
                    return
                judged: list[Point] = []
                self._reader, self._points, self._read_tip = reader, judged, ""
                self.list.clear_options()
                self._timer.resume()
                await asyncio.to_thread(_judge, reader, judged, running)
                self._read_tip = reader.tip
        except PartnerTuiError as error:
            self._is_behind = False
            if self._reader is None:
                stopped = isinstance(error, Cancelled)
                self.show_unread(STOPPED if stopped else f"{error.message}\n{error.hint}")
            elif not isinstance(error, Cancelled):  # that is told with what was read by then
                self.app.show_error(error)
        finally:
            self._reading = None
            if self.is_attached:
                self._timer.pause()
                self._show()
                if self._is_behind:  # there were other commits meanwhile
                    self.read()

    def _show(self) -> None:
        """Show what is known by now."""
        if self._reader is None:
            return
        points = self._points
        known = self.list.option_count
        self.list.add_options(Option(_row(point, self.size.width)) for point in points[known:])
        if points and self.list.highlighted is None:
            self.list.highlighted = 0
        trend = self._reader.trend(points)
        self.say(self._about(trend))
        panel = self.query_one("#trend-panel")
        panel.border_title = Content(trend.title)
        upgraded = (
            f"{visible(name, 30)} {latest}" for name, (latest, _) in trend.by_author().items() if latest
        )
        named = ", ".join(islice(upgraded, 4))
        panel.border_subtitle = Content(f"Upgraded: {named}" if named else "")
        self._show_selected()
        self.refresh_bindings()

    def _about(self, trend: Trend) -> Content:
        """What the cells of the bars are, and how many entries of each there are now."""
        if not trend.points:
            return Content("Reading the history …" if self._reading else f"{trend.title}.")
        parts: list[tuple[str, str]] = []
        for status in Status:
            if any(point.counts.get(status) for point in trend.points):
                newest = trend.points[0]
                number = "" if newest.problem else f"{newest.counts.get(status, 0)} "
                parts.append((f"{status.fill} {number}{status}  ", STATUS_STYLES[status]))
        if any(point.problem for point in trend.points):
            parts.append((f"{UNREAD} cannot be read  ", _QUIET))
        if not (self._read_tip or self._reading):
            parts.append(("Stopped. Press ctrl+r to read on.", "$warning"))
        return Content.assemble(*parts)

    def on_trend_chart_pointed(self, event: TrendChart.Pointed) -> None:
        self.list.highlighted = event.at

    def on_side_list_selected(self) -> None:
        self._show_selected()

    def _show_selected(self) -> None:
        point, reader = self.selected, self._reader
        self.query_one("#did", Static).update(_did(point) if point else "")
        count = max(len(self._points), reader.count if reader else 0)
        self.query_one(TrendChart).show(self._points, count, self.list.highlighted)

    # What can be done

    def disabled_reason(self, action: str) -> str | None:
        if action in ("export", "copy") and not self._points:
            return "No commit was read yet."
        return super().disabled_reason(action)

    def action_export(self) -> None:
        """Write the bars that there are by now to a file."""
        if self._reader is not None:
            drawn = self._reader.trend(tuple(self._points))
            screen = SaveFileScreen("Export the trend as SVG", "trend.svg", draw_svg(drawn))
            self.app.push_screen(screen)

    def action_copy(self) -> None:
        if (point := self.selected) is not None:
            copy(self.app, point.commit)


def _judge(reader: TrendReader, points: list[Point], running: Running) -> None:
    for point in reader.points():
        points.append(point)
        running.detail = f"{len(points)}/{reader.count}"


def _row(point: Point, width: int) -> Content:
    """A commit in a line of some cells."""
    parts: list[tuple[str, str]] = [(f"{point.date:%Y-%m-%d}  ", _QUIET)]
    if point.problem:
        parts.append((f"{'cannot be read':<20}  ", "$warning"))
    else:
        for status in (Status.LATEST, Status.OUTDATED, Status.INVALID, Status.UNRESOLVED):
            number = point.counts.get(status, 0)
            parts.append((f"{status.glyph}{number:>3} ", STATUS_STYLES[status] if number else _QUIET))
        parts.append(("  ", ""))
    for names, status in ((point.upgraded, Status.LATEST), (point.broken, Status.INVALID)):
        words = f"+{len(names)} {status.glyph}" if names else ""
        parts.append((f"{words:<6}", STATUS_STYLES[status]))
    if width >= _ROOMY:  # else it is told of the selected one alone
        parts.append((f"{visible(point.author, 16):<16}  ", _QUIET))
    return Content.assemble(*parts, visible(point.subject, 200))


def _did(point: Point) -> Content:
    """What a commit did to the entries."""
    parts: list[tuple[str, str]] = [
        (f"{point.commit[:7]}  {visible(point.subject, 200)}", "bold"),
        (f"  {visible(point.author, 60)}", _QUIET),
    ]
    if point.problem:
        return Content.assemble(*parts, (f"\n{visible(point.problem, 300)}", "$warning"))
    changed = [
        f"{sign}{plural(number, 'entry')}"
        for sign, number in (("+", point.added), ("-", point.removed))
        if number
    ]
    parts.append((f"  {' '.join(changed)}", _QUIET))
    if point.is_cut:
        parts.append(("\nOlder commits were not read, or are not in this clone.", _QUIET))
    for names, status in ((point.upgraded, Status.LATEST), (point.broken, Status.INVALID)):
        if names:
            named = few(names, _MOST_NAMED)
            parts.append((f"\n{status.glyph} became {status}: {named}", STATUS_STYLES[status]))
    return Content.assemble(*parts)
