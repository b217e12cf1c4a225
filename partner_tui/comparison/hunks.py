"""A unified diff as values: hunks of lines that know their numbers on both sides.

Git makes every diff (see repository/commits/diff.py); here it is only read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

Sign: TypeAlias = Literal["+", "-", " "]
CONTEXT_LINES = 3
_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of a unified diff; its numbers are 1-based, None on the side that does not have it."""

    sign: Sign
    old: int | None
    new: int | None
    text: str


Hunk: TypeAlias = tuple[DiffLine, ...]


def read_diff(diff: str) -> tuple[Hunk, ...]:
    """The hunks of a unified diff of one file; header lines are passed over."""
    hunks: list[list[DiffLine]] = []
    old = new = 0
    for line in diff.split("\n"):
        if match := _HUNK.match(line):
            # An empty side is said to start at the line before it.
            old = int(match[1]) + (match[2] == "0")
            new = int(match[3]) + (match[4] == "0")
            hunks.append([])
        elif not hunks or not line:
            continue
        elif line[0] == "+":
            hunks[-1].append(DiffLine("+", None, new, line[1:]))
            new += 1
        elif line[0] == "-":
            hunks[-1].append(DiffLine("-", old, None, line[1:]))
            old += 1
        elif line[0] == " ":
            hunks[-1].append(DiffLine(" ", old, new, line[1:]))
            old, new = old + 1, new + 1
    return tuple(map(tuple, hunks))


def around(hunk: Hunk, wanted: Collection[DiffLine]) -> Iterator[Hunk]:
    """The parts of a hunk that are near some of its lines."""
    near: set[int] = set()
    for place, line in enumerate(hunk):
        if line in wanted:
            near.update(range(max(0, place - CONTEXT_LINES), min(len(hunk), place + CONTEXT_LINES + 1)))
    part: list[DiffLine] = []
    for place, line in enumerate(hunk):
        if place in near:
            part.append(line)
        elif part:
            yield tuple(part)
            part = []
    if part:
        yield tuple(part)
