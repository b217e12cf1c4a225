"""The HTML in a real browser agrees with the scene: texts, colours, order and places, at three windows; so does the PNG."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from partner_tui.splash.drawing.html import as_html
from partner_tui.splash.drawing.svg import as_png
from partner_tui.splash.scene import make_scene
from partner_tui.splash.scene.blocks import WINDOWS, Area, Picture, Scene, Text, Window
from tests.browser import Browser, browser, needs_browser
from tests.splash.scene.test_classic import CONFIG
from tests.splash.scene.test_other_views import entries

pytestmark = needs_browser

LONG = "An open collection of models, training data and notebooks for user-friendly segmentation of plants"
FEATURES = ["Models that run on a laptop", "Plant data with open licenses " * 4, "Muñoz — ½ µm, Ωλ, Жук"]
CASES: dict[str, dict[str, Any]] = {
    "whole": {},
    "long": {
        "splash_subtitle": LONG,
        "splash_feature_list": FEATURES,
        "splash_title": "Microscopy Meadow " * 3,
    },
    "bare": {"splash_title": None, "about_url": None, "background_image": None, "splash_feature_list": None},
    "40 features": {"splash_feature_list": [f"Feature {number}" for number in range(40)]},
}
LOW = Window(1366, 700)
PICTURE = Image.new("RGBA", (300, 100), (0, 120, 0, 255))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browser(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


def opened(page: Browser, scene: Scene, window: Window, folder: Path) -> None:
    path = folder / "page.html"
    path.write_text(as_html(scene, lambda _: PICTURE), "utf-8")
    page.open(path, window.width, window.height)


@pytest.mark.parametrize("window", [*WINDOWS, LOW], ids=str)
@pytest.mark.parametrize("case", CASES)
def test_the_browser_lays_the_classic_page_out_as_the_scene(
    page: Browser, tmp_path: Path, case: str, window: Window
) -> None:
    # One file for every window: it is made for the first of them.
    opened(page, make_scene("classic", CONFIG | CASES[case], (), WINDOWS[0]), window, tmp_path)
    found, scene = page.elements(), make_scene("classic", CONFIG | CASES[case], (), window)
    shown = {name for name, element in found.items() if element.shown}
    expected = {block.name for block in scene.blocks}
    assert {name for name in expected ^ shown if not name.startswith("logo")} == set()
    for block in scene.blocks:
        element = found[block.name]
        if block.name not in ("navbar-text",) and not block.name.endswith("-text"):
            place = (block.box.x, block.box.y, block.box.width, block.box.height)
            assert element.box == pytest.approx(place, abs=1.0), block.name
        match block:
            case Text():
                assert element.text.split() == block.whole.split(), block.name
                assert element.size == pytest.approx(block.style.size)
                assert element.color == _rgb(block.style.color)
            case Area():
                assert element.ground == _rgb(block.color)
            case Picture():
                assert float(element.opacity) == block.opacity
    order = [name for name in found if name in expected]
    by_place = sorted((scene[name].box.y, scene[name].box.x, name) for name in order if _is_read(name))
    assert [name for name in order if _is_read(name)] == [name for _, _, name in by_place]


@pytest.mark.parametrize("view", ["today", "cards"])
def test_the_browser_keeps_the_places_of_the_other_views(page: Browser, tmp_path: Path, view: Any) -> None:
    config = CONFIG | {"docs": "https://example.org/docs", "icon": "https://example.org/icon.png"}
    scene = make_scene(view, config, entries(), WINDOWS[1])
    opened(page, scene, WINDOWS[1], tmp_path)
    found = page.elements()
    for block in scene.blocks:
        place = (block.box.x, block.box.y, block.box.width, block.box.height)
        assert found[block.name].box == pytest.approx(place, abs=0.6), block.name
        if isinstance(block, Text):
            assert found[block.name].text.split() == block.whole.split()


@pytest.mark.slow
@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_the_png_is_what_the_browser_paints(page: Browser, tmp_path: Path, window: Window) -> None:
    """But for the edges of letters, and the site's giraffe, which is of whatever font the system has."""
    scene = make_scene("classic", CONFIG | CASES["long"], (), window)
    opened(page, scene, window, tmp_path)
    with (
        Image.open(io.BytesIO(page.screenshot())) as one,
        Image.open(io.BytesIO(as_png(scene, lambda _: PICTURE))) as two,
    ):
        painted, drawn = one.convert("RGB"), two.convert("RGB")
    assert painted.size == drawn.size
    box = (0, 64, window.width, window.height)
    small = [
        image.crop(box).resize((window.width // 8, window.height // 8), Image.Resampling.BOX)
        for image in (painted, drawn)
    ]
    difference = ImageChops.difference(*small).convert("L").histogram()
    off = sum(difference[48:])
    assert off <= sum(difference) * 0.002, f"{off} of {sum(difference)} squares differ"


def _is_read(name: str) -> bool:
    return name in ("title", "subtitle") or (
        name.startswith(("feature-", "button-")) and not name.endswith("-text")
    )


def _rgb(color: str) -> str:
    return "rgb({}, {}, {})".format(*(int(color[place : place + 2], 16) for place in (1, 3, 5)))
