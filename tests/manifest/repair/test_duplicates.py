"""Duplicate keys: each choice gives a file that means it, and merging moves lines with their comments."""

from __future__ import annotations

import pytest

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.repair.duplicates import duplicate_proposals
from partner_tui.manifest.text.document import Document
from tests.corpus import manifests, models, needs_corpus

GROUPS = """\
model:
  - id: petals  # first
dataset:
    - id: soil
# more models
model:
    # old
    - id: leaves
    - id: petals
      tags: [a]
notebook: []
"""


def choices(text: str) -> dict[str, str]:
    (proposal,) = duplicate_proposals(Document.parse(text))
    return {choice.keep: choice.document.text for choice in proposal.choices}


def test_merging_lists_moves_the_lines_of_the_second_below_the_first() -> None:
    made = choices(GROUPS)
    assert (
        made["merge"]
        == """\
model:
  - id: petals  # first
# more models
  # old
  - id: leaves
  - id: petals
    tags: [a]
dataset:
    - id: soil
notebook: []
"""
    )
    assert Document.parse(made["first"]).data["model"] == [{"id": "petals"}]
    assert Document.parse(made["last"]).data["model"] == Document.parse(GROUPS).data["model"]


@pytest.mark.parametrize("text", ["config:\n  id: a\n  id: b\n", "x:\n  config:\n    id: a\n    id: b\n"])
def test_a_mapping_with_one_key_twice_is_not_taken_for_a_list(text: str) -> None:
    assert list(choices(text)) == ["first", "last"]


def test_both_values_stand_side_by_side() -> None:
    (proposal,) = duplicate_proposals(Document.parse("a: 1\nb: 2\na:\n- 3\n"))
    assert proposal.values == (1, [3])
    assert proposal.excerpts == ("a: 1", "a:\n- 3")
    assert (proposal.duplicate.first.line, proposal.duplicate.again.line) == (1, 3)


@pytest.mark.parametrize(
    ("text", "merged"),
    [
        ("name: x\nid: 1\nname: x\n", {"name": "x", "id": 1}),
        ("cite:\nid: 1\ncite: [a]\n", {"cite": ["a"], "id": 1}),
        ("t: [a, b]\nid: 1\nt: [b, c]\n", {"t": ["a", "b", "c"], "id": 1}),
        ("m: {a: 1}\nid: 1\nm: {a: 1, b: 2}\n", {"m": {"a": 1, "b": 2}, "id": 1}),
        ("m:\n  a: 1\nid: 1\nm:\n    b: 2\n", {"m": {"a": 1, "b": 2}, "id": 1}),
    ],
)
def test_values_that_agree_are_merged(text: str, merged: object) -> None:
    assert Document.parse(choices(text)["merge"]).data == merged


@pytest.mark.parametrize(
    "text", ["a: 1\na: 2\n", "a: {b: 1}\na: {b: 2}\n", "a: [1]\na: {b: 1}\n", "a:\na: ''\n"]
)
def test_values_that_contradict_each_other_are_not_merged(text: str) -> None:
    assert set(choices(text)) == {"first", "last"}


def test_keys_that_come_again_in_order_were_meant_as_a_list() -> None:
    text = "post:\n  name: a\n  kwargs: {x: 1}\n  # then\n  name: b\n  kwargs:\n    y: 1\nid: z\n"
    proposals = duplicate_proposals(Document.parse(text))
    assert proposals[0].choices[0].keep == "split"
    assert (
        proposals[0].choices[0].document.text
        == "post:\n  - name: a\n    kwargs: {x: 1}\n    # then\n  - name: b\n    kwargs:\n      y: 1\nid: z\n"
    )


def test_a_member_that_swallowed_the_next_is_split() -> None:
    text = "authors:\n  - name: a\n    email: x\n    name: b\n    email: y\n"
    made = duplicate_proposals(Document.parse(text))[0].choices[0].document
    assert made.text == "authors:\n  - name: a\n    email: x\n  - name: b\n    email: y\n"


@needs_corpus
def test_every_duplicate_of_the_corpus_has_a_choice_that_ends_it() -> None:
    found = 0
    for path in (*manifests(), *models()):
        try:
            document = Document.decode(path.read_bytes(), path.name)
        except ManifestParseError:
            continue
        for _ in range(9):
            if not document.duplicate_count:
                break
            before = document.duplicate_count
            document = duplicate_proposals(document)[0].choices[0].document
            assert document.duplicate_count < before
            found += 1
        assert not document.duplicate_count
    assert found
