"""What is typed for a field is the value that the field's kind makes of it."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from partner_tui.errors import UsageError
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.text.document import Document
from partner_tui.manifest.text.values import same
from partner_tui.splash.edits import config_edits
from partner_tui.splash.fields import SPLASH_FIELDS, field
from partner_tui.splash.typed import typed_value
from tests.manifest.library import read

TEXTS = (
    "No", "yes", "on", "12:30", "Fast # x", "null", "~", "", "1e3", "[a]", "{a: b}", "- x", "-", "two\nlines", "two\nlines\n",
    "\n", " blank ", "'quoted'", '"quoted"', "a: b", "a: b: c", "1.20", "007", "0x1F", "2020-01-01", "*a", "&a", "!a", "%a", "@a",
    "`a", "| a", "> a", "? a", "=", "<<", "---", "...", "tab\there", "line\r\nend", "\x07", "é 🦒", "a\u2028b", "#", "# all",
)  # fmt: skip
TEXT_FIELDS = [known for known in SPLASH_FIELDS if not known.is_list]
MANIFEST = "config:\n  id: meadow # mine\n  splash_title: Old\ncollection: []\n"


@pytest.mark.parametrize("typed", TEXTS)
def test_a_text_field_takes_the_text_exactly_as_given(typed: str) -> None:
    for known in TEXT_FIELDS:
        assert typed_value(known, None, typed) == typed
        assert type(typed_value(known, 1.5, typed)) is str


@pytest.mark.parametrize("typed", TEXTS)
@pytest.mark.parametrize("key", ["splash_title", "splash_subtitle"])
def test_every_reader_finds_that_text_in_the_file(typed: str, key: str) -> None:
    document = Document.parse(MANIFEST)
    written = apply(document, config_edits(document, {key: typed})).text
    for data in (read(written), yaml.safe_load(written)):
        assert same(data["config"][key], typed)


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("tags", "[no, 1.0, 007, ~, null, 2020-01-01, 'a b', \"c\", 1e3]", ["no", "1.0", "007", "~", "null", "2020-01-01", "a b", "c", "1e3"]),
        ("tags", "- a\n- b: c\n", ["a", {"b": "c"}]),
        ("tags", "[]", []),
        ("tags", "null", None),
        ("tags", "[[1.0]]", [[1.0]]),
        ("resource_types", "[model, on]", ["model", "on"]),
        ("contact", "[{name: Mary Moss, github: 007, email: no}]", [{"name": "Mary Moss", "github": "007", "email": "no"}]),
    ],
)  # fmt: skip
def test_a_list_is_yaml_and_its_texts_stay_texts(key: str, typed: str, value: Any) -> None:
    assert same(typed_value(field(key), None, typed), value)


@pytest.mark.parametrize("typed", ["meadow", "a: b", "[a", "1.0", "{a: b}"])
def test_what_is_no_list_is_refused_by_a_list(typed: str) -> None:
    for known in SPLASH_FIELDS:
        if known.is_list:
            with pytest.raises(UsageError) as refused:
                typed_value(known, None, typed)
            assert refused.value.hint


@pytest.mark.parametrize(
    ("present", "typed", "value"),
    [("old", "no", "no"), (3, "4", 4), (True, "false", False), (["a"], "[b, 1.0]", ["b", 1.0]), (None, "{a: 1}", {"a": 1})],
)  # fmt: skip
def test_what_a_field_of_the_partner_s_own_holds_decides(present: Any, typed: str, value: Any) -> None:
    assert same(typed_value(None, present, typed), value)


def test_text_that_is_not_utf_8_is_refused() -> None:
    with pytest.raises(UsageError, match="UTF-8"):
        typed_value(field("name"), None, "caf\udce9")
