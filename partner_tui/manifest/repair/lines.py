"""The lines of a file that does not parse, and one step that changes some of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

Lines: TypeAlias = tuple[str, ...]
"""The lines of a file without their line breaks; they are counted from 0 here."""

LOOK_BACK = 12  # lines that a search for neighbours goes back
_LONGEST_BLOCK = 500
_BLOCK_HEADER = re.compile(r"(?:^|[\s:-])[|>][-+0-9]*[ \t]*(?:#.*)?$")


@dataclass(frozen=True, slots=True)
class RepairStep:
    """One thing done to a file.

    Attributes:
        title: In words, lines counted from 1.
        lines: The new text of each line that changes, by its number from 0.
        expected: Whether the format wants exactly this here, rather than that it would merely parse.
    """

    title: str
    lines: Mapping[int, str]
    expected: bool = False

    def done(self, lines: Lines) -> Lines:
        changed = list(lines)
        for number, line in self.lines.items():
            changed[number] = line
        return tuple(changed)


def where(numbers: Collection[int]) -> str:
    """Lines as titles name them: "line 3", or "lines 3 to 5"."""
    first, last = min(numbers) + 1, max(numbers) + 1
    return f"line {first}" if first == last else f"lines {first} to {last}"


def indent(line: str) -> int:
    """Blanks and tabs before the first character."""
    return len(line) - len(line.lstrip(" \t"))


def is_filled(line: str) -> bool:
    """Whether a line says something: not blank, no comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def filled_before(lines: Lines, line: int, number: int) -> list[int]:
    """The nearest filled lines above one, nearest first."""
    return [at for at in range(line - 1, max(-1, line - 1 - LOOK_BACK), -1) if is_filled(lines[at])][:number]


def block(lines: Lines, first: int, least: int) -> tuple[int, ...]:
    """A line and the lines behind it that begin at a column or further in; blank ones at its end left out.

    A block of more than `_LONGEST_BLOCK` lines is none: the line alone is given.
    """
    last = first
    for number in range(first + 1, len(lines)):
        if lines[number].strip():
            if indent(lines[number]) < least:
                break
            last = number
            if last - first > _LONGEST_BLOCK:
                return (first,)
    return tuple(range(first, last + 1))


def in_text_block(lines: Lines, number: int) -> bool:
    """Whether a line is text of a block (`|` or `>`) that a line above begins."""
    for at in range(number - 1, -1, -1):
        if is_filled(lines[at]) and indent(lines[at]) < indent(lines[number]):
            return bool(_BLOCK_HEADER.search(lines[at]))
    return False
