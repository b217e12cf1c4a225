"""An entry is found again in another version of its manifest: by its id, else by what it holds."""

from __future__ import annotations

import time

import pytest

from partner_tui.comparison.matching import match_entries
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.text.document import Document

A, B = (
    "{id: a, type: model, name: First, source: a.yaml}",
    "{id: b, type: model, name: Second, source: b.yaml}",
)


def pairs(old: str, new: str) -> list[tuple[str, str]]:
    found = match_entries(*(read_manifest(Document.parse(text)) for text in (old, new)))
    return [tuple(entry.id or "?" if entry else "-" for entry in pair) for pair in found]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (f"[{A}, {B}]", f"[{B}, {A}]", [("b", "b"), ("a", "a")]),
        (f"[{A}]", f"[{A}, {B}]", [("a", "a"), ("-", "b")]),
        (f"[{A}, {B}]", f"[{B}]", [("b", "b"), ("a", "-")]),
        # Another id
        (f"[{A}, {B}]", f"[{B}, {A.replace('id: a', 'id: c')}]", [("b", "b"), ("a", "c")]),
        (
            "[{id: My_Model-1}]",
            "[{id: x}, {id: my-model_1, name: New}]",
            [("-", "x"), ("My_Model-1", "my-model_1")],
        ),
        (
            "[{id: a, rdf_source: a.yaml}]",
            "[{}, {id: b, rdf_source: a.yaml, tags: [x]}]",
            [("-", "?"), ("a", "b")],
        ),
        ("[{id: a, name: N, tags: [x]}]", "[{}, {id: b, name: N}]", [("-", "?"), ("a", "b")]),
        ("[{id: a, tags: [x], cite: y}]", "[{id: b, tags: [x], cite: z}]", [("a", "b")]),
        # Not the same
        ("[{id: a, tags: [x], cite: y}]", "[{id: b, tags: [z], cite: z}]", [("-", "b"), ("a", "-")]),
        ("[{id: a, type: model}]", "[{id: b, type: model}]", [("-", "b"), ("a", "-")]),
        (
            "[{id: a, name: N}, {id: b, name: N}]",
            "[{}, {}, {id: c, name: N}]",
            [("-", "?"), ("-", "?"), ("-", "c"), ("a", "-"), ("b", "-")],
        ),
        # The same id twice
        ("[{id: a, name: 1}, {id: a, name: 2}]", "[{id: a, name: 1}]", [("a", "a"), ("a", "-")]),
    ],
)
def test_entries_are_matched(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    found = pairs(f"collection: {old}", f"collection: {new}")
    assert found == expected


def test_entries_keep_their_identity_when_groups_become_a_collection() -> None:
    old = f"model: [{A}]\ndataset: [{{id: d, name: D}}]"
    new = f"collection: [{{id: d, type: dataset, name: D}}, {A}]"
    assert pairs(old, new) == [("d", "d"), ("a", "a")]


@pytest.mark.slow
def test_every_entry_is_there_once_and_ten_thousand_renamed_ones_take_no_time() -> None:
    def listed(case: str) -> str:
        return "collection:\n" + "".join(
            f"- {{id: {case}_{n}, name: Entry {n}, tags: [t]}}\n" for n in range(10_000)
        )

    old, new = (read_manifest(Document.parse(listed(case))) for case in ("Model", "model"))
    started = time.process_time()
    found = match_entries(old, new)
    assert time.process_time() - started < 5
    assert len(found) == 10_000
    assert all(
        before is not None and after is not None and before.name == after.name for before, after in found
    )
