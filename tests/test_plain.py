from datetime import date

import pytest

from partner_tui.plain import json_value, plural, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("été 🦒 核", "été 🦒 核"),
        ("a\tb", "a    b"),
        ("\x1b[31mred\x1b]52;c;aGk=\x07", "␛[31mred␛]52;c;aGk=␇"),
        ("\x9b31m\x7f", "⟨U+009B⟩31m␡"),
        ("abc\u202egnp.exe", "abc⟨U+202E⟩gnp.exe"),
        ("[bold]not markup[/]", "[bold]not markup[/]"),
        ("one\n   two\r\nthree", "one two three"),
    ],
)
def test_what_could_act_on_the_terminal_is_shown_as_a_sign(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_line_breaks_stay_when_lines_are_wanted() -> None:
    assert visible("one\r\ntwo\n", lines=True) == "one\ntwo\n"


def test_a_long_text_ends_in_an_ellipsis_within_its_limit() -> None:
    assert visible("abcdefgh", limit=4) == "abc…"
    assert visible("abcd", limit=4) == "abcd"


def test_a_number_agrees_with_its_noun() -> None:
    assert [plural(1, "file"), plural(2, "file"), plural(0, "entry"), plural(1, "entry")] == [
        "1 file",
        "2 files",
        "0 entries",
        "1 entry",
    ]
    assert [plural(1, "day"), plural(2, "day"), plural(3, "test array")] == [
        "1 day",
        "2 days",
        "3 test arrays",
    ]


def test_a_value_of_yaml_becomes_one_of_json() -> None:
    value = {1: date(2024, 5, 6), "a": [None, True, 2, 0.5, "x"], "b": (float("inf"), b"y")}
    assert json_value(value) == {"1": "2024-05-06", "a": [None, True, 2, 0.5, "x"], "b": ["inf", "b'y'"]}
