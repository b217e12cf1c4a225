from __future__ import annotations

import difflib
import json
from datetime import date
from typing import Any

import pytest

from partner_tui.central.partners_json import FILE, PARTNERS, CentralPartners
from partner_tui.comparison.changes import ABSENT
from partner_tui.errors import PartnerTuiError
from tests.central.central_file import SMALL
from tests.corpus import CORPUS

VALUES: dict[type, Any] = {
    str: 'A "new" value: x\n# é',
    list: ["a", "b: c", {"x": 1}],
    dict: {"x": [1, None, True]},
    type(None): "x",
}


def partners(text: str) -> list[dict[str, Any]]:
    node = json.loads(text)
    for step in PARTNERS:
        node = node[step]
    found: list[dict[str, Any]] = node
    return found


def changed_lines(before: str, after: str) -> set[int]:
    matched = difflib.SequenceMatcher(None, before.splitlines(), after.splitlines(), autojunk=False)
    return {
        line
        for tag, start, end, _, _ in matched.get_opcodes()
        if tag != "equal"
        for line in range(start, max(end, start + 1))
    }


@pytest.mark.parametrize(
    ("partner", "values", "before", "after"),
    [
        ("fern", {"name": "Fern"}, "", ""),
        ("fern", {"name": "New"}, '"name": "Fern"', '"name": "New"'),
        ("fern", {"name": None}, '"name": "Fern",\n                    ', ""),
        ("fern", {"gone": None}, "", ""),
        ("moss", {"icon": None}, ',\n                    "icon": "M\\u00fc"', ""),
        (
            "moss",
            {"docs": "x"},
            '"icon": "M\\u00fc"',
            '"icon": "M\\u00fc",\n                    "docs": "x"',
        ),
        (
            "fern",
            {"tags": ["c"]},
            '["a",  "b"]',
            '[\n                        "c"\n                    ]',
        ),
        (
            "ivy",
            {"name": "Ivy"},
            '"M\\u00fc"\n                }',
            '"M\\u00fc"\n                },\n                {\n                    "id": "ivy",\n'
            '                    "name": "Ivy"\n                }',
        ),
    ],
)
def test_a_change_touches_its_own_characters_alone(
    partner: str, values: dict[str, Any], before: str, after: str
) -> None:
    assert CentralPartners(SMALL).with_fields(partner, values).text == (
        SMALL.replace(before, after) if before else SMALL
    )


def test_the_first_partner_of_an_empty_list_can_be_added() -> None:
    text = '{"collection_template": {"config": {"partners": []}}}\n'
    assert partners(CentralPartners(text).with_fields("ivy", {"name": "Ivy"}).text) == [
        {"id": "ivy", "name": "Ivy"}
    ]


def test_sides_are_told_by_field() -> None:
    config = {"id": "fern", "name": "Fern", "tags": ["a"], "icon": None, "other": 1}
    told = {one.key: (one.here, one.central, one.is_equal) for one in CentralPartners(SMALL).sides(config)}
    assert told == {
        "id": ("fern", "fern", True),
        "name": ("Fern", "Fern", True),
        "contact": (ABSENT, [{"name": "Ada"}], False),
        "tags": (["a"], ["a", "b"], False),
    }
    assert [one.central for one in CentralPartners(SMALL).sides({"id": "ivy"})] == [ABSENT]


@pytest.mark.parametrize("value", ["a\x7f\x85\u2028b", "\uffff🦊\ufeff", ["\u2029", {"é\u202e": "\x00"}]])
def test_what_yaml_reads_otherwise_is_written_and_read_as_json(value: Any) -> None:
    after = CentralPartners(SMALL).with_fields("fern", {"name": value}).with_fields("fern", {"tags": ["b"]})
    assert (after.partner("fern") or {})["name"] == value
    assert partners(after.text)[0]["tags"] == ["b"]
    (side,) = [one for one in after.sides({"id": "fern", "name": value}) if one.key == "name"]
    assert side.is_equal
    assert CentralPartners(SMALL.replace('"Fern"', '"\\ud83e\\udd8a"')).partner("fern") == {
        **partners(SMALL)[0],
        "name": "🦊",
    }


@pytest.mark.parametrize("value", [date(2020, 1, 1), float("nan"), "\ud800", {(1, 2): 3}])
def test_what_json_cannot_hold_is_refused(value: Any) -> None:
    with pytest.raises(PartnerTuiError, match="JSON cannot hold"):
        CentralPartners(SMALL).with_fields("fern", {"name": value})


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"collection_template": 1}', "a: b", "[" * 100_000])
def test_another_file_is_refused(text: str) -> None:
    with pytest.raises(PartnerTuiError):
        CentralPartners(text)


@pytest.mark.slow
@pytest.mark.corpus
def test_an_edit_of_any_field_of_any_partner_changes_its_lines_alone() -> None:
    text = (CORPUS / "central" / FILE).read_text("utf-8")
    central = CentralPartners(text)
    assert len(partners(text)) >= 13
    for number, partner in enumerate(partners(text)):
        for key, old in partner.items():
            if key == "id":
                continue
            new = VALUES.get(type(old), "x")
            after = central.with_fields(partner["id"], {key: new}).text
            meant = partners(text)
            meant[number][key] = new
            assert partners(after) == meant
            slot = central._document.slot((*PARTNERS, number, key))
            assert slot is not None
            layout = central._document.layout
            own = range(layout.line_of(slot.start), layout.line_of(slot.value_end) + 1)
            assert changed_lines(text, after) <= set(own)
            removed = central.with_fields(partner["id"], {key: None}).text
            del meant[number][key]
            assert partners(removed) == meant
            assert changed_lines(text, removed) <= {own[0] - 1, *own}
            assert central.with_fields(partner["id"], {key: old}).text.count("\n") > 0
