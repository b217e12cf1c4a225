"""What is said of the partner's own entries: tags with counts, each once and under its heading, and what they select."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path

import pytest

from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.files import NoFiles
from partner_tui.manifest.text.document import Document
from partner_tui.splash.fields import field
from partner_tui.splash.form import FormState
from partner_tui.splash.own_entries import OwnEntries, entries_note
from partner_tui.splash.share_links import list_entries
from partner_tui.splash.tag_categories import TAG_CATEGORIES

MANIFEST = """\
config: {id: meadow}
collection:
  - {id: fern, type: model, tags: [plants, 2d, plants]}
  - {id: moss, type: model, tags: [Plants, plants, 1.0]}
  - {id: reed, type: notebook, tags: null}
  - {id: sedge, type: gibberish, tags: {a: b}}
"""


@pytest.fixture(scope="module")
def own() -> OwnEntries:
    return OwnEntries(list_entries(read_manifest(Document.parse(MANIFEST)), NoFiles()))


def test_tags_are_counted_once_for_each_entry_the_most_frequent_first(own: OwnEntries) -> None:
    assert list(own.by_tag.items()) == [("plants", 2), ("1.0", 1), ("2d", 1), ("Plants", 1)]
    assert own.by_type == {"model": 2, "notebook": 1, "gibberish": 1}


@pytest.mark.parametrize(
    ("tags", "ids"),
    [
        (["plants"], ["fern", "moss"]),
        (["plants", "2d"], ["fern"]),
        (["PLANTS"], []),
        ([], ["fern", "moss", "reed", "sedge"]),
    ],
)
def test_a_visitor_sees_the_entries_that_have_all_of_the_tags(
    own: OwnEntries, tags: list[str], ids: list[str]
) -> None:
    assert [one.id.removeprefix("meadow/") for one in own.with_tags(tags)] == ids


def test_each_tag_can_be_chosen_once_under_its_heading(own: OwnEntries) -> None:
    found = own.choices(["moss", "2d", "moss"])
    assert [choice.tag for choice in found["Chosen"]] == ["moss", "2d"]
    assert [choice.tag for choice in found["Tags of your entries"]] == ["plants", "1.0", "Plants"]
    assert [choice.tag for choice in found["dims  (spec)"]] == ["3d", "2d-t", "3d-t"]
    every = [choice.tag for choices in found.values() for choice in choices]
    assert len(every) == len(set(every))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("PLANT", ["plants", "Plants", "plant"]),
        (" dims ", ["2d", "3d", "2d-t", "3d-t"]),
        ("no such tag", []),
    ],
)
def test_tags_are_found_by_their_name_and_their_category(
    own: OwnEntries, words: str, found: list[str]
) -> None:
    choices = own.choices([], words).values()
    assert [choice.tag for group in choices for choice in group] == found


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("tags", ["plants"], "This tag selects 2 of 4 entries."),
        ("tags", ["plants", "plants"], "This tag selects 2 of 4 entries."),
        ("tags", ["plants", "2d"], "All of these tags together select 1 of 4 entries."),
        ("tags", [], ""),
        ("tags", None, ""),
        ("resource_types", ["model"], "Without a tab: 1 notebook entry."),
        ("resource_types", [], "Without a tab: 2 model entries, 1 notebook entry."),
        ("resource_types", ["notebook", "model"], ""),
        ("splash_title", "Meadow", ""),
    ],
)
def test_what_the_entries_have_to_do_with_a_field_is_said(
    own: OwnEntries, key: str, value: object, said: str
) -> None:
    known = field(key)
    assert known is not None
    assert entries_note(known, FormState({key: value}), own) == said


def test_without_entries_nothing_is_said() -> None:
    known = field("tags")
    assert known is not None
    assert entries_note(known, FormState({"tags": ["plants"]}), OwnEntries()) == ""


def test_the_categories_are_those_of_the_spec() -> None:
    files = metadata.files("bioimageio.spec") or ()
    path = next(Path(str(one.locate())) for one in files if one.name == "tag_categories.json")
    spec = json.loads(path.read_text("utf-8"))["model"]
    ours = {name: [tag for tag in tags if tag != "napari"] for name, tags in TAG_CATEGORIES.items()}
    assert ours == spec
