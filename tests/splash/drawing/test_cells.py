"""Of a picture in cells it is known where it is seen and what stands on it, for terminals that show the picture itself."""

from __future__ import annotations

import pytest
from PIL import Image

from partner_tui.splash.drawing.cells import Cells

RED = Image.new("RGBA", (10, 8), (255, 0, 0, 255))


def _cells() -> Cells:
    """A picture of 10 x 4 cells at (1, 1), on a canvas of 12 x 6."""
    cells = Cells(12, 6, "#ffffff", "#000000")
    cells.lay(7, 1, 1, 10, 4)
    cells.picture(1, 1, RED)
    return cells


def test_a_picture_that_nothing_covers_is_seen_as_one_box() -> None:
    cells = _cells()
    assert cells.seen(7) == [(1, 1, 10, 4)]
    assert cells.over(7) == []
    assert cells.below(7) == "#000000"


@pytest.mark.parametrize("covers", ["text", "fill"])
def test_what_stands_on_a_picture_is_cut_out_of_it(covers: str) -> None:
    cells = _cells()
    if covers == "text":
        cells.text(3, 2, "two", "#ffffff")
    else:
        cells.fill(3, 2, 3, 1, "#00ff00")
    assert sorted(cells.seen(7)) == [(1, 1, 10, 1), (1, 2, 2, 1), (1, 3, 10, 2), (6, 2, 5, 1)]
    [(x, y, segments)] = cells.over(7)
    assert (x, y, sum(segment.cell_length for segment in segments)) == (3, 2, 3)


def test_a_picture_that_is_left_out_leaves_the_ground_and_the_text() -> None:
    cells = _cells()
    cells.text(3, 2, "two", "#ffffff")
    lines = cells.lines(left_out={7})
    assert [str(segment.style) for segment in lines[1]] == [
        "#ffffff on #000000",
        "#000000 on #000000",
        "#ffffff on #000000",
    ]
    assert [segment.text.strip() for segment in lines[2] if segment.text.strip()] == ["two"]
    assert [str(segment.style) for segment in lines[2] if "two" in segment.text] == ["#ffffff on #ff0000"]
    assert cells.lines() != lines


def test_a_picture_beyond_the_edge_is_seen_as_far_as_there_are_cells() -> None:
    cells = Cells(4, 2, "#ffffff", "#000000")
    cells.lay(1, -2, -1, 5, 2)
    cells.picture(-2, -1, RED)
    assert cells.seen(1) == [(0, 0, 3, 1)]
