"""The classic page laid out: the site's figures, its order, and nothing that is wider than its place."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from rich.cells import cell_len

from partner_tui.splash.scene import make_scene
from partner_tui.splash.scene.blocks import WINDOWS, Area, Letters, Pane, Picture, Scene, Size, Text, Window
from partner_tui.splash.scene.font import text_width

CONFIG: dict[str, Any] = {
    "id": "meadow",
    "name": "Meadow",
    "splash_title": "Microscopy Meadow",
    "splash_subtitle": "Models and data for everything that grows",
    "splash_feature_list": ["Fast", "Free"],
    "explore_button_text": "Start Exploring",
    "about_url": "https://example.org",
    "background_image": "https://example.org/a.png",
    "logo": "https://example.org/logo.png",
    "resource_types": ["model"],
    "default_type": "model",
}
EDGE: dict[str, dict[str, Any]] = {
    "whole": {},
    "no title": {"splash_title": None},
    "nothing": dict.fromkeys(CONFIG),
    "40 features": {"splash_feature_list": [f"Feature {number}" for number in range(40)]},
    "null features": {"splash_feature_list": [None, None]},
    "emoji logo": {"logo": "🌱"},
    "right to left": {"splash_title": "מיקרוסקופיה", "splash_subtitle": "نماذج وبيانات لكل ما ينمو " * 8},
    "wide": {"splash_title": "漢字" * 60, "splash_subtitle": "顕微鏡の草原" * 30, "name": "漢字" * 30},
    "300 characters": {"splash_subtitle": "word " * 60},
    "one word": {"splash_title": "x" * 200, "splash_feature_list": ["y" * 300]},
    "hostile": {
        key: "a\x1b[31m\x07b\u202ec</script><b>&amp;[red]" for key in CONFIG if key != "splash_feature_list"
    }
    | {"splash_feature_list": ["\x1b]0;x\x07"]},
}
SIZES: tuple[Size, ...] = (
    *WINDOWS,
    Window(240, 240),
    Pane(120, 36),
    Pane(60, 20, WINDOWS[-1]),
    Pane(20, 8),
    Pane(1, 1),
    Pane(200, 60, WINDOWS[1]),
)


PARTNERS = (
    {"id": "fern", "name": "Fern", "logo": "https://example.org/fern.png"},
    {"id": "moss", "name": "Moss"},
)


def classic(size: Size, **config: Any) -> Scene:
    return make_scene("classic", CONFIG | config, (), size, partners=PARTNERS)


def shown(scene: Scene) -> list[str]:
    return [block.name for block in sorted(scene.texts, key=lambda block: (block.box.y, block.box.x))]


@pytest.mark.parametrize("size", [WINDOWS[0], WINDOWS[1], WINDOWS[-1], Pane(120, 36)], ids=str)
def test_the_parts_are_in_the_sites_order(size: Size) -> None:
    names = [name for name in shown(classic(size)) if not name.startswith("logo")]
    expected = [
        "navbar-text",
        "title",
        "subtitle",
        "feature-1",
        "feature-2",
        "button-1-text",
        "button-2-text",
    ]
    assert names == expected


def test_the_figures_are_the_sites() -> None:
    scene = classic(Window(1920, 1080))
    title, subtitle, feature = scene["title"], scene["subtitle"], scene["feature-1"]
    assert isinstance(title, Text) and isinstance(subtitle, Text) and isinstance(feature, Text)
    assert (title.style.size, title.style.color) == (64, "#ffffff")
    assert (subtitle.style.size, subtitle.style.color) == (32, "#e9f5fe")
    assert (feature.style.size, feature.bullet) == (24, True)
    assert feature.box.x == title.box.x + 30
    hero, background, strip = scene["hero"], scene["background"], scene["strip"]
    assert isinstance(hero, Area) and hero.color == "#2196f3"
    assert isinstance(strip, Area) and strip.color == "#fdfdfd" and strip.box.bottom == 1080
    assert isinstance(background, Picture) and background.opacity == 0.8
    assert background.box.width == pytest.approx(0.55 * 1920)
    assert background.box.height == pytest.approx(0.30 * hero.box.height)
    assert (background.box.right, background.box.bottom) == (1920, strip.box.y)


@pytest.mark.parametrize(("height", "are_shown"), [(701, True), (700, False)])
def test_a_low_window_hides_the_features_and_says_so(height: int, are_shown: bool) -> None:
    for size in (Window(1366, height), Pane(120, 36, Window(1366, height))):
        scene = classic(size)
        assert ("feature-1" in shown(scene)) is are_shown
        assert any("hides the features" in notice.text for notice in scene.notices) is not are_shown


def test_a_pane_breaks_lines_where_the_window_does() -> None:
    subtitle = "a sentence that is long enough to need more than one line on a phone"
    phone = classic(WINDOWS[-1], splash_subtitle=subtitle)["subtitle"]
    pane = classic(Pane(200, 60, WINDOWS[-1]), splash_subtitle=subtitle)["subtitle"]
    desk = classic(Pane(200, 60), splash_subtitle=subtitle)["subtitle"]
    assert isinstance(phone, Text) and isinstance(pane, Text) and isinstance(desk, Text)
    assert len(phone.lines) > 1
    assert pane.lines == phone.lines
    assert desk.lines == (subtitle,)


def test_a_line_that_is_longer_than_a_pane_goes_on_behind_a_sign_which_is_explained() -> None:
    subtitle, feature = "A subtitle of one line on a desktop, and wider than it", "as this feature is, too"
    for columns, rows in (
        (40, ("A subtitle of one line on a", "↳ desktop, and wider than it")),
        (80, (subtitle,)),
    ):
        scene = classic(Pane(columns, 24), splash_subtitle=subtitle, splash_feature_list=[feature, "ab" * 30])
        subtitles, first, second = scene["subtitle"], scene["feature-1"], scene["feature-2"]
        assert isinstance(subtitles, Text) and isinstance(first, Text) and isinstance(second, Text)
        assert (subtitles.lines, first.lines) == (rows, (feature,))
        assert "".join(line.removeprefix("↳ ") for line in second.lines) == "ab" * 30
        assert any("↳" in notice.text for notice in scene.notices) is (columns == 40)


@pytest.mark.parametrize("pane", [Pane(78, 16), Pane(78, 20), Pane(118, 32)], ids=str)
def test_a_title_of_one_line_has_letters_of_several_cells_where_all_else_has_room(pane: Pane) -> None:
    scene = classic(pane, splash_title="Microscopy Meadow")
    assert isinstance(scene["title"], Letters)
    assert {"subtitle", "feature-1", "feature-2", "button-2-text"} <= set(shown(scene))
    assert scene["button-1"].box.bottom <= scene["strip"].box.y


def test_many_features_push_the_buttons_below_the_window_but_not_out_of_a_pane() -> None:
    features = [f"Feature {number}" for number in range(40)]
    scene = classic(WINDOWS[1], splash_feature_list=features)
    assert scene["button-2"].box.bottom > 768
    assert any("higher than this window" in notice.text for notice in scene.notices)
    pane = classic(Pane(80, 24), splash_feature_list=features)
    assert pane["button-2"].box.bottom <= 23
    more = pane["features-more"]
    assert isinstance(more, Text) and more.lines == (f"… {40 - len(shown_features(pane))} more",)


@pytest.mark.parametrize("size", [WINDOWS[0], Pane(120, 36)], ids=str)
def test_the_strip_has_the_logos_that_are_known_each_with_its_partner(size: Size) -> None:
    scene = classic(size)
    logos = [one for one in scene.pictures if one.name.startswith("logo-") and one.reference]
    assert [one.reference for one in logos] == [CONFIG["logo"], "https://example.org/fern.png"]
    for logo in logos:
        name = scene[f"{logo.name}-name"]
        assert isinstance(name, Text) and name.whole in ("Meadow", "Fern")
    assert not any("logos" in one.text for one in scene.notices)


def test_a_background_that_is_not_here_is_named_in_its_place() -> None:
    for size in (WINDOWS[0], Pane(120, 36)):
        background = classic(size, background_image="https://example.org/a/hills.png?raw=true")["background"]
        assert isinstance(background, Picture) and background.text == "hills.png"


def shown_features(scene: Scene) -> list[str]:
    return [name for name in shown(scene) if name.startswith("feature-")]


def test_without_a_name_title_or_types_the_page_says_what_is_wrong() -> None:
    scene = classic(WINDOWS[0], splash_title=None, resource_types=None)
    assert [(notice.severity, notice.text) for notice in scene.notices] == [
        ("error", "The classic page does not load without resource types."),
        ("warning", "The splash has no title."),
        ("info", "Low windows (at most 700 px) hide the features."),
    ]
    assert "title" not in shown(scene)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("case", EDGE)
def test_nothing_is_wider_than_its_place(case: str, size: Size) -> None:
    scene = classic(size, **EDGE[case])
    names = [block.name for block in scene.blocks]
    assert len(set(names)) == len(names)
    for block in scene.blocks:
        assert block.box.width >= 0 and block.box.height >= 0
        if isinstance(block, Text) and min(block.box.width, scene.width) > 40 * (
            isinstance(size, Window) or 0.2
        ):
            for line in block.lines:
                width = (
                    text_width(line, block.style.size, block.style.weight)
                    if isinstance(size, Window)
                    else cell_len(line)
                )
                assert width <= block.box.width + 0.01
                assert not {"\x1b", "\x07", "\u202e"} & set(line)
    for upper, lower in pairwise(sorted((b for b in scene.blocks if b.name.startswith("feature-")), key=_y)):
        assert upper.box.bottom <= lower.box.y + 0.01


def _y(block: Any) -> float:
    return float(block.box.y)
