"""The texts of the splash against the room of the page: what a notice says of a window is what the preview shows there."""

from __future__ import annotations

from typing import Any

import pytest

from partner_tui.splash.fields import SPLASH_FIELDS, field
from partner_tui.splash.room import is_too_long, room_note, room_of, with_room
from partner_tui.splash.scene.blocks import WINDOWS, Window
from partner_tui.splash.scene.classic import break_texts
from partner_tui.splash.scene.pages import read_classic
from partner_tui.splash.site_rules import check_config

DESKTOP, LAPTOP, LOW, PHONE = WINDOWS
TITLE = "Microscopy Meadow of the far and windy north"
CONFIG: dict[str, Any] = {
    "id": "meadow",
    "splash_title": TITLE,
    "splash_subtitle": "Models and data for everything that grows, " * 4,
    "splash_feature_list": ["Short", "Made by people who water their samples twice a day, " * 5],
    "explore_button_text": "Go",
}


@pytest.mark.parametrize("window", [*WINDOWS, Window(1024, 900)], ids=str)
def test_lines_are_those_of_the_scene(window: Window) -> None:
    shown = break_texts(read_classic(CONFIG), window)
    expected = {"splash_title": shown.title, "splash_subtitle": shown.subtitle}
    for key, lines in expected.items():
        room = room_of(key, CONFIG[key], window)
        assert room is not None and room.lines == lines
    features = [room_of("splash_feature_list", text, window) for text in CONFIG["splash_feature_list"]]
    texts = tuple(room.lines for room in features if room)
    hidden: tuple[tuple[str, ...], ...] = ()
    assert shown.features == (hidden if window == LOW else texts)


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_about_as_many_letters_more_fit_as_is_said(window: Window) -> None:
    for key in ("splash_title", "splash_subtitle", "explore_button_text"):
        room = room_of(key, "Meadow", window)
        assert room is not None and len(room.lines) == 1
        assert len((room_of(key, "Meadow " + "e" * (room.left * 8 // 10), window) or room).lines) == 1
        assert len((room_of(key, "Meadow " + "n " * room.left, window) or room).lines) > 1


@pytest.mark.parametrize(
    "value", [None, "", [], {}, 7, ["a", None, {"b": 1}], "x" * 5000, "🦒" * 400, "\n\n", "ש" * 90]
)
def test_nothing_that_a_manifest_can_hold_stops_it(value: Any) -> None:
    for known in SPLASH_FIELDS:
        config = {known.key: value}
        for window in WINDOWS:
            with_room(check_config(config), config, window)
            is_too_long(known, value, window)
            room_note(known.key, value, window)


@pytest.mark.parametrize(
    ("window", "found"),
    [
        (DESKTOP, []),
        (LAPTOP, [("warning", "2 lines at 1366x768: the first has 38 of 44 characters.")]),
        (PHONE, [("info", "2 lines at 390x844: the first has 20 of 44 characters.")]),
    ],
)
def test_a_notice_on_a_length_is_about_the_window(window: Window, found: list[tuple[str, str]]) -> None:
    config = {"splash_title": TITLE}
    assert "about 36 fit" in check_config(config)["splash_title"][0].text
    notices = with_room(check_config(config), config, window).get("splash_title", ())
    assert [(one.severity, one.text) for one in notices] == found
    known = field("splash_title")
    assert known is not None and is_too_long(known, TITLE, window) == bool(found)


def test_of_a_list_each_member_has_its_own_notice_and_other_notices_stay() -> None:
    notices = with_room(check_config(CONFIG), CONFIG, DESKTOP)["splash_feature_list"]
    assert [(one.index, one.text[:7]) for one in notices] == [(1, "Leading"), (1, "2 lines")]
    assert "resource_types" in with_room(check_config(CONFIG), CONFIG, DESKTOP)


@pytest.mark.parametrize(
    ("key", "value", "note"),
    [
        ("splash_title", "", ""),
        ("name", "Meadow", ""),
        (
            "splash_title",
            TITLE,
            "Lines: 1 at 1920 px, 2 at 1366 px, 2 at 390 px. About 12 more characters fit.",
        ),
        ("splash_feature_list", ["a", "b"], "One line in every window."),
        (
            "splash_feature_list",
            ["a", "b " * 70],
            "Lines of the longest: 1 at 1920 px, 2 at 1366 px, 4 at 390 px.",
        ),
    ],
)
def test_the_lines_in_every_window_are_said(key: str, value: Any, note: str) -> None:
    assert room_note(key, value, DESKTOP) == note
