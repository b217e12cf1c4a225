"""The lines of one file of a contribution: in colours, unified or side by side, with a cursor for what is said of a line."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator, Sequence
from itertools import zip_longest
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events, work
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.visual import Visual

from partner_tui.comparison.hunks import DiffLine, Hunk
from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.review.highlighting import highlighted, language_of
from partner_tui.ui.widgets.diff_lines import DiffLines

SIDE_BY_SIDE = 100
"""From this width, in cells, both sides have room beside each other."""
Row = tuple[int | None, int | None]
"""Places of the lines of the left and of the right side; in a unified diff both are the same."""


class FileDiff(DiffLines):
    """One file."""

    TITLE = "Lines"
    DEFAULT_CSS = """
    FileDiff {
        & > .diff--cursor { background: $block-cursor-background; }
        & > .diff--mark { color: $secondary; text-style: bold; }
        & > .diff--absent { background: $panel 40%; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"diff--cursor", "diff--mark", "diff--absent"}
    BINDINGS = [
        hidden("down,j", "move(1)", "Down", "lines.down", "The next line"),
        hidden("up,k", "move(-1)", "Up", "lines.up", "The previous line"),
        hidden("pagedown", "page(1)", "Page down", "lines.page_down", "Go a page down"),
        hidden("pageup", "page(-1)", "Page up", "lines.page_up", "Go a page up"),
        hidden("home,g", "move(-1000000)", "Top", "lines.top", "Go to the first line"),
        hidden("end,G", "move(1000000)", "Bottom", "lines.bottom", "Go to the last line"),
        bind("n", "hunk(1)", "Next hunk", "lines.next_hunk", "Go to the next change"),
        hidden("p", "hunk(-1)", "Previous hunk", "lines.previous_hunk", "Go to the change above"),
        bind("s", "toggle_sides", "Side by side", "lines.sides", "Before beside after, or below it"),
    ]

    cursor: reactive[int] = reactive(0)
    """The row that the cursor is in."""
    sides: reactive[bool | None] = reactive(None, init=False)
    """Whether before is beside after; None while the user did not say: then where there is room."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: list[Row] = []
        self._colours: dict[int, Content] = {}
        self._marked: frozenset[int] = frozenset()
        self._text_width = 0

    def show_file(self, hunks: Sequence[Hunk], path: str) -> None:
        """Show a file from its top; its colours follow."""
        self._colours, self._marked = {}, frozenset()
        self.show(hunks)
        self._text_width = max(0, self.virtual_size.width - self._gutter - 1)
        self._lay_out()
        self.cursor = 0
        if language := language_of(path):
            self._highlight(tuple(hunks), language)

    def mark(self, numbers: Collection[str]) -> None:
        """Mark the lines that something was said of, by what `selected_line` calls them."""
        self._marked = frozenset(
            place
            for place, line in enumerate(self._lines)
            if isinstance(line, DiffLine) and line_name(line) in numbers
        )
        self.refresh()

    @property
    def selected_line(self) -> DiffLine | None:
        """The line under the cursor; of two beside each other the one after the change."""
        places = self._rows[self.cursor] if self.cursor < len(self._rows) else (None, None)
        line = next((self._lines[place] for place in reversed(places) if place is not None), None)
        return line if isinstance(line, DiffLine) else None

    @property
    def is_side_by_side(self) -> bool:
        return self.size.width >= SIDE_BY_SIDE if self.sides is None else self.sides

    @work(exclusive=True, group="highlight")
    async def _highlight(self, hunks: tuple[Hunk, ...], language: str) -> None:
        lines = self._lines
        coloured = await asyncio.to_thread(lambda: [highlighted(hunk, language) for hunk in hunks])
        if lines is self._lines:
            flat = iter([line for hunk in coloured for line in hunk])
            places = [place for place, line in enumerate(lines) if isinstance(line, DiffLine)]
            self._colours = {
                place: line for place, line in zip(places, flat, strict=True) if line is not None
            }
            self.refresh()

    # Laying out

    def _lay_out(self) -> None:
        selected = self.selected_line
        self._rows = (
            list(beside(self._lines)) if self.is_side_by_side else [(n, n) for n in range(len(self._lines))]
        )
        gutter = self._digits + 3 if self.is_side_by_side else self._gutter
        width = 2 * (gutter + self._text_width) + 1 if self.is_side_by_side else gutter + self._text_width + 1
        self.virtual_size = Size(width, len(self._rows))
        if selected is not None:
            rows = (row for row, (left, right) in enumerate(self._rows) if selected in self._at(left, right))
            self.cursor = next(rows, 0)
        self.refresh()

    def _at(self, *places: int | None) -> list[object]:
        return [self._lines[place] for place in places if place is not None]

    def on_resize(self) -> None:
        self._lay_out()

    def watch_sides(self) -> None:
        self._lay_out()

    def watch_cursor(self, before: int, now: int) -> None:
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if height and not top <= now < top + height:
            self.scroll_to(y=now - (height - 1 if now > before else 0), animate=False)
        self.refresh()

    # Drawing

    def render_line(self, y: int) -> Strip:
        row = self.scroll_offset.y + y
        if row >= len(self._rows):
            return Strip.blank(self.size.width, self.rich_style)
        left, right = self._rows[row]
        if not self.is_side_by_side or not isinstance(
            self._lines[left if left is not None else right or 0], DiffLine
        ):
            strip = super().render_line(y) if not self.is_side_by_side else self._across(left or 0)
        else:
            strip = self._beside(left, right)
        if row != self.cursor or not self.has_focus:
            return strip
        style = Style(bgcolor=self.get_component_rich_style("diff--cursor").bgcolor)
        return Strip(Segment.apply_style(strip, post_style=style), strip.cell_length)

    def _across(self, place: int) -> Strip:
        """A gap between hunks."""
        gap = self.get_component_rich_style("diff--gap")
        return Strip([Segment("┄" * self.size.width, gap)], self.size.width)

    def _beside(self, left: int | None, right: int | None) -> Strip:
        room = (self.size.width - 1) // 2
        middle = Strip([Segment("│", self.get_component_rich_style("diff--gap"))], 1)
        return Strip.join(
            [self._half(left, room, 0), middle, self._half(right, self.size.width - 1 - room, 1)]
        )

    def _half(self, place: int | None, room: int, side: int) -> Strip:
        line = self._lines[place] if place is not None else None
        if place is None or not isinstance(line, DiffLine):
            return Strip.blank(room, self.get_component_rich_style("diff--absent"))
        kind = {"+": "added", "-": "removed", " ": "same"}[line.sign]
        style = self.get_component_rich_style(f"diff--{kind}")
        number = (line.new if side else line.old) or ""
        gutter = Strip([*self._mark(place, style), *self._number(f"{number:>{self._digits}} ", kind, style)])
        text = Strip(self._text(place, line, kind, style))
        start = self.scroll_offset.x
        room -= gutter.cell_length
        return Strip.join([gutter, text.extend_cell_length(start + room, style).crop(start, start + room)])

    def _numbers(self, place: int, line: DiffLine, kind: str, style: Style) -> Iterator[Segment]:
        yield from self._mark(place, style)
        first, *rest = super()._numbers(place, line, kind, style)
        yield Segment(first.text[1:], first.style)
        yield from rest

    def _number(self, number: str, kind: str, style: Style) -> Iterator[Segment]:
        quiet = self.get_component_rich_style("diff--number")
        yield Segment(number, quiet if kind == "same" else quiet + Style(bgcolor=style.bgcolor))
        sign = {"added": "+ ", "removed": "− ", "same": "  "}[kind]
        yield Segment(sign, style if kind == "same" else self.get_component_rich_style(f"diff--{kind}-sign"))

    def _mark(self, place: int, style: Style) -> Iterator[Segment]:
        """Something was said of the line."""
        if place in self._marked:
            yield Segment("◆", self.get_component_rich_style("diff--mark") + Style(bgcolor=style.bgcolor))
        else:
            yield Segment(" ", Style(bgcolor=style.bgcolor))

    def _text(self, place: int, line: DiffLine, kind: str, style: Style) -> Iterator[Segment]:
        content = self._colours.get(place)
        if content is None or not content:
            yield from super()._text(place, line, kind, style)
            return
        if kind != "same":
            part = self.get_visual_style(f"diff--{kind}-part")
            for start, end in self._spans(place, content.plain):
                content = content.stylize(part, start, end)
        strips = Visual.to_strips(
            self, content, content.cell_length, 1, self.get_visual_style(f"diff--{kind}")
        )
        yield from strips[0] if strips else ()

    # Acts

    def on_click(self, event: events.Click) -> None:
        row = self.scroll_offset.y + event.y
        if row < len(self._rows):
            self.cursor = row

    def action_move(self, rows: int) -> None:
        self.cursor = max(0, min(self.cursor + rows, len(self._rows) - 1))

    def action_page(self, pages: int) -> None:
        self.action_move(pages * max(1, self.scrollable_content_region.height - 1))

    def action_hunk(self, by: int) -> None:
        """To the first changed line of the next run of them, or of the one above."""
        starts = [
            row for row in range(len(self._rows)) if self._is_changed(row) and not self._is_changed(row - 1)
        ]
        ahead = [row for row in starts if (row > self.cursor if by > 0 else row < self.cursor)]
        if ahead:
            self.cursor = ahead[0] if by > 0 else ahead[-1]
        else:
            self.notify(
                "This is the last change of the file." if by > 0 else "This is the first change of the file."
            )

    def _is_changed(self, row: int) -> bool:
        lines = self._at(*self._rows[row]) if row >= 0 else []
        return any(isinstance(line, DiffLine) and line.sign != " " for line in lines)

    def action_toggle_sides(self) -> None:
        self.sides = not self.is_side_by_side


def line_name(line: DiffLine) -> str:
    """What a comment calls a line: ``line 12``, or ``line 12 before`` of one that is gone."""
    return f"line {line.new}" if line.new is not None else f"line {line.old} before"


def beside(lines: Sequence[Any]) -> Iterator[Row]:
    """Rows of two lines beside each other: the removed and the added ones of a run, first by first."""
    removed: list[int] = []
    added: list[int] = []
    for place, line in enumerate([*lines, None]):
        sign = line.sign if isinstance(line, DiffLine) else None
        if sign == "-" and not added:
            removed.append(place)
            continue
        if sign == "+":
            added.append(place)
            continue
        yield from zip_longest(removed, added)
        removed, added = ([place], []) if sign == "-" else ([], [])
        if place < len(lines) and sign != "-":
            yield place, place
