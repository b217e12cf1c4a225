"""The form as a value: what is edited, put on another version, kept and offered again."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from partner_tui.splash.fields import SPLASH_FIELDS, SplashField
from partner_tui.splash.form import FormState, contact_text, why_read_only, with_contact_text

CONFIG = {"id": "meadow", "name": "Meadow", "tags": ["a"], "splash_feature_list": None, "about_url": ""}


def one(key: str) -> SplashField:
    return next(field for field in SPLASH_FIELDS if field.key == key)


def test_a_field_set_back_is_not_edited() -> None:
    state = FormState(CONFIG).set("name", "Wood")
    assert state.keys == ("name",)
    assert state.set("name", "Meadow").edited == {}


@pytest.mark.parametrize("key", ["splash_feature_list", "about_url", "docs"])
@pytest.mark.parametrize("empty", ["", [], None])
def test_an_untouched_empty_value_stays_as_it_is_written(key: str, empty: Any) -> None:
    assert FormState(CONFIG).set(key, empty).edited == {}


def test_an_emptied_field_is_removed() -> None:
    state = FormState(CONFIG).set("tags", [])
    assert state.edited == {"tags": None}
    assert "tags" not in state.values
    assert state.values["splash_feature_list"] is None


def test_edits_stay_on_top_of_a_manifest_that_changed_elsewhere() -> None:
    state, both = FormState(CONFIG).set("name", "Wood").on({**CONFIG, "tags": ["b"]})
    assert (state["name"], state["tags"], both) == ("Wood", ["b"], ())


def test_a_field_changed_on_both_sides_is_told() -> None:
    state, both = FormState(CONFIG).set("name", "Wood").on({**CONFIG, "name": "Field"})
    assert (state["name"], both) == ("Wood", ("name",))


def test_the_same_change_on_both_sides_is_no_edit_any_more() -> None:
    state, both = FormState(CONFIG).set("name", "Wood").on({**CONFIG, "name": "Wood"})
    assert (state.edited, both) == ({}, ())


def test_a_draft_comes_back_through_json() -> None:
    state = FormState(CONFIG).set("name", "Wood").set("tags", [])
    kept = FormState.from_draft(json.loads(json.dumps(state.to_draft())))
    assert kept is not None
    assert kept.on(CONFIG) == (state, ())


@pytest.mark.parametrize(
    "draft",
    [None, [], {}, {"schema": 2}, {"schema": 1, "edited": 3}, {"schema": 1, "base": {}, "edited": {"?": 1}}],
)
def test_a_torn_draft_is_no_draft(draft: Any) -> None:
    assert FormState.from_draft(draft) is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", {"a": 1}),
        ("name", ["a"]),
        ("tags", "a"),
        ("tags", [["a"]]),
        ("contact", ["a"]),
        ("contact", {}),
        ("contact", [{"since": date(2020, 1, 1)}]),
        ("tags", ["a"] * 41),
    ],
)
def test_a_value_of_another_shape_is_only_shown(key: str, value: Any) -> None:
    assert why_read_only(one(key), value)


@pytest.mark.parametrize(
    ("key", "value"), [("name", None), ("version", 1.2), ("tags", ["a", 3]), ("contact", [{}])]
)
def test_a_value_that_can_be_shown_as_text_is_edited(key: str, value: Any) -> None:
    assert why_read_only(one(key), value) is None


def test_a_line_of_a_contact_is_put_where_it_belongs() -> None:
    person = {"name": "A", "affiliation": [{"name": "B"}], "orcid": "1"}
    assert list(with_contact_text(person, "email", "a@b.org")) == ["name", "email", "affiliation", "orcid"]
    assert with_contact_text(person, "name", "") == {"affiliation": [{"name": "B"}], "orcid": "1"}
    assert contact_text(person, "affiliation") is None
