"""Each entry finds its item on the site by what is unmistakable, and what the site shows otherwise is told field by field."""

from __future__ import annotations

from typing import Any

import pytest

from partner_tui.central.collection import read_index, read_summary
from partner_tui.central.listed import Row, listed_rows, possible_items, shown_otherwise
from partner_tui.comparison.changes import ABSENT
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.files import NoFiles
from partner_tui.manifest.resolve import resolve
from partner_tui.manifest.text.document import Document
from tests.central.collection_data import index, item, report, summary

RAW = "https://raw.githubusercontent.com/zoo/models/main"


def rows(entries: str, items: list[Any], rdfs: dict[str, Any], tests: Any = None) -> list[Row]:
    """The rows of a manifest of the partner zoo; the summaries are of each item's first version."""
    manifest = read_manifest(Document.parse(f"config: {{id: zoo}}\ncollection:\n{entries}", "c.yaml"))
    known = read_index(index(*items))
    summaries = {}
    for one in known.items:
        if one.name in rdfs:
            read = read_summary(summary(rdfs[one.name], tests, f"v0-of-{one.name}"))
            assert read is not None
            summaries[one.id] = one.versions[0], read
    resolved = [resolve(entry, manifest, NoFiles()) for entry in manifest.entries]
    return list(listed_rows(resolved, manifest.partner, "zoo/zoo", known, summaries))


@pytest.mark.parametrize(
    ("entry", "rdf", "how"),
    [
        ("{id: fern, type: dataset}", {"id": "zoo/fern"}, "id"),
        ("{id: zoo/Fern, type: dataset}", {"id": "Zoo/fern"}, "id"),
        ("{id: busy-bee, type: dataset}", {}, "nickname"),
        ("{id: fern, type: dataset, config: {bioimageio: {nickname: busy-bee}}}", {}, "nickname"),
        ("{id: 10.5281/zenodo.12/34, type: dataset}", {"id": "10.5281/zenodo.12/34"}, "nickname"),
        (
            "{id: 10.5281/zenodo.12/34, type: dataset}",
            {"config": {"_conceptdoi": "10.5281/zenodo.12"}},
            "DOI",
        ),
        ("{id: f, type: dataset, doi: 'https://doi.org/10.1234/A'}", {"doi": "10.1234/a"}, "DOI"),
        (
            "{id: f, type: dataset, rdf_source: 'https://zenodo.org/api/records/34/files/rdf.yaml/content'}",
            {"id": "10.5281/zenodo.12/34"},
            "DOI",
        ),
        (f"{{id: f, type: dataset, source: '{RAW}/fern/'}}", {"download_url": f"{RAW}/fern"}, "source"),
        (
            f"{{id: f, type: dataset, source: '{RAW}/fern.zip'}}",
            {"source": "https://github.com/zoo/models/blob/main/fern.zip"},
            "source",
        ),
        ("{id: f, type: dataset, name: The  Fern}", {"name": "the fern"}, "name"),
        (f"{{id: f, type: dataset, source: '{RAW}/fern'}}", {"links": [f"{RAW}/fern", 3, None]}, "links"),
    ],
)
def test_a_nickname_is_found_by_each_means(entry: str, rdf: dict[str, Any], how: str) -> None:
    others = [item("calm-cat", "dataset"), item("busy-bee", "dataset"), item("sly-fox", "dataset")]
    found = rows(f"- {entry}", others, {"calm-cat": {"name": "Cat"}, "busy-bee": rdf, "sly-fox": {}})
    assert [(one.item.name if one.item else None, one.how) for one in found] == [("busy-bee", how)]


def test_an_item_with_the_partners_id_needs_no_summary() -> None:
    found = rows("- {id: fern, type: application}", [item("zoo:fern", "application"), item("ark:fern")], {})
    assert [(one.state, one.item and one.item.public_id, one.version) for one in found] == [
        ("listed", "zoo/fern", None)
    ]


def test_what_fits_several_is_told_and_not_guessed() -> None:
    items = [item("busy-bee"), item("calm-cat"), item("sly-fox")]
    names = {"busy-bee": {"name": "U-Net"}, "calm-cat": {"name": "u-net"}, "sly-fox": {"name": "Fox"}}
    found = rows("- {id: a, type: model, name: U-Net}", items, names)
    assert [(one.state, one.how, one.others) for one in found] == [
        ("ambiguous", "name", ("busy-bee", "calm-cat"))
    ]
    found = rows("- {id: a, type: model, name: Fox}\n- {id: b, type: model, name: Fox}", items, names)
    assert [(one.state, one.others) for one in found] == [("ambiguous", ("sly-fox",))] * 2


def test_a_surer_way_or_a_later_one_among_what_fits_decides() -> None:
    items = [item("busy-bee"), item("calm-cat")]
    names = {"busy-bee": {"name": "U-Net"}, "calm-cat": {"name": "U-Net", "links": [f"{RAW}/a"]}}
    found = rows(f"- {{id: a, type: model, name: U-Net, source: '{RAW}/a'}}", items, names)
    assert [(one.item and one.item.name, one.how) for one in found] == [("calm-cat", "links")]
    found = rows(
        "- {id: busy-bee, type: model, name: U-Net}\n- {id: b, type: model, name: U-Net}", items, names
    )
    assert [(one.item and one.item.name, one.how) for one in found] == [
        ("busy-bee", "nickname"),
        ("calm-cat", "name"),
    ]


def test_another_type_is_another_resource() -> None:
    found = rows(
        "- {id: a, type: dataset, name: Fern}", [item("busy-bee", "model")], {"busy-bee": {"name": "Fern"}}
    )
    assert [one.state for one in found] == ["absent"]


