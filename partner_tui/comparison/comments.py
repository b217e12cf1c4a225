"""Finds the comments that a merge would lose: data is checked value by value, and comments are not data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from partner_tui.manifest.text.comments import comments_between
from partner_tui.manifest.text.document import Document


def lost_comments(base: Document, ours: Document, theirs: Document, result: Document) -> tuple[str, ...]:
    """The comments that a side wrote, or that both kept, and that the result does not have."""
    before, mine, other, made = (Counter(_comments(one)) for one in (base, ours, theirs, result))
    wanted = {
        line: max(mine[line] - before[line], other[line] - before[line], min(mine[line], other[line]))
        for line in mine | other
    }
    return tuple(line for line, count in wanted.items() if made[line] < count)


def _comments(document: Document) -> Iterator[str]:
    return (text for _, text in comments_between(document.layout, document.root, 0, len(document.text)))
