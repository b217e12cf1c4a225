"""What is written means the same to the spec library (YAML 1.2) and to PyYAML (YAML 1.1); what moves keeps its token."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from partner_tui.errors import PatchError
from partner_tui.manifest.editing.edits import Add, Append, Insert, Rename, Replace
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.text.document import Document
from partner_tui.manifest.text.scalars import is_plain
from partner_tui.manifest.text.values import same
from tests.manifest.library import read
from tests.manifest.text.test_tokens import WORDS

_TRICKY = st.text("aynNo01.eE+-_:#,[]{}&*!|>'\"%@`?=<~ \t\n\\\x85\u2028\ufeff\u00e9", max_size=12)
TEXTS = st.one_of(
    st.sampled_from(WORDS), _TRICKY, st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
)
NUMBERS = st.one_of(
    st.integers(), st.floats(), st.floats(1e-9, 1e9), st.sampled_from([1e-3, 1e22, 1e16, -0.0, 5e-324])
)
TIMES = st.one_of(st.dates(), st.datetimes())
SCALARS: st.SearchStrategy[Any] = st.one_of(TEXTS, TEXTS, NUMBERS, TIMES, st.none(), st.booleans())
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=8,
)  # fmt: skip
PLACES = (
    ("old: 1\nend: x\n", Replace(("old",), None)),
    ("old: 'x'\nend: x\n", Replace(("old",), None)),
    ('old: "x"\nend: x\n', Replace(("old",), None)),
    ("old: |\n  x\nend: x\n", Replace(("old",), None)),
    ("old: >-\n  x\nend: x\n", Replace(("old",), None)),
    ("in:\n  - {old: 1, end: x}\n", Replace(("in", 0, "old"), None)),
    ("in: {old: 1}\n", Add(("in", "new"), None)),
    ("in:\n  deep:\n    old: 1\n", Add(("in", "deep", "new"), None)),
    ("in:\n- a\n- b\n", Append(("in",), None)),
    ("in: [a, b]\n", Insert(("in",), 0, None)),
    ("in:\n- - a\n", Insert(("in", 0), 1, None)),
    ("in:\n  - 'a'\n  - 'b'\n", Append(("in",), None)),
)


@given(VALUES, st.sampled_from(PLACES))
@example(0.001, PLACES[0])
@example({"yes": "1e3"}, PLACES[5])
@example(["y", "1:30", "0o17"], PLACES[6])
def test_every_reader_takes_what_was_meant(value: Any, place: tuple[str, Any]) -> None:
    text, edit = place
    document = Document.parse(text)
    try:
        written = apply(document, [type(edit)(**{**_fields(edit), "value": value})])
    except PatchError:
        assert _cannot_be_written(value)
        return
    assert same(read(written.text), written.data)
    assert same(yaml.safe_load(written.text), written.data), written.text


def _fields(edit: Any) -> dict[str, Any]:
    return {name: getattr(edit, name) for name in edit.__slots__}


def _cannot_be_written(value: Any) -> bool:
    if isinstance(value, dict):
        return any(len(key) > 500 or _cannot_be_written(one) for key, one in value.items())
    return isinstance(value, list) and any(map(_cannot_be_written, value))


@given(TEXTS, st.booleans())
def test_a_text_without_quotes_is_that_text_to_every_reader(text: str, in_flow: bool) -> None:
    if is_plain(text, in_flow):
        written = f"a: [{text}, b]\n" if in_flow else f"a: {text}\nb: [c]\n"
        value = [text, "b"] if in_flow else text
        assert read(written)["a"] == value
        assert yaml.safe_load(written)["a"] == value


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.001, "0.001"),
        (1e-7, "1.0e-07"),
        (1e22, "1.0e+22"),
        (float("inf"), ".inf"),
        ("1e-3", '"1e-3"'),
        ("yes", '"yes"'),
        ("12:30", '"12:30"'),
        ("0o17", '"0o17"'),
        ("y", "y"),
        ("1.2.3", "1.2.3"),
        (datetime(2020, 1, 1, 2, tzinfo=timezone(timedelta(hours=2))), "2020-01-01 00:00:00"),
        (datetime(2020, 1, 1, tzinfo=UTC), "2020-01-01 00:00:00"),
        (date(2020, 1, 1), "2020-01-01"),
    ],
)
def test_a_value_is_written_so_that_it_is_unambiguous(value: Any, written: str) -> None:
    assert apply(Document.parse("a: 1\n"), [Replace(("a",), value)]).text == f"a: {written}\n"


TOKENS = (
    "3.10", "007", "0x1F", "0o17", "1e-3", "1E4", "+1", "1_000", ".5", "5.", "yes", "Off", "12:30", "'3.10'", '"3.10"', "'it''s'",
    '"a\\tb"', "2020-01-01T00:00:00+02:00", "2020-1-1 1:02:03", "!!str 1", "!!int '3'", "!!float 3", ".INF", "-0.0", "'plain'",
    "12345678901234567890123", "1.0", "10.5281/zenodo.1", "True", "FALSE", "~", "Null", "!!binary aGk=",
)  # fmt: skip
WORDS_OF_A_DOCUMENT = ("True", "FALSE", "~", "Null")  # written as the document writes them


@pytest.mark.parametrize("token", TOKENS)
@pytest.mark.parametrize(
    "place", ["a: {}\n", "a: {}  # why\nb: 1\n", "a:\n- {}\n- x\n", "a: [{}, x]\n", "a: {{k: {}}}\n"]
)
def test_a_value_that_moves_keeps_its_token(token: str, place: str) -> None:
    document = Document.parse(place.format(token) + "target: {x: 1}\nlist:\n- x\nblock:\n  x: 1\n")
    value = document.data["a"]
    moved = apply(
        document,
        [
            Add(("block", "new"), {"inner": value}),
            Add(("target", "new"), value),
            Append(("list",), [value]),
            Replace(("a",), "gone"),
        ],
    )
    assert moved.text.count(token) == 3, moved.text
    if token not in WORDS_OF_A_DOCUMENT:
        assert token in apply(Document.parse("z: 1\n"), [Add(("new",), value)]).text


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("a: one\n  two\n", "c:\n  new: one\n    two\n"),
        ("a: >-\n    one\n    two\n\n    three\n", "c:\n  new: >-\n    one\n    two\n\n    three\n"),
        ("a: |\n one\n  two\n", "c:\n  new: |\n    one\n     two\n"),
        ("a: |2-\n   one\n  two\n", "c:\n  new: |2-\n     one\n    two\n"),
        ("a: |3\n     one\n    two\n", "c:\n  new: |2\n      one\n     two\n"),
        ("a: |-  # why 1\n  one\n", "c:\n  new: |-  # why 1\n    one\n"),
        ("a: 'one\n\n  two'\n", "c:\n  new: 'one\n\n    two'\n"),
        ('a: "one\\\n  two\\\n  \\ three"\n', 'c:\n  new: "one\\\n    two\\\n    \\ three"\n'),
        ("a:\n  - >\n    one\n    two\n", "c:\n  new:\n    - >\n      one\n      two\n"),
    ],
)
def test_a_text_of_several_lines_moves_with_its_lines(source: str, written: str) -> None:
    document = Document.parse(source)
    moved = apply(Document.parse("b: 1\nc:\n  x: 1\n"), [Replace(("c",), {"new": document.data["a"]})])
    assert moved.text == "b: 1\n" + written


def test_a_key_that_moves_keeps_its_quotes() -> None:
    document = Document.parse("a: {'on': 1, \"b c\": 2, 007: 3}\nb: 1\n")
    moved = apply(document, [Replace(("b",), document.data["a"])])
    assert moved.text.endswith("b: {'on': 1, \"b c\": 2, 007: 3}\n")
    data = {**document.data["a"], "d": 1}
    moved = apply(document, [Replace(("b",), data)])
    assert moved.text.endswith("b:\n  'on': 1\n  \"b c\": 2\n  007: 3\n  d: 1\n")


def test_a_value_computed_from_another_has_no_token_of_it() -> None:
    data = Document.parse("a: 'x'\nb: 3.10\nc: 2020-01-01T00:00:00Z\nd: 0x10\n").data
    changed = {"a": data["a"] + "y", "b": data["b"] * 1, "c": data["c"] + timedelta(1), "d": data["d"] + 0}
    written = apply(Document.parse("{}\n"), [Add((key,), value) for key, value in changed.items()])
    assert yaml.safe_load(written.text) == changed
    assert written.text == "a: xy\nb: 3.1\nc: 2020-01-02 00:00:00\nd: 16\n"


def test_a_text_cannot_end_a_flow_list_by_moving_into_it() -> None:
    document = Document.parse("a: x, y] # z\nb: [c]\n")
    moved = apply(document, [Append(("b",), document.data["a"])])
    assert same(moved.data["b"], ["c", "x, y]"])


def test_a_text_is_quoted_where_the_file_says_that_it_is_yaml_1_1() -> None:
    document = Document.parse("%YAML 1.1\n---\na: yes\n")
    assert apply(document, [Add(("b",), ["y", "b"])]).text == '%YAML 1.1\n---\na: yes\nb: ["y", b]\n'


@pytest.mark.parametrize("key", ["007", "0x1F", "1_0", "+3"])
def test_a_number_that_is_a_key_is_found_however_it_is_written(key: str) -> None:
    document = Document.parse(f"a: {{{key}: 1}}\n")
    (number,) = document.data["a"]
    assert apply(document, [Replace(("a", number), 2)]).text == f"a: {{{key}: 2}}\n"


def test_renaming_a_key_leaves_its_value_as_it_is_written() -> None:
    assert apply(Document.parse("a: 3.10\n"), [Rename(("a",), "b")]).text == "b: 3.10\n"


@pytest.mark.parametrize(
    ("source", "written"),
    [
        (
            "a:   # why\n    # first of all\n    - x  # one\n    # between\n    - {b: 1, c: [x, 'y']}\n\n    - d:\n        # deep\n        e: 007   # e\n",
            "c:\n  new:   # why\n    # first of all\n    - x  # one\n    # between\n    - {b: 1, c: [x, 'y']}\n\n    - d:\n        # deep\n        e: 007   # e\n",
        ),
        (
            "a:\n# left\n- x  # one\n#  two\n- y\nz: 1\n",
            "c:\n  new:\n    # left\n    - x  # one\n    #  two\n    - y\n",
        ),
        ("a: {b: 007, c: [x, 'y']}  # flow\n", "c:\n  new: {b: 007, c: [x, 'y']}  # flow\n"),
        ("a: [1, 2,]\n", "c:\n  new: [1, 2,]\n"),
        ("a: 3.10 # trailing\n", "c:\n  new: 3.10 # trailing\n"),
        ("a: [\n  x,  # one\n   y\n  ]\n", "c:\n  new: [\n    x,  # one\n     y\n    ]\n"),
        (
            "a:\n  - x: |  # text\n      # none\n    y: 'z'\n",
            "c:\n  new:\n    - x: |  # text\n        # none\n      y: 'z'\n",
        ),
        (
            "a:\n            # about x\n            x: |\n                a\n                  \n                b\n            y: 1  # one\n",
            "c:\n  new:\n    # about x\n    x: |\n        a\n          \n        b\n    y: 1  # one\n",
        ),
        (
            "a:\n            # about x\n            x: |\n                a\n         \n\n                b\n            y: 1  # one\n",
            "c:\n  new:\n    # about x\n    x: |\n        a\n \n\n        b\n    y: 1  # one\n",
        ),
    ],
)
def test_a_list_or_mapping_moves_with_its_form_and_comments(source: str, written: str) -> None:
    document = Document.parse(source)
    moved = apply(Document.parse("b: 1\nc:\n  x: 1\n"), [Replace(("c",), {"new": document.data["a"]})])
    assert moved.text == "b: 1\n" + written


def test_a_list_that_has_changed_is_written_anew_but_for_its_members() -> None:
    data = deepcopy(Document.parse("a:\n- 007  # one\n- [b,  'c']\n- {d:  1}\n").data["a"])
    data[2]["d"] = 2
    moved = apply(Document.parse("b: 1\n"), [Add(("a",), data)])
    assert moved.text == "b: 1\na:\n  - 007  # one\n  - [b,  'c']\n  - d: 2\n"
