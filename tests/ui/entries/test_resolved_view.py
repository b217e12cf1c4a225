"""A long value is shown up to a number of lines, and how many more there are."""

from __future__ import annotations

import pytest

from partner_tui.ui.entries.resolved_view import MAX_LINES, readable


@pytest.mark.parametrize(
    ("count", "last"),
    [
        (MAX_LINES, f"line {MAX_LINES}"),
        (MAX_LINES + 1, "… 1 more line"),
        (MAX_LINES + 7, "… 7 more lines"),
    ],
)
def test_how_many_lines_are_left_out_is_said_where_some_are(count: int, last: str) -> None:
    text = "\n".join(f"line {number}" for number in range(1, count + 1))
    shown = readable(text).split("\n")
    assert shown[:MAX_LINES] == text.split("\n")[:MAX_LINES]
    assert shown[-1] == last
    assert len(shown) == min(count, MAX_LINES + 1)
