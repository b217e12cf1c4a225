"""What differs between two versions is told by entry and by path, and a renamed entry is the same one."""

from __future__ import annotations

from typing import Any

import pytest

from partner_tui.comparison.changes import ABSENT
from partner_tui.comparison.matching import match_entries
from partner_tui.contributions.entry_changes import entry_changes, field_changes, value_changes
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.text.document import Document, Path


def manifest(*entries: str, config: str = "id: meadow") -> Manifest:
    listed = "".join(f"- {{{entry}}}\n" for entry in entries)
    return read_manifest(Document.parse(f"config: {{{config}}}\ncollection:\n{listed}"))


A, B = "id: a, type: dataset, name: Leaves, tags: [x, y]", "id: b, type: dataset, name: Petals"


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ((A, B), []),
        ((B, A), []),
        ((A,), [("removed", "b", None, ["id", "type", "name"])]),
        ((A, B, "id: c, type: model"), [("added", "c", None, ["id", "type"])]),
        ((A.replace("Leaves", "Leaf"), B), [("changed", "a", None, ["name"])]),
        ((A.replace("id: a", "id: leaves"), B), [("renamed", "leaves", "a", ["id"])]),
        ((A.replace("[x, y]", "[y, x]"), B), [("changed", "a", None, ["tags"])]),
        (
            (A.replace("id: a", "id: l").replace("[x, y]", "[x]"), B),
            [("renamed", "l", "a", ["id", "tags"])],
        ),
    ],
)
def test_entries_are_told_by_what_becomes_of_them(after: tuple[str, ...], expected: list[Any]) -> None:
    found = entry_changes(match_entries(manifest(A, B), manifest(*after)))
    told = [
        (one.change, one.name, one.was, list(dict.fromkeys(str(field.path[0]) for field in one.fields)))
        for one in found
    ]
    assert told == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (1, 1, []),
        ([1, 2], [1, 2], []),
        ({"a": {"b": 1}}, {"a": {"b": 2}}, [(("a", "b"), 1, 2)]),
        ({"a": 1}, {"b": 1}, [(("b",), ABSENT, 1), (("a",), 1, ABSENT)]),
        (["x", "y"], ["x", "z", "y"], [((1,), ABSENT, "z")]),
        (["x", "y"], ["y"], [((0,), "x", ABSENT)]),
        (["x", "y"], ["y", "x"], [((), ["x", "y"], ["y", "x"])]),
        ([1, 2], [1, 3], [((), [1, 2], [1, 3])]),
        (
            [{"name": "Ada", "orcid": "0"}],
            [{"name": "Bea"}, {"name": "Ada", "orcid": "1"}],
            [((0,), ABSENT, {"name": "Bea"}), ((1, "orcid"), "0", "1")],
        ),
        ({"a": [1]}, {"a": None}, [(("a",), [1], None)]),
    ],
)
def test_the_deepest_values_explain_a_difference(
    old: Any, new: Any, expected: list[tuple[Path, Any, Any]]
) -> None:
    assert [(one.path, one.before, one.after) for one in value_changes((), old, new)] == expected


def test_config_is_told_by_field() -> None:
    old, new = manifest(config="id: a, tags: [x]"), manifest(config="id: a, tags: [x, y], name: N")
    found = field_changes(old.partner.config, new.partner.config)
    assert [(one.path, one.after) for one in found] == [(("tags", 1), "y"), (("name",), "N")]
