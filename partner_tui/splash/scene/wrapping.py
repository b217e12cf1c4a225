"""Lines of a text, broken where a browser breaks them: at blanks, after hyphens, beside wide characters, in long words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache

from rich.cells import cell_len, get_character_cell_size

from partner_tui.plain import ELLIPSIS
from partner_tui.splash.scene.font import text_width

Width = Callable[[str], float]

_AFTER_HYPHEN = re.compile(r"(?<=\w[-‐–—])(?=\w)")


@lru_cache(maxsize=1024)
def wrap_pixels(text: str, size: float, weight: int, room: float) -> tuple[str, ...]:
    """Lines of at most `room` CSS pixels."""
    return wrap(text, room, lambda line: text_width(line, size, weight))


def wrap_cells(text: str, room: int) -> tuple[str, ...]:
    """Lines of at most `room` cells."""
    return wrap(text, max(2, room), cell_len)


def wrap(text: str, room: float, width: Width) -> tuple[str, ...]:
    """Lines no wider than `room`, but for single characters that are; none for an empty text."""
    lines: list[str] = []
    line = ""
    for blank, piece in _pieces(text):
        longer = f"{line}{blank}{piece}" if line else piece
        if width(longer) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        line = piece
        while width(line) > room and len(line) > 1:
            head = _fitting(line, room, width)
            if head == len(line):
                break
            lines.append(line[:head])
            line = line[head:]
    return (*lines, line) if line else tuple(lines)


def clip(text: str, room: float, width: Width = cell_len) -> str:
    """The text on one line, cut off with an ellipsis where it is wider than `room`; empty where nothing fits."""
    if width(text) <= room:
        return text
    count = bisect_right(range(len(text)), room, key=lambda length: width(text[:length] + ELLIPSIS)) - 1
    return text[:count].rstrip() + ELLIPSIS if count >= 0 else ""


def clip_lines(lines: tuple[str, ...], most: int, room: float, width: Width = cell_len) -> tuple[str, ...]:
    """The first lines; the last one ends in an ellipsis where more follow."""
    if len(lines) <= most:
        return lines
    return (*lines[: most - 1], clip(f"{lines[most - 1]} {lines[most]}", room, width))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """What stays together, each with the blank before it."""
    for word in text.split():
        blank = " "
        for part in _AFTER_HYPHEN.split(word):
            for piece in _around_wide(part):
                yield blank, piece
                blank = ""


def _around_wide(word: str) -> Iterator[str]:
    """A word cut before and after every wide character; signs without a width stay at what they follow."""
    piece, after_wide = "", False
    for character in word:
        cells = get_character_cell_size(character)
        if piece and cells and (cells == 2 or after_wide) and piece[-1] != "\u200d":
            yield piece
            piece = ""
        piece += character
        after_wide = cells == 2 or (after_wide and not cells)
    if piece:
        yield piece


def _fitting(word: str, room: float, width: Width) -> int:
    """How many characters of a long word fit; at least one, and never less than a character with its signs."""
    count = max(1, bisect_right(range(len(word) + 1), room, key=lambda length: width(word[:length])) - 1)
    while count < len(word) and get_character_cell_size(word[count]) == 0:
        count += 1
    return count
