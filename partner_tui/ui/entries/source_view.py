"""The lines of files as they are written: real line numbers, findings marked in the gutter, highlighted when there is time.

Only what is on the screen is drawn, and highlighting is bounded and done in a thread, so that no file is too long to look at.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import chop_cells
from rich.segment import Segment
from textual import work
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from partner_tui.compliance.finding import Severity
from partner_tui.plain import visible
from partner_tui.ui.theme_style import theme_style
from partner_tui.ui.themes import SEVERITY_STYLES
from partner_tui.ui.widgets.side_list import scroll_keys

MAX_LINES = 4000
MAX_HIGHLIGHTED = 96 * 1024
MAX_LINE = 2000


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some lines of a file.

    Args:
        title: The file's name; "" shows no heading.
        file: As findings name it: None is the manifest.
        first: The number of the first line, 1-based.
    """

    title: str
    file: str | None
    first: int
    text: str

    @classmethod
    def of(cls, title: str, file: str | None, first: int, text: str) -> Excerpt:
        """An excerpt made safe to draw and bounded."""
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        safe = [visible(line, MAX_LINE) for line in lines[:MAX_LINES]]
        if len(lines) > MAX_LINES:
            safe.append(f"… {len(lines) - MAX_LINES} more lines")
        return cls(title, file, first, "\n".join(safe))


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the screen: a part of a line; `number` is 0 for headings and continuations."""

    file: str | None
    number: int
    content: Content
    heading: bool = False


class SourceView(ScrollView, can_focus=True):
    """Excerpts below one another."""

    DEFAULT_CSS = """
    SourceView {
        background: $background;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        & > .source--number { color: $foreground 40%; }
        & > .source--target { background: $block-cursor-background; }
        & > .source--heading { color: $foreground 60%; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"source--number", "source--target", "source--heading"}
    BINDINGS = [*scroll_keys("source")]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._excerpts: tuple[Excerpt, ...] = ()
        self._lines: list[Sequence[Content]] = []
        self._marks: Mapping[tuple[str | None, int], Severity] = {}
        self._rows: list[_Row] = []
        self._target: tuple[str | None, int] | None = None
        self._scroll_when_laid_out = False

    def show(self, excerpts: Sequence[Excerpt], marks: Mapping[tuple[str | None, int], Severity]) -> None:
        """Show excerpts, with findings marked by file and line."""
        same = tuple(excerpts) == self._excerpts
        self._marks = marks
        if same:
            self.refresh()
            return
        self._excerpts = tuple(excerpts)
        self._target = None
        self._lines = [[Content(line) for line in excerpt.text.split("\n")] for excerpt in excerpts]
        self.scroll_home(animate=False)
        self._lay_out()
        self._highlight()

    def jump_to(self, file: str | None, line: int) -> None:
        """Mark a line and bring it to the upper third."""
        self._target = (file, line)
        self._scroll_when_laid_out = True
        self._scroll_to_target()
        self.refresh()

    @work(exclusive=True, group="highlight")
    async def _highlight(self) -> None:
        excerpts = self._excerpts
        lines = await asyncio.to_thread(lambda: [_highlighted(excerpt.text) for excerpt in excerpts])
        if excerpts is self._excerpts:
            self._lines = lines
            self._lay_out()

    # Laying out

    @property
    def _digits(self) -> int:
        return max((len(str(e.first + e.text.count("\n"))) for e in self._excerpts), default=1)

    def _lay_out(self) -> None:
        """Cut lines into rows of the width that there is."""
        width = self.scrollable_content_region.width - self._digits - 4
        if width < 8:
            return
        rows: list[_Row] = []
        for excerpt, lines in zip(self._excerpts, self._lines, strict=True):
            if excerpt.title:
                if rows:
                    rows.append(_Row(excerpt.file, 0, Content("")))
                rows.append(_Row(excerpt.file, 0, Content(visible(excerpt.title)), heading=True))
            for number, line in enumerate(lines, start=excerpt.first):
                for place, part in enumerate(_cut(line, width)):
                    rows.append(_Row(excerpt.file, 0 if place else number, part))
        self._rows = rows
        self.virtual_size = Size(0, len(rows))
        if self._scroll_when_laid_out:
            self._scroll_to_target()
        self.refresh()

    def _scroll_to_target(self) -> None:
        height = self.scrollable_content_region.height
        if not self._rows or not height:
            return
        for place, row in enumerate(self._rows):
            if (row.file, row.number) == self._target:
                self.scroll_to(y=max(0, place - height // 3), animate=False, force=True)
                self._scroll_when_laid_out = False

    def on_resize(self) -> None:
        self._lay_out()

    # Drawing

    def render_line(self, y: int) -> Strip:
        place = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if place >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        row = self._rows[place]
        is_target = row.number > 0 and (row.file, row.number) == self._target
        base = self.get_component_rich_style("source--target") if is_target else self.rich_style
        if row.heading:
            style = self.get_component_rich_style("source--heading")
            return Strip([Segment(f" {row.content.plain}", style)]).adjust_cell_length(width, self.rich_style)
        severity = self._marks.get((row.file, row.number)) if row.number else None
        mark = (
            Segment(severity.glyph, base + theme_style(self.app, SEVERITY_STYLES[severity]))
            if severity
            else None
        )
        number = str(row.number) if row.number else ""
        gutter = [
            mark or Segment(" ", base),
            Segment(
                number.rjust(self._digits),
                base + self.get_component_rich_style("source--number", partial=True),
            ),
            Segment("  ", base),
        ]
        code_style = self.get_visual_style("source--target") if is_target else self.visual_style
        code = (
            Visual.to_strips(self, row.content, row.content.cell_length, 1, code_style) if row.content else []
        )
        return Strip([*gutter, *(code[0] if code else ())]).adjust_cell_length(width, base)


def _highlighted(text: str) -> Sequence[Content]:
    """The lines of a text, with the spans of YAML's syntax while it is not too long."""
    from textual.highlight import highlight

    plain = text.split("\n")
    if len(text) <= MAX_HIGHLIGHTED:
        lines = highlight(text, language="yaml").split("\n", allow_blank=True)
        if [line.plain for line in lines] == plain:
            return lines
    return [Content(line) for line in plain]


def _cut(line: Content, width: int) -> list[Content]:
    """A line in parts of at most `width` cells, cut at blanks where there are some, later parts indented with it."""
    parts: list[Content] = []
    text = line.plain
    indent = min(len(text) - len(text.lstrip()) + 2, width // 2)
    room = width
    while line.cell_length > room:
        fitting = room if line.plain.isascii() else len(chop_cells(line.plain, room)[0])
        blank = line.plain.rfind(" ", 0, fitting)
        end = blank + 1 if line.plain[:blank].strip() and blank > fitting // 2 else fitting
        parts.append(_indented(line[:end], indent if parts else 0))
        line = line[end:]
        room = width - indent
    return [*parts, _indented(line, indent if parts else 0)]


def _indented(content: Content, blanks: int) -> Content:
    return content.pad_left(blanks) if blanks else content
