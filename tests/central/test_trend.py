"""A trend drawn as cells and as SVG."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from partner_tui.central.trend import Point, Trend
from partner_tui.central.trend_chart import commit_at, draw_cells, draw_svg
from partner_tui.compliance.status import Status

DAY = datetime(2024, 3, 1, tzinfo=UTC)


def point(day: int, latest: int = 0, outdated: int = 0, invalid: int = 0, problem: str = "") -> Point:
    counts = {Status.LATEST: latest, Status.OUTDATED: outdated, Status.INVALID: invalid}
    there = {status: number for status, number in counts.items() if number}
    return Point(f"{day:040x}", "Ada", DAY + timedelta(days=day), "Change", there, problem=problem)


def drawn(points: list[Point], count: int, width: int, height: int, selected: int | None = None) -> list[str]:
    lines = draw_cells(points, count, width, height, selected)
    return ["".join(text for text, _ in line).rstrip() for line in lines]


def test_bars_are_told_apart_without_a_colour_and_the_selected_one_is_marked() -> None:
    points = [point(2, latest=8), point(1, problem="It cannot be read."), point(0, outdated=3, invalid=1)]
    assert drawn(points, 3, 20, 6, selected=2) == [
        "8             █████",
        "              █████",
        "  ╳╳╳╳╳       █████",
        "0 ▒▒▒▒▒ !!!!! █████",
        "  ▲",
        "  2024-03-03",
    ]


def test_the_bar_in_a_column_is_of_the_commit_that_is_drawn_there() -> None:
    points = [point(2, latest=8), point(1, problem="It cannot be read."), point(0, outdated=3, invalid=1)]
    found = [commit_at(points, 3, 20, column) for column in range(22)]
    assert found == [None] * 2 + [2] * 6 + [1] * 6 + [0] * 6 + [None] * 2
    assert commit_at(points[:1], 3, 20, 3) is None, "it is not known yet"
    many = [point(day, latest=1, problem="" if day % 2 else "No.") for day in range(39, -1, -1)]
    for column in range(2, 12):  # four commits share one, of which the newest that can be read is drawn
        assert commit_at(many, 40, 12, column) == 40 - 4 * (column - 1)
    assert commit_at([], 0, 20, 5) is None


def test_what_is_not_known_yet_has_its_place() -> None:
    assert drawn([point(3, latest=1)], 4, 10, 3) == ["1       ██", "", "  2024-03-04"]


def test_a_status_that_few_have_has_a_cell() -> None:
    lines = drawn([point(0, latest=200, invalid=1)], 1, 12, 8)
    assert "".join(line[4:5] for line in lines[:6]) == "╳█████"


def test_commits_for_which_there_is_no_room_share_a_bar_which_can_be_read() -> None:
    points = [point(day, latest=day + 1, problem="" if day % 2 else "No.") for day in range(39, -1, -1)]
    points = [one if not one.problem else point(0, problem="No.") for one in points]
    lines = drawn(points, 40, 13, 4)
    assert lines[1] == " 0 ██████████"
    assert lines[-1] == "   2024-04-09"


@pytest.mark.parametrize("size", [(0, 0), (1, 1), (3, 2), (200, 60)])
@pytest.mark.parametrize("count", [0, 1, 5000])
def test_there_is_a_drawing_of_any_size(size: tuple[int, int], count: int) -> None:
    points = [point(day, latest=day % 7, invalid=day % 3) for day in range(count, 0, -1)]
    assert len(draw_cells(points, count, *size)) >= 2
    assert len(draw_svg(Trend("main", points, False, "0.5.14"))) < 300_000


def test_the_picture_loads_nothing_and_shows_what_authors_wrote_as_text() -> None:
    hostile = Point("a" * 40, '<script>"&\x1b[2J', DAY, "</svg>", {Status.LATEST: 2, Status.INVALID: 1})
    svg = draw_svg(Trend("main", [hostile, point(0, outdated=3)], True, "0.5.14.3"))
    tree = ElementTree.fromstring(svg)
    texts = ["".join(one.itertext()) for one in tree.iter() if one.tag.endswith(("text", "title"))]
    assert any("2 latest, 1 invalid" in text and "<script>" in text for text in texts)
    assert "there may be older ones" in texts[0]
    assert texts[-1] == "Judged by bioimageio.spec 0.5.14.3"
    assert "script" not in {one.tag.rpartition("}")[2] for one in tree.iter()}
