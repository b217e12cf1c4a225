"""What the form says while a field is typed: first what it says nothing about, then what it says."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from partner_tui.splash.fields import SPLASH_FIELDS
from partner_tui.splash.notices import Notice
from partner_tui.splash.site_rules import check_config, check_field
from tests.corpus import manifests, needs_corpus

TYPES = {"resource_types": ["model", "dataset"]}

SILENT: list[tuple[str, Any]] = [
    ("id", "dl4miceverywhere"),
    ("name", "Microscopy Meadow"),
    ("tags", ["meadow", "plants"]),
    ("logo", "https://example.org/logo.png"),
    ("logo", "🦒"),
    ("logo", None),
    ("icon", "https://example.org/icon.gif"),
    ("splash_title", "ImJoy"),
    ("splash_subtitle", "the interactive learning and segmentation toolkit"),
    ("splash_subtitle", None),
    ("splash_feature_list", []),
    ("splash_feature_list", None),
    ("splash_feature_list", ["Fast", "Über alles [bold]"]),
    ("explore_button_text", "Start Exploring"),
    ("background_image", "https://example.org/background.svg"),
    ("resource_types", ["application", "model"]),
    ("default_type", "model"),
    ("default_type", "all"),
    ("url_root", "https://raw.githubusercontent.com/o/r/main"),
    ("version", "0.1.0"),
    ("docs", "https://imjoy.io/docs/#/"),
    ("about_url", None),
    ("contact", [{"name": "A", "email": "a@example.org", "github": "a-b", "affiliation": [{"name": "X"}]}]),
    ("not_a_field", 7),
]


@pytest.mark.parametrize(("key", "value"), SILENT)
def test_nothing_is_said_about_a_good_value(key: str, value: Any) -> None:
    assert check_field(key, value, TYPES) == ()


SAID: list[tuple[str, Any, str, str]] = [
    ("id", None, "error", "An id is"),
    ("id", "Deep ImageJ", "error", "lowercase letters"),
    ("id", 7, "error", "not a number (7)"),
    ("name", "  ", "error", "A name is"),
    ("name", True, "error", "a boolean (true)"),
    ("tags", [], "warning", "search box stays empty"),
    ("tags", "meadow", "error", "should be a list, not text"),
    ("tags", ["meadow", "Meadow "], "warning", "duplicate (also item 1)"),
    ("tags", ["meadow", ""], "warning", "empty bullet"),
    ("tags", [2021], "error", "not a number"),
    ("icon", "🦒", "warning", "an emoji: the current site shows its default icon"),
    ("icon", "", "warning", "is missing: the current site"),
    ("icon", "http://example.org/icon.png", "warning", "block pictures"),
    ("icon", "images/icon.png", "warning", "is a path: the current site"),
    ("icon", "static/img/a.png", "warning", "is a path: the current site"),
    ("logo", "images/logo.png", "warning", "looked up on the site"),
    ("icon", "giraffe", "warning", "not a URL: the current site"),
    ("logo", "giraffe", "error", "Not a picture URL, path or emoji"),
    ("logo", "https://github.com/o/r/blob/main/logo.png", "error", "GitHub's page about the picture"),
    ("logo", "ftp://example.org/logo.png", "error", "not ftp"),
    ("splash_title", None, "warning", "no title"),
    ("splash_title", "x" * 61, "warning", "61 characters"),
    ("splash_title", "two\nlines", "warning", "several lines"),
    ("splash_title", " ilastik", "info", "Leading or trailing spaces"),
    ("splash_feature_list", ["one\ntwo"], "warning", "several lines"),
    ("splash_feature_list", ["a", "b", "c", "d", "e", "f"], "warning", "6 features"),
    ("splash_feature_list", {"a": 1}, "error", "not a mapping"),
    ("explore_button_text", None, "warning", "has no text"),
    ("background_image", "static/img/zoo-background.svg", "info", "picture of the site"),
    ("background_image", "🌱", "error", "background cannot be an emoji"),
    ("resource_types", [], "error", "does not load"),
    ("resource_types", None, "error", "does not load"),
    ("resource_types", "model", "error", "should be a list"),
    ("resource_types", ["model", "models"], "warning", "no tab for “models”"),
    ("resource_types", ["model", "model"], "warning", "duplicate"),
    ("default_type", "notebook", "error", "not one of the resource types"),
    ("default_type", None, "info", "all resources"),
    ("url_root", "https://raw.githubusercontent.com/o/r/main/", "info", "doubled"),
    ("version", 1.2, "warning", "a number: 1.2"),
    ("version", True, "error", "a boolean (true)"),
    ("docs", "https://example.org/fiji,", "error", "ends in ','"),
    ("docs", "www.example.org", "error", "must start with https://"),
    ("docs", "https://exa mple.org", "error", "cannot contain spaces"),
    ("docs", "https://", "error", "no host"),
    ("docs", "javascript://alert(1)", "error", "not javascript"),
    ("docs", "http://example.org", "warning", "http pages"),
    ("contact", "me", "error", "list of people"),
    ("contact", ["me"], "warning", "needs a name"),
    ("contact", [{"name": "A"}], "warning", "no contact details"),
    ("contact", [{"name": "A", "email": "a at b"}], "error", "not an email"),
    ("contact", [{"name": "A", "github": "https://github.com/a"}], "error", "not a GitHub user name"),
]


@pytest.mark.parametrize(("key", "value", "severity", "part"), SAID)
def test_a_flaw_is_named_with_its_severity(key: str, value: Any, severity: str, part: str) -> None:
    notices = check_field(key, value, TYPES)
    assert any(notice.severity == severity and part in notice.text for notice in notices), notices


def test_a_notice_about_a_list_says_which_line() -> None:
    (notice,) = check_field("tags", ["a", "b", "a"], {})
    assert notice == Notice("warning", "“a” is a duplicate (also item 1).", "Remove one.", index=2)


def test_the_default_type_is_not_judged_while_there_are_no_resource_types() -> None:
    assert check_field("default_type", "model", {}) == ()
    assert check_field("default_type", None, {}) == ()


def test_only_fields_with_something_to_say_are_listed() -> None:
    config = {
        "id": "a",
        "name": "A",
        "tags": ["a"],
        "icon": "🦒",
        "splash_title": "A",
        "explore_button_text": "Go",
    }
    assert list(check_config(config)) == ["icon", "resource_types"]


@pytest.mark.parametrize("value", [None, 0, 1.5, True, "", "\x1b[31m", [], [None], [[]], {}, {"a": 1}, b"x"])
def test_no_value_of_any_type_breaks_a_check(value: Any) -> None:
    for known in SPLASH_FIELDS:
        check_field(known.key, value, {})
        check_field(known.key, value, {"resource_types": value, "default_type": value})


@pytest.mark.parametrize("value", [0, 1.5, True, [["a"]], [{"a": 1}], {"a": 1}])
def test_a_value_of_another_shape_is_never_passed_over(value: Any) -> None:
    silent = [known.key for known in SPLASH_FIELDS if not check_field(known.key, value, {})]
    assert silent == []


@needs_corpus
def test_the_only_error_of_real_configs_is_a_default_type_without_its_tab() -> None:
    errors: list[str] = []
    for path in manifests():
        try:
            loaded = yaml.load(path.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except (yaml.YAMLError, UnicodeDecodeError):
            continue
        config = (loaded.get("config") if isinstance(loaded, dict) else None) or {}
        for key, notices in check_config(config).items() if config else ():
            errors += [
                f"{path.name} {key}: {notice.text}" for notice in notices if notice.severity == "error"
            ]
    assert errors
    assert all("default_type: “model” is not one of the resource types" in error for error in errors)
