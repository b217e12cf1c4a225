"""What the preview draws in cells: the site's layout at any size, and nothing that steers the terminal."""

from __future__ import annotations

import pytest
from PIL import Image

from partner_tui.splash.scene import classic_scene, today_scene
from partner_tui.ui.splash.classic import big_letters, paint_classic, wrap
from partner_tui.ui.splash.current import paint_today
from partner_tui.ui.widgets.cells import Cells

CONFIG = {
    "id": "meadow",
    "name": "Meadow",
    "splash_title": "Meadow",
    "splash_subtitle": "Models and data for everything that grows",
    "splash_feature_list": ["Fast", "Free"],
    "explore_button_text": "Start Exploring",
    "about_url": "https://example.org",
    "background_image": "a.png",
    "icon": "https://example.org/icon.png",
    "docs": "https://example.org/docs",
    "resource_types": ["model"],
}
PICTURE = Image.new("RGBA", (300, 100), (0, 120, 0, 255))


def test_the_classic_splash_has_the_parts_of_the_site_in_their_order() -> None:
    lines = paint_classic(classic_scene(CONFIG), 70, 22, {"a.png": PICTURE}).plain().split("\n")
    order = ["BioImage.IO | Meadow", "Models and data", "• Fast", "• Free", "About", "Meadow"]
    places = [next(y for y, line in enumerate(lines) if part in line) for part in order[:-1]]
    assert places == sorted(places)
    assert "Start Exploring" in lines[places[-1]]
    assert lines[-2].strip() == "Meadow"


@pytest.mark.parametrize("size", [(1, 1), (8, 3), (40, 8), (78, 12), (200, 60)])
def test_any_window_is_filled_to_its_edges_and_no_further(size: tuple[int, int]) -> None:
    long = {
        **CONFIG,
        "splash_subtitle": "word " * 300,
        "splash_feature_list": ["x" * 500] * 200,
        "name": "漢字" * 40,
    }
    pictures = {"a.png": PICTURE, "https://example.org/icon.png": PICTURE}
    for cells in (
        paint_classic(classic_scene(long), *size, pictures),
        paint_today(today_scene(long), *size, pictures),
        paint_classic(classic_scene({}), *size, {}),
        paint_today(today_scene({}), *size, {}),
    ):
        strips = cells.strips()
        assert len(strips) == size[1]
        assert all(sum(segment.cell_length for segment in strip) == size[0] for strip in strips)


def test_control_characters_are_drawn_as_signs() -> None:
    config = {
        key: "a\x1b[31mb\u202ec" for key in CONFIG if key not in ("splash_feature_list", "resource_types")
    }
    config |= {"splash_feature_list": ["\x07"]}  # type: ignore[dict-item]
    drawn = (
        paint_classic(classic_scene(config), 80, 24, {}).plain()
        + paint_today(today_scene(config), 80, 24, {}).plain()
    )
    assert not {"\x1b", "\u202e", "\x07"} & set(drawn)


def test_a_picture_is_two_pixels_a_cell_over_what_is_there() -> None:
    cells = Cells(2, 1, "#ffffff", "#000000")
    image = Image.new("RGBA", (2, 2), (255, 0, 0, 255))
    image.putpixel((0, 1), (0, 0, 0, 0))
    cells.picture(0, 0, image)
    assert cells.plain() == "▀"
    left, right = next(iter(cells.strips()))
    assert (left.style.color.name, left.style.bgcolor.name) == ("#ff0000", "#000000")  # type: ignore[union-attr]
    assert right.style.bgcolor.name == "#ff0000"  # type: ignore[union-attr]


def test_the_title_is_as_large_as_there_is_room_for() -> None:
    small, large = big_letters("Meadow", 90, 30, 13), big_letters("Meadow", 400, 60, 26)
    assert small and large
    assert len(small) < len(large)
    assert big_letters("Meadow", 20, 30, 13) is None
    assert big_letters("漢字", 400, 60, 13) is None


def test_text_is_wrapped_at_blanks_and_a_long_word_anywhere() -> None:
    assert wrap("one two three", 7) == ["one two", "three"]
    assert "".join(wrap("x" * 30, 8)) == "x" * 30
    assert wrap("", 8) == []
