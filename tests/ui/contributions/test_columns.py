"""A row of the list has the columns that its width has room for, each below its heading, on one line or on two."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from rich.cells import cell_len

from partner_tui.contributions.arrived import Arrival
from partner_tui.contributions.contribution import Contribution, State
from partner_tui.contributions.on_forge import PullRequest
from partner_tui.contributions.summary import Summary
from partner_tui.ui.contributions import row_lines
from partner_tui.ui.contributions.columns import GAP, INDENT, lay_out
from partner_tui.ui.contributions.row_lines import draw_heading, draw_row
from partner_tui.workspace.contributions.listed import Row

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ONE = Contribution(
    "12", "pull", "a" * 40, "Bramble Reed", NOW - timedelta(days=9), "A title", State.UNKNOWN, ""
)
SUMMARY = Summary(1, 0, 2, 3, 0, 1, "entries", touches=("workflow", "docs"))
ROW = Row(ONE, SUMMARY)
PULL = PullRequest(
    "12", "A title", "bramble", "", "open", True, ("new",), "b" * 40, "", "failure", ("bo approved",)
)
BOT = Arrival("c" * 40, "commit", "c" * 40, "ci[bot]", NOW, "Refresh", State.ARRIVED, "", by_bot=True)
HOSTILE = replace(
    ONE, author="\x1b[2J[b]x[/b]", title="[red]\x1b]0;gone\x07 \u202eeltit 標題" * 9, name="x/\x1b[1m" * 9
)


@pytest.fixture(autouse=True)
def _fixed_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_lines, "now", lambda: NOW)


def headings(row: Row, width: int, *, is_alone: bool) -> list[list[str]]:
    return [[one.heading for one in line] for line in lay_out([row], width, is_alone=is_alone)]


@pytest.mark.parametrize(
    ("row", "width", "is_alone", "expected"),
    [
        (ROW, 118, False, ["# Title Author Age Entries Findings Also-touches Merges"]),
        (ROW, 90, False, ["# Title Author Age Entries Findings Merges"]),
        (ROW, 70, False, ["# Title Age Entries Findings Merges"]),
        (replace(ROW, verdict="declined"), 70, False, ["# Title Entries Findings Merges Verdict"]),
        (
            replace(ROW, pull=PULL),
            150,
            False,
            ["# Title Author Age Entries Findings Also-touches Merges Forge"],
        ),
        (ROW, 50, False, ["# Title Age", "Merges Entries Findings Author"]),
        (ROW, 76, True, ["# Title Age", "Merges Entries Findings Also-touches Author"]),
        (replace(ROW, pull=PULL), 76, True, ["# Title Age", "Merges Entries Findings Also-touches Forge"]),
        (
            replace(ROW, verdict="declined"),
            96,
            True,
            ["# Title Age Verdict", "Merges Entries Findings Also-touches Author"],
        ),
        (ROW, 20, True, ["# Title", "Merges Author"]),
    ],
)
def test_the_columns_that_fit(row: Row, width: int, is_alone: bool, expected: list[str]) -> None:
    found = [
        " ".join(one.replace(" ", "-") for one in line) for line in headings(row, width, is_alone=is_alone)
    ]
    assert found == expected


@pytest.mark.parametrize(
    "row",
    [
        ROW,
        Row(ONE),
        Row(BOT, replace(SUMMARY, added=0, removed=0, errors=0, resolved=0, touches=())),
        replace(ROW, pull=PULL, verdict="changes requested, then updated"),
        Row(HOSTILE, replace(SUMMARY, readable=False), "in review"),
    ],
)
@pytest.mark.parametrize(
    ("width", "is_alone"), [(20, True), (30, False), (76, True), (70, False), (118, False)]
)
def test_every_cell_is_below_its_heading_and_within_the_width(row: Row, width: int, is_alone: bool) -> None:
    layout = lay_out([row], width, is_alone=is_alone)
    drawn = draw_row(row, layout)
    assert max(cell_len(line) for line in drawn.plain.split("\n")) <= width
    assert not set(drawn.plain) & set("\x1b\x07\u202e")
    for lines in (drawn, draw_heading(layout, ("merges", True))):
        assert len(lines.split("\n")) == len(layout)
    for index, line in enumerate(drawn.split("\n")):
        at = INDENT * index
        for column in layout[index][:-1]:
            at += column.width + GAP
            assert line.truncate(at, pad=True).plain.endswith(" " * GAP), (column.key, line.plain)


def test_a_heading_says_what_is_sorted_by_and_is_a_place_to_click() -> None:
    layout = lay_out([ROW], 118, is_alone=False)
    heading = draw_heading(layout, ("entries", True))
    assert "Entries ▾" in heading.plain and "▴" not in heading.plain
    clicked = [
        span.style.meta.get("column")
        for span in heading.spans
        if not isinstance(span.style, str) and span.style.meta
    ]
    assert clicked == [column.key for line in layout for column in line]


def test_nothing_moves_when_more_is_known() -> None:
    for width, is_alone in ((118, False), (70, False), (76, True)):
        assert lay_out([Row(ONE)], width, is_alone=is_alone) == lay_out([ROW], width, is_alone=is_alone)
