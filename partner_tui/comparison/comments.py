"""Finds the comments that a merge would lose: data is checked value by value, and comments are not data."""

from __future__ import annotations

from collections import Counter


def lost_comments(base: str, ours: str, theirs: str, result: str) -> tuple[str, ...]:
    """The comments on lines of their own that a side wrote, or that both kept, and that the result does not have."""
    before, mine, other, made = (Counter(_comments(text)) for text in (base, ours, theirs, result))
    wanted = {
        line: max(mine[line] - before[line], other[line] - before[line], min(mine[line], other[line]))
        for line in mine | other
    }
    return tuple(line for line, count in wanted.items() if made[line] < count)


def _comments(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.lstrip().startswith("#")]