def test_while_summaries_lack_an_entry_that_was_not_found_may_be_shown() -> None:
    items = [item("busy-bee"), item("calm-cat")]
    assert [one.state for one in rows("- {id: a}", items, {"busy-bee": {}})] == ["unknown"]
    assert [one.state for one in rows("- {id: a}", items, {"busy-bee": {}, "calm-cat": {}})] == ["absent"]


def test_items_that_name_the_partner_and_are_in_no_manifest_come_last() -> None:
    items = [
        item("zoo:gone", "application"),
        *map(item, ("busy-bee", "calm-cat", "sly-fox", "wise-owl")),
        item("ark:x"),
    ]
    rdfs = {
        "zoo:gone": {},
        "busy-bee": {"links": ["Zoo/zoo"]},
        "calm-cat": {"id": "zoo/cat", "links": "zoo/zoo"},
        "sly-fox": {"links": ["zookeeper/zoo"], "id": 3},
        "wise-owl": {"id": "zoo/fern", "type": "model"},
        "ark:x": {"links": ["zoo/zoo"]},
    }
    found = rows("- {id: fern, type: model}", items, rdfs)
    assert [(one.id, one.state, one.how) for one in found] == [
        ("zoo/fern", "listed", "id"),
        ("zoo:gone", "extra", "id"),
        ("busy-bee", "extra", "links"),
        ("calm-cat", "extra", "id"),
    ]


def test_a_version_that_is_newer_than_its_summary_is_told_and_one_that_was_changed() -> None:
    newer = item("zoo:fern", "model", ("v0", "2025-07-01T22:41:55Z"), ("v1", "2026-08-06T10:18:44Z"))
    tests = {"zoo": {"2": report("failed", error="no"), "1": report()}}
    row, changed = rows(
        "- {id: fern, type: model}\n- {id: ivy, type: model}",
        [newer, {**item("zoo:ivy"), "versions": [{**item("zoo:ivy")["versions"][0], "sha256": "another"}]}],
        {"zoo:fern": {}, "zoo:ivy": {}},
        tests,
    )
    assert row.item and row.version and (row.version.name, row.item.newest.name) == ("v0", "v1")
    assert [one.release for one in row.reports] == ["2", "1"]
    assert [one.release for one in row.newest_reports] == ["2"]
    assert (row.is_stale, changed.is_stale) == (False, True)


def test_only_items_that_may_be_the_partners_are_asked_for() -> None:
    known = read_index(index(item("zoo:a"), item("ark:b"), item("busy-bee"), item("ZOO:c")))
    assert [one.name for one in possible_items(known, "zoo")] == ["zoo:a", "busy-bee", "ZOO:c"]
    assert [one.name for one in possible_items(known, "")] == ["busy-bee"]


def test_what_publishing_adds_copies_or_spells_otherwise_is_no_difference() -> None:
    said = {
        "id": "fern",
        "type": "dataset",
        "authors": ["Ada", {"name": "Bo", "orcid": None}],
        "covers": [f"{RAW}/images/cover.png"],
        "documentation": "fern/README.md",
        "tags": ["green", "plant"],
        "version": 1,
        "cite": [],
        "config": {"bioimageio": {"nickname": "busy-bee"}, "own": {"a": 1}},
        "description": "All\nof it",
    }
    shown = {
        "id": "zoo/fern",
        "type": "dataset",
        "authors": [{"name": "Ada"}, {"name": "Bo"}],
        "covers": ["cover.png"],
        "documentation": "README.md",
        "tags": ["plant", "green"],
        "version": "1",
        "uploader": {"email": "a@example.org"},
        "id_emoji": "🐝",
        "config": {"bioimageio": {"thumbnails": {}}, "_id": "x", "own": {"a": 1}},
        "description": "All of it",
        "maintainers": [],
    }
    assert list(shown_otherwise(shown, said)) == []


def test_differences_are_the_deepest_values_of_both_sides() -> None:
    said = {
        "name": "Fern",
        "tags": ["green", "new"],
        "authors": [{"name": "Ada", "orcid": "1"}],
        "license": "MIT",
    }
    shown = {
        "name": "A fern",
        "tags": ["green"],
        "authors": [{"name": "Ada"}],
        "git_repo": "https://example.org",
    }
    assert [(one.path, one.before, one.after) for one in shown_otherwise(shown, said)] == [
        (("name",), "A fern", "Fern"),
        (("tags", 1), ABSENT, "new"),
        (("authors", 0, "orcid"), ABSENT, "1"),
        (("license",), ABSENT, "MIT"),
        (("git_repo",), "https://example.org", ABSENT),
    ]


def test_of_an_entry_whose_source_is_not_here_its_own_fields_alone_are_compared() -> None:
    rdf = {"type": "model", "name": "Fern", "description": "Of its RDF", "authors": [{"name": "Ada"}]}
    entry = "- {id: fern, rdf_source: 'https://e.org/rdf.yaml', type: model, name: Ivy}\nname: Zoo\ndescription: Of the root\n"
    (row,) = rows(entry, [item("zoo:fern")], {"zoo:fern": rdf})
    assert (row.state, row.is_partial) == ("differs", True)
    assert [(one.before, one.after) for one in row.differences] == [("Fern", "Ivy")]
    (row,) = rows(entry.replace("Ivy", "Fern"), [item("zoo:fern")], {"zoo:fern": rdf})
    assert (row.state, row.is_partial) == ("listed", True)


def test_an_entry_with_differences_says_so() -> None:
    found = rows(
        "- {id: fern, type: model, name: Fern}",
        [item("zoo:fern")],
        {"zoo:fern": {"name": "F", "type": "model"}},
    )
    assert [(one.state, [change.path for change in one.differences]) for one in found] == [
        ("differs", [("name",)])
    ]
