"""Our edits on top of theirs: fields of one entry do not conflict, a field that both changed does."""

from __future__ import annotations

import pytest

from partner_tui.comparison.changes import ABSENT
from partner_tui.manifest.text.document import Document
from partner_tui.workspace.merge import merge

BASE = """\
format_version: 0.2.2
config:
  id: meadow
  splash_title: Meadow   # shown large
  tags: [a]
collection:
  - id: one
    name: The first
    license: MIT
  # kept for the paper
  - id: two
    name: The second
"""


def document(*replacements: tuple[str, str], text: str = BASE) -> Document:
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return Document.parse(text)


NEW_ENTRY = "  - id: two\n    name: The second\n  - id: three\n    name: Third\n"

MERGES = {
    "nothing": ((), (), ()),
    "ours alone": ((("Meadow ", "Wood "),), (), (("Meadow ", "Wood "),)),
    "theirs alone": ((), (("MIT", "BSD-3-Clause"),), (("MIT", "BSD-3-Clause"),)),
    "the same on both sides": ((("MIT", "ISC"),), (("MIT", "ISC"),), (("MIT", "ISC"),)),
    "two fields of one entry": (
        (("The first", "First"),),
        (("MIT", "ISC"),),
        (("The first", "First"), ("MIT", "ISC")),
    ),
    "a comment of ours": (
        (("# shown large", "# shown on top"),),
        (("MIT", "ISC"),),
        (("# shown large", "# shown on top"), ("MIT", "ISC")),
    ),
    "an entry of ours, a field of theirs": (
        (("  - id: two\n    name: The second\n", NEW_ENTRY),),
        (("MIT", "ISC"),),
        (("  - id: two\n    name: The second\n", NEW_ENTRY), ("MIT", "ISC")),
    ),
    "an entry of ours removed": (
        (("  # kept for the paper\n  - id: two\n    name: The second\n", ""),),
        (("Meadow ", "Wood "),),
        (("  # kept for the paper\n  - id: two\n    name: The second\n", ""), ("Meadow ", "Wood ")),
    ),
}


@pytest.mark.parametrize("name", MERGES)
def test_both_sides_stand_when_they_do_not_touch_the_same_field(name: str) -> None:
    ours, theirs, expected = MERGES[name]
    merged = merge(document(), document(*ours), document(*theirs))
    assert merged.conflicts == ()
    assert merged.document is not None
    assert merged.document.text == document(*expected).text


def test_fields_next_to_each_other_are_merged_although_their_lines_conflict() -> None:
    merged = merge(
        document(),
        document(("The first", "First")),
        document(("name: The first\n    license: MIT", "name: The first\n    license: ISC\n    version: 1")),
    )
    assert merged.document is not None
    assert merged.document.data["collection"][0] == {
        "id": "one",
        "name": "First",
        "license": "ISC",
        "version": 1,
    }
    assert "# kept for the paper" in merged.document.text


def test_a_field_changed_on_both_sides_is_a_conflict_until_it_is_decided() -> None:
    ours, theirs = document(("MIT", "ISC")), document(("MIT", "Apache-2.0"))
    (conflict,) = merge(document(), ours, theirs).conflicts
    assert (conflict.label, conflict.base, conflict.ours, conflict.theirs) == (
        "one: license",
        "MIT",
        "ISC",
        "Apache-2.0",
    )
    mine = merge(document(), ours, theirs, {conflict.key: "ours"}).document
    other = merge(document(), ours, theirs, {conflict.key: "theirs"}).document
    assert mine is not None and mine.text == ours.text
    assert other is not None and other.text == theirs.text


def test_an_entry_that_one_side_removed_and_the_other_edited_is_a_conflict() -> None:
    removed = document(("  # kept for the paper\n  - id: two\n    name: The second\n", ""))
    edited = document(("The second", "Second"))
    (conflict,) = merge(document(), removed, edited).conflicts
    assert conflict.ours is ABSENT and conflict.theirs == {"id": "two", "name": "Second"}
    kept = merge(document(), removed, edited, {conflict.key: "theirs"}).document
    assert kept is not None and kept.text == edited.text
    gone = merge(document(), removed, edited, {conflict.key: "ours"}).document
    assert gone is not None and [entry["id"] for entry in gone.data["collection"]] == ["one"]


def test_edits_find_their_entry_although_theirs_stands_at_another_place() -> None:
    moved = document(("collection:\n", "collection:\n  - id: zero\n    name: Before all\n"), ("MIT", "ISC"))
    merged = merge(document(), document(("The second", "Second"), ("Meadow ", "Wood ")), moved)
    assert merged.document is not None
    assert [entry["name"] for entry in merged.document.data["collection"]] == [
        "Before all",
        "The first",
        "Second",
    ]


EMPTY, FILLED = "config:\n", "config:\n  splash_title: Ours\n"
ENTRIES, RENAMED = "collection:\n- id: a\n", "collection:\n- id: b\n"


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "config"),
    [
        (EMPTY, FILLED, EMPTY, {"splash_title": "Ours"}),
        ("", FILLED, "", {"splash_title": "Ours"}),
        ("", FILLED, EMPTY, {"splash_title": "Ours"}),
        ("", FILLED, "config: {id: x}\n", {"id": "x", "splash_title": "Ours"}),
        ("config: text\n", FILLED, "config: text\n", {"splash_title": "Ours"}),
        (FILLED, EMPTY, FILLED, {}),
    ],
)
def test_a_config_that_was_empty_is_filled_on_top_of_theirs(
    base: str, ours: str, theirs: str, config: dict[str, str]
) -> None:
    versions = (Document.parse(text) for text in (base + ENTRIES, ours + ENTRIES, theirs + RENAMED))
    merged = merge(*versions).document
    assert merged is not None
    assert merged.data == {"config": config, "collection": [{"id": "b"}]}
