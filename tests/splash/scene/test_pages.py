"""What the sites make of a `config`."""

from __future__ import annotations

from typing import Any

import pytest

from partner_tui.splash.scene.blocks import WINDOWS
from partner_tui.splash.scene.pages import Button, read_classic, read_today

CONFIG: dict[str, Any] = {
    "id": "meadow",
    "name": "Microscopy Meadow",
    "tags": ["meadow"],
    "logo": "https://example.org/logo.png",
    "icon": "https://example.org/icon.png",
    "splash_title": "Meadow",
    "splash_subtitle": "Everything\n that grows",
    "splash_feature_list": ["one", "two"],
    "explore_button_text": "Start Exploring",
    "background_image": "static/img/zoo-background.svg",
    "resource_types": ["model", "dataset"],
    "default_type": "dataset",
    "docs": "https://example.org/docs",
}


def test_a_whole_config_has_no_problems() -> None:
    scene = read_classic(CONFIG, ())
    assert scene.problems == ()
    wide, *_, phone = WINDOWS
    assert scene.navbar(wide) == "🦒 BioImage.IO | Microscopy Meadow"
    assert scene.navbar(phone) == "🦒 BioImage.IO"
    assert (scene.title, scene.subtitle) == ("Meadow", "Everything that grows")
    assert scene.features == ("one", "two")


def test_an_empty_feature_is_an_empty_bullet() -> None:
    assert read_classic(CONFIG | {"splash_feature_list": ["one", None, ""]}).features == ("one", "", "")
    assert read_classic(CONFIG | {"splash_feature_list": None}).features == ()


def test_the_about_button_is_there_only_with_an_address() -> None:
    explore = Button("Start Exploring")
    assert read_classic(CONFIG).buttons == (explore,)
    about = "https://example.org"
    assert read_classic(CONFIG | {"about_url": about}).buttons == (Button("About", about), explore)


def test_the_page_fails_without_resource_types() -> None:
    scene = read_classic(CONFIG | {"resource_types": None}, ())
    assert [problem.text for problem in scene.problems] == [
        "The classic page does not load without resource types."
    ]


def test_a_default_type_outside_the_resource_types_is_a_problem() -> None:
    (problem,) = read_classic(CONFIG | {"default_type": "notebook"}, ()).problems
    assert "notebook" in problem.text


def test_all_resources_are_shown_without_a_default_type() -> None:
    scene = read_classic(CONFIG | {"default_type": None}, ())
    assert scene.problems == ()


def test_the_strip_shows_the_edited_logo_first() -> None:
    partners = [
        {"id": "ilastik", "name": "ilastik", "logo": "a"},
        {"id": "meadow", "name": "Old", "logo": "old"},
    ]
    strip = read_classic(CONFIG, partners).strip
    assert [(logo.name, logo.current) for logo in strip] == [
        ("Microscopy Meadow", True),
        ("ilastik", False),
    ]


def test_what_is_said_of_a_picture_names_its_field_once() -> None:
    config: dict[str, object] = CONFIG | {
        "logo": "http://a.org/l.png",
        "background_image": "🌱",
        "icon": "🌱",
    }
    config["splash_subtitle"] = "Sub"
    texts = [one.text for one in (*read_classic(config, ()).problems, *read_today(config).problems)]
    assert texts == [
        "The background cannot be an emoji.",
        "Logo: The page uses https: browsers block pictures from http URLs.",
        "The icon is an emoji: the current site shows its default icon.",
    ]


def test_where_the_other_partners_are_not_known_it_says_so() -> None:
    page = read_classic(CONFIG)
    assert [(one.severity, one.hint) for one in page.problems] == [
        ("info", "Fetch the central repository in Central (4), Config.")
    ]
    assert {logo.logo for logo in page.strip if not logo.current} == {""}


def test_a_new_partner_joins_the_strip() -> None:
    strip = read_classic(CONFIG, [{"id": "ilastik"}]).strip
    assert [logo.name for logo in strip] == ["Microscopy Meadow", "ilastik"]


@pytest.mark.parametrize(
    ("icon", "fallback"),
    [
        ("https://example.org/icon.png", ""),
        ("🦒", "an emoji"),
        (None, "missing"),
        ("", "missing"),
        ("images/icon.png", "a path"),
        ("giraffe", "not a URL"),
    ],
)
def test_today_falls_back_to_the_sites_icon(icon: str | None, fallback: str) -> None:
    page = read_today(CONFIG | {"icon": icon})
    assert page.icon == ("" if fallback else icon)
    told = [notice.text for notice in page.problems if notice.text.startswith("The icon")]
    assert bool(told) is bool(fallback) and all(fallback in text for text in told)


def test_todays_tooltip_is_the_subtitle_else_the_name() -> None:
    assert read_today(CONFIG).tooltip == "Everything that grows"
    assert read_today(CONFIG | {"splash_subtitle": None}).tooltip == "Microscopy Meadow"
    assert read_today(CONFIG).docs_link == "https://example.org/docs"


@pytest.mark.parametrize("value", [None, 0, 1.5, True, "", [], [None], {}, {"a": 1}])
def test_no_value_of_any_type_breaks_a_scene(value: Any) -> None:
    config = dict.fromkeys(CONFIG, value)
    fails = any("does not load" in one.text for one in read_classic(config).problems)
    assert fails is (value is None or value in ("", []))
    read_today(config)
    read_classic({}, [{}, config])
