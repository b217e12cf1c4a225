"""A unified diff with line numbers, whose lines are drawn one by one as they scroll into sight.

Where a removed and an added line are nearly the same, what differs in them is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from partner_tui.comparison.hunks import DiffLine, Hunk
from partner_tui.plain import visible
from partner_tui.ui.widgets.side_list import scroll_keys

Span = tuple[int, int]
MAX_LINE = 2_000
MIN_SAME = 0.35
"""The share of two texts that must be the same for their differences to be marked one by one."""
_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")


@lru_cache(maxsize=512)
def emphasis(before: str, after: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The parts of two texts that differ, as ranges of characters; none where hardly anything is the same."""
    old, new = _TOKENS.findall(before[:MAX_LINE]), _TOKENS.findall(after[:MAX_LINE])
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    same = sum(
        len("".join(old[place : place + size]).strip()) for place, _, size in matcher.get_matching_blocks()
    )
    if 2 * same < MIN_SAME * (len(before) + len(after)):
        return (), ()
    changed = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    return _spans(old, [code[1:3] for code in changed]), _spans(new, [code[3:5] for code in changed])


def _spans(tokens: Sequence[str], ranges: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """Ranges of tokens as ranges of characters; those with only blanks between them are one."""
    spans: list[Span] = []
    for first, last in ranges:
        if first == last:
            continue
        start = sum(map(len, tokens[:first]))
        end = start + sum(map(len, tokens[first:last]))
        if spans and not "".join(tokens)[spans[-1][1] : start].strip():
            start = spans.pop()[0]
        spans.append((start, end))
    return tuple(spans)


class DiffLines(ScrollView, can_focus=True):
    """A unified diff; only the lines in sight are drawn."""

    TITLE = "Diff by line"
    DEFAULT_CSS = """
    DiffLines {
        height: 1fr;
        scrollbar-size: 1 1;
        & > .diff--number { color: $foreground 40%; }
        & > .diff--same { color: $foreground 75%; }
        & > .diff--added { background: $success 12%; color: $foreground; }
        & > .diff--removed { background: $error 12%; color: $foreground; }
        & > .diff--added-sign { background: $success 12%; color: $success; text-style: bold; }
        & > .diff--removed-sign { background: $error 12%; color: $error; text-style: bold; }
        & > .diff--added-part { background: $success 38%; color: $foreground; text-style: bold; }
        & > .diff--removed-part { background: $error 38%; color: $foreground; text-style: bold; }
        & > .diff--gap { color: $foreground 30%; }
        & > .diff--file { color: $secondary; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "diff--number",
        "diff--same",
        "diff--added",
        "diff--removed",
        "diff--added-sign",
        "diff--removed-sign",
        "diff--added-part",
        "diff--removed-part",
        "diff--gap",
        "diff--file",
    }
    BINDINGS = [*scroll_keys("diff")]

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: list[DiffLine | str | None] = []
        self._partners: dict[int, int] = {}
        self._digits = 1

    def show(self, hunks: Sequence[Hunk | str]) -> None:
        """Show these hunks from their top, a gap line between two; a text is a heading, such as the path of a file."""
        self._lines = []
        for hunk in hunks:
            if isinstance(hunk, str):
                self._lines.append(hunk)
            else:
                self._lines.extend([None] if self._lines and not isinstance(self._lines[-1], str) else [])
                self._lines.extend(hunk)
        self._partners = partners(self._lines)
        lines = [line for line in self._lines if isinstance(line, DiffLine)]
        self._digits = len(str(max((line.old or line.new or 0 for line in lines), default=0)))
        width = max((cell_len(visible(line.text, MAX_LINE)) for line in lines), default=0)
        self.virtual_size = Size(self._gutter + width + 1, len(self._lines))
        self.scroll_to(0, 0, animate=False)
        self.refresh()

    @property
    def _gutter(self) -> int:
        return 2 * self._digits + 5

    def render_line(self, y: int) -> Strip:
        scroll_x, scroll_y = self.scroll_offset
        place = scroll_y + y
        background = self.rich_style
        if place >= len(self._lines):
            return Strip.blank(self.size.width, background)
        line = self._lines[place]
        if line is None:
            gap = self.get_component_rich_style("diff--gap")
            return Strip([Segment("┄" * self.size.width, gap)], self.size.width)
        if isinstance(line, str):
            heading = Strip([Segment(f" {visible(line)}", self.get_component_rich_style("diff--file"))])
            return heading.extend_cell_length(self.size.width, background).crop(0, self.size.width)
        width = max(self.size.width + scroll_x, self._gutter)
        kind = {"+": "added", "-": "removed", " ": "same"}[line.sign]
        style = self.get_component_rich_style(f"diff--{kind}")
        strip = Strip([*self._numbers(place, line, kind, style), *self._text(place, line, kind, style)])
        return strip.extend_cell_length(width, style).crop(scroll_x, scroll_x + self.size.width)

    def _numbers(self, place: int, line: DiffLine, kind: str, style: Style) -> Iterator[Segment]:
        number = self.get_component_rich_style("diff--number")
        if kind != "same":
            number = number + Style(bgcolor=style.bgcolor)
        digits = self._digits
        yield Segment(f" {line.old or '':>{digits}} {line.new or '':>{digits}} ", number)
        sign = style if kind == "same" else self.get_component_rich_style(f"diff--{kind}-sign")
        yield Segment(line.sign.replace("-", "−") + " ", sign)

    def _text(self, place: int, line: DiffLine, kind: str, style: Style) -> Iterator[Segment]:
        text = visible(line.text, MAX_LINE)
        position = 0
        part = self.get_component_rich_style(f"diff--{kind}-part") if kind != "same" else style
        for start, end in self._spans(place, text):
            yield Segment(text[position:start], style)
            yield Segment(text[start:end], part)
            position = end
        yield Segment(text[position:], style)

    def _spans(self, place: int, text: str) -> tuple[Span, ...]:
        """What differs from the line that stands for this one on the other side."""
        other = self._lines[self._partners[place]] if place in self._partners else None
        if not isinstance(other, DiffLine):
            return ()
        against = visible(other.text, MAX_LINE)
        return emphasis(text, against)[0] if other.sign == "+" else emphasis(against, text)[1]


def partners(lines: Sequence[DiffLine | str | None]) -> dict[int, int]:
    """Which removed line stands for which added one: the first for the first in each run."""
    found: dict[int, int] = {}
    removed: list[int] = []
    added: list[int] = []
    for place, line in enumerate([*lines, None]):
        if isinstance(line, DiffLine) and line.sign == "-":
            removed.append(place)
        elif isinstance(line, DiffLine) and line.sign == "+":
            added.append(place)
        else:
            for one, other in zip(removed, added, strict=False):
                found[one], found[other] = other, one
            removed, added = [], []
    return found
