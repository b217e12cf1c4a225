"""Edits of `config` touch the lines of their fields alone, whatever the manifest looks like."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import pytest

from partner_tui.errors import PartnerTuiError
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.text.document import Document
from partner_tui.splash.edits import config_edits
from tests.corpus import CORPUS

MANIFEST = """\
format_version: 0.2.2
config:
  id: meadow  # the id
  name: Meadow
  splash_feature_list:
  tags:
    - one  # first
    # between
    - two
    - three
  url_root: https://example.org
collection:
  - id: a
"""


def saved(text: str, changed: dict[str, Any]) -> str:
    document = Document.parse(text)
    return apply(document, config_edits(document, changed)).text


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_nothing_edited_is_nothing_written() -> None:
    document = Document.parse(MANIFEST)
    assert config_edits(document, {}) == ()
    assert config_edits(document, {"id": "meadow", "tags": ["one", "two", "three"]}) == ()


def test_only_the_line_of_the_field_changes() -> None:
    after = saved(MANIFEST, {"name": "Wood"})
    assert changed_lines(MANIFEST, after) == ["-   name: Meadow", "+   name: Wood"]


def test_a_new_field_stands_behind_the_one_before_it_in_the_form() -> None:
    after = saved(MANIFEST, {"splash_title": "Meadow", "docs": "https://example.org/docs"})
    assert after.index("name:") < after.index("tags:") < after.index("docs:") < after.index("collection:")
    assert len(changed_lines(MANIFEST, after)) == 2


def test_a_list_under_an_empty_key_is_put_there() -> None:
    after = saved(MANIFEST, {"splash_feature_list": ["Fast", "Free"]})
    assert Document.parse(after).data["config"]["splash_feature_list"] == ["Fast", "Free"]
    assert len(changed_lines(MANIFEST, after)) == 2


def test_a_removed_member_leaves_the_comments_of_the_others() -> None:
    after = saved(MANIFEST, {"tags": ["one", "three"]})
    assert changed_lines(MANIFEST, after) == ["-     - two"]


def test_moved_members_keep_their_comments() -> None:
    after = saved(MANIFEST, {"tags": ["two", "one", "three"]})
    assert Document.parse(after).data["config"]["tags"] == ["two", "one", "three"]
    assert "one  # first" in after
    assert "# between" in after


def test_an_emptied_field_takes_its_key_along() -> None:
    after = saved(MANIFEST, {"url_root": None, "docs": None})
    assert changed_lines(MANIFEST, after) == ["-   url_root: https://example.org"]


def test_one_line_of_a_contact_changes_alone() -> None:
    text = "config:\n  contact:\n    - name: A  # she\n      email: a@example.org\n    - name: B\n"
    people = [{"name": "A", "email": "new@example.org"}, {"name": "B"}]
    after = saved(text, {"contact": people})
    assert changed_lines(text, after) == ["-       email: a@example.org", "+       email: new@example.org"]


@pytest.mark.parametrize(
    "text", ["name: x\nconfig:\ncollection: []\n", "name: x\ncollection: []\n", "collection: []\n", ""]
)
def test_a_config_that_is_not_there_is_added_before_the_entries(text: str) -> None:
    after = saved(text, {"name": "Meadow", "tags": ["a"]})
    data = Document.parse(after).data
    assert data["config"] == {"name": "Meadow", "tags": ["a"]}
    if text.startswith("name"):
        assert after.index("config:") < after.index("collection:")


def corpus_manifests() -> list[Path]:
    return sorted((CORPUS / "manifests").glob("*.yaml"))[::9] if CORPUS.is_dir() else []


@pytest.mark.parametrize("path", corpus_manifests(), ids=lambda path: path.stem)
def test_one_field_of_a_real_manifest_changes_its_lines_alone(path: Path) -> None:
    try:
        document = Document.decode(path.read_bytes(), path.name)
    except PartnerTuiError:
        pytest.skip("does not parse")
    config = document.data.get("config")
    for key, value in (
        ("splash_subtitle", "Now: with 'quotes' # and more"),
        ("tags", ["a", "b"]),
        ("docs", "https://x.org"),
    ):
        after = apply(document, config_edits(document, {key: value}))
        assert after.data == {**document.data, "config": {**(config or {}), key: value}}
        changed = changed_lines(document.text, after.text)
        before = document.excerpt(("config", key)).splitlines() if key in (config or {}) else []
        assert [line for line in changed if line[0] == "-" and line[2:] not in before] == []
