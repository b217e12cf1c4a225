"""What is drawn in cells: the whole pane and no more, with pictures, and nothing that steers the terminal."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image
from rich.cells import cell_len

from partner_tui.splash.drawing.cells import Cells
from partner_tui.splash.drawing.terminal import as_ansi, as_text, draw_cells
from partner_tui.splash.scene import make_scene
from partner_tui.splash.scene.blocks import VIEWS, Pane
from tests.splash.scene.test_classic import CONFIG, EDGE
from tests.splash.scene.test_other_views import entries

PICTURE = Image.new("RGBA", (300, 100), (0, 120, 0, 255))


@pytest.mark.parametrize("size", [(1, 1), (8, 3), (40, 8), (78, 12), (200, 60)])
@pytest.mark.parametrize("view", VIEWS)
def test_any_pane_is_filled_to_its_edges_and_no_further(view: Any, size: tuple[int, int]) -> None:
    for config in EDGE.values():
        scene = make_scene(view, CONFIG | config, entries(), Pane(*size))
        rows = draw_cells(scene, lambda picture: PICTURE).lines()
        assert len(rows) == scene.height
        assert all(sum(segment.cell_length for segment in row) == size[0] for row in rows)


def test_the_text_has_the_parts_in_their_order() -> None:
    lines = as_text(make_scene("classic", CONFIG, (), Pane(70, 22, letters=False))).split("\n")
    order = ["BioImage.IO | Meadow", "Microscopy Meadow", "Models and data", "• Fast", "• Free", "About"]
    places = [next(y for y, line in enumerate(lines) if part in line) for part in order]
    assert places == sorted(places)
    assert "Start Exploring" in lines[places[-1]]
    assert "Meadow   bioimageio" in lines[20]


def test_control_characters_are_drawn_as_signs() -> None:
    for view in VIEWS:
        text = as_text(make_scene(view, CONFIG | EDGE["hostile"], entries(), Pane(80, 24)))
        assert not {"\x1b", "\u202e", "\x07"} & set(text)


def test_escape_codes_of_a_drawing_set_colours_alone() -> None:
    scene = make_scene("classic", CONFIG | EDGE["hostile"], (), Pane(80, 24))
    drawn = as_ansi(scene, lambda picture: PICTURE)
    rest = drawn
    while "\x1b" in rest:
        before, _, after = rest.partition("\x1b[")
        codes, end, rest = after.partition("m")
        assert end and set(codes) <= set("0123456789;")
        assert "\x1b" not in before
    assert drawn.count("\n") == 24
    assert "38;2;255;255;255" in drawn and "48;2;33;150;243" in drawn


def test_a_picture_is_two_pixels_a_cell_over_what_is_there() -> None:
    cells = Cells(2, 1, "#ffffff", "#000000")
    image = Image.new("RGBA", (2, 2), (255, 0, 0, 255))
    image.putpixel((0, 1), (0, 0, 0, 0))
    cells.picture(0, 0, image)
    assert cells.plain() == "▀"
    left, right = cells.lines()[0]
    assert (left.style.color.name, left.style.bgcolor.name) == ("#ff0000", "#000000")  # type: ignore[union-attr]
    assert right.style.bgcolor.name == "#ff0000"  # type: ignore[union-attr]


def test_the_background_is_at_the_bottom_right() -> None:
    config = CONFIG | {"logo": None}
    cells = draw_cells(make_scene("classic", config, (), Pane(100, 30)), lambda picture: PICTURE)
    green = [(x, y) for y, row in enumerate(cells.lines()) for x in _columns(row, "#")]
    assert green
    assert min(x for x, _ in green) >= 45 and max(y for _, y in green) == 26


def _columns(row: Any, mark: str) -> list[int]:
    """The columns whose ground is greener than blue."""
    found: list[int] = []
    x = 0
    for segment in row:
        ground = segment.style.bgcolor.name
        if ground.startswith(mark) and int(ground[3:5], 16) > int(ground[5:7], 16):
            found.extend(range(x, x + cell_len(segment.text)))
        x += cell_len(segment.text)
    return found
