"""The columns of the list of contributions: which ones a width has room for, on one line or on two, and how wide each is.

The rule: a width depends on the space and on what is known from the start, never on what a review finds later, so that
nothing moves while the list fills.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len

from partner_tui.plain import visible
from partner_tui.ui.review.about import number
from partner_tui.workspace.contributions.listed import Row

GAP = 2
"""Between columns, in cells."""
LEAST_TITLE = 20
"""Cells that a title keeps: columns go before it is narrower."""
LEAST_TABLE = 64
"""From this width on, in cells, a row is one line; below it has two."""
INDENT = 2
"""Of a second line, in cells."""
LEAST_LAST = 8
"""Cells that the title, and what is at the end of a second line, keep there."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column.

    Attributes:
        key: Of `listed.ORDERS`, which sorts by it.
        width: In cells; 0 has what the others leave of its line.
    """

    key: str
    heading: str
    width: int = 0


NUMBER, TITLE = ListColumn("number", "#"), ListColumn("title", "Title")
AUTHOR, AGE = ListColumn("author", "Author", 14), ListColumn("age", "Age", 5)
ENTRIES, FINDINGS = ListColumn("entries", "Entries", 10), ListColumn("findings", "Findings", 9)
TOUCHES, MERGES = ListColumn("touches", "Also touches", 15), ListColumn("merges", "Merges", 10)
FORGE, VERDICT = ListColumn("forge", "Forge", 16), ListColumn("verdict", "Verdict", 9)
COLUMNS = (NUMBER, TITLE, AUTHOR, AGE, ENTRIES, FINDINGS, TOUCHES, MERGES, FORGE, VERDICT)
_FIRST_TO_GO = (FORGE.key, TOUCHES.key, AUTHOR.key, AGE.key)

Layout = tuple[tuple[ListColumn, ...], ...]
"""The columns of each line of a row, from the left."""


def lay_out(rows: Sequence[Row], width: int, *, is_alone: bool) -> Layout:
    """Share a width, in cells, among the columns.

    Args:
        is_alone: Whether the list has the whole of a narrow screen: its rows are two lines, and nothing is left out.
    """
    if is_alone or width < LEAST_TABLE:
        return _two_lines(rows, width)
    columns = _wanted(rows, width // 7)
    for key in (*_FIRST_TO_GO, ""):
        if _left(columns, width) >= LEAST_TITLE:
            break
        columns = [column for column in columns if column.key != key]
    return (_filled(columns, width),)


def _two_lines(rows: Sequence[Row], width: int) -> Layout:
    """What it is on the first line; indented below, what is known of it by now."""
    columns = {column.key: column for column in _wanted(rows, width // 3)}
    first = [columns[key] for key in (NUMBER.key, TITLE.key, AGE.key, VERDICT.key) if key in columns]
    while _left(first, width) < LEAST_LAST and len(first) > 2:
        first.pop()
    second, last = [MERGES, ENTRIES, FINDINGS, TOUCHES], replace(columns.get(FORGE.key, AUTHOR), width=0)
    while _left([*second, last], width - INDENT) < LEAST_LAST and len(second) > 1:
        second.pop()
    return _filled(first, width), _filled([*second, last], width - INDENT)


def _wanted(rows: Sequence[Row], longest_name: int) -> list[ListColumn]:
    """The columns that have something in them, for the names and verdicts that there are."""
    names = max((cell_len(number(row.one)) for row in rows), default=0)
    verdicts = max((cell_len(visible(row.verdict)) for row in rows), default=0)
    empty = {VERDICT.key} if not verdicts else set()
    if not any(row.pull for row in rows):
        empty.add(FORGE.key)
    columns = [column for column in COLUMNS if column.key not in empty]
    columns[0] = replace(NUMBER, width=2 + max(3, min(names, longest_name)))
    return columns


def _left(columns: Sequence[ListColumn], width: int) -> int:
    """What columns and the gaps between them leave of a line."""
    return width - sum(column.width for column in columns) - GAP * (len(columns) - 1)


def _filled(columns: Sequence[ListColumn], width: int) -> tuple[ListColumn, ...]:
    left = max(1, _left(columns, width))
    return tuple(column if column.width else replace(column, width=left) for column in columns)
