from __future__ import annotations

import pytest

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.discovery import find_manifests
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.partners import KNOWN_PARTNERS, known_partner
from partner_tui.manifest.text.document import Document
from tests.corpus import manifests, needs_corpus


def read(text: str) -> Manifest:
    return read_manifest(Document.parse(text))


@pytest.mark.parametrize(
    ("text", "dialect", "types"),
    [
        ("collection: [{id: a, type: dataset}, {id: b}]\n", "collection", ["dataset", None]),
        ("model: [{id: a}]\napplication: [{id: b}, {id: c, type: notebook}]\n", "grouped", ["model", "application", "notebook"]),
        ("workflow: [{id: a}]\ncollection: [{id: b}]\n", "mixed", ["workflow", None]),
        ("attachments:\n  models: [{id: a}]\n  notebook: [{id: b}]\n", "attachments", ["model", "notebook"]),
        ("config: {id: x}\n", "none", []),
        ("collection:\n", "collection", []),
        ("collection: text\n", "collection", []),
        ("", "none", []),
        ("[1, 2]\n", "none", []),
    ],
)  # fmt: skip
def test_each_dialect_is_read_into_one_shape(text: str, dialect: str, types: list[str | None]) -> None:
    manifest = read(text)
    assert manifest.dialect == dialect
    assert [entry.type for entry in manifest.entries] == types
    assert [entry.index for entry in manifest.entries] == list(range(len(types)))


def test_entries_are_in_file_order_with_path_and_line() -> None:
    manifest = read("dataset:\n  - id: a\n\n  # c\n  - id: b\nmodel:\n- id: c\n")
    assert [(entry.id, entry.path, entry.line) for entry in manifest.entries] == [
        ("a", ("dataset", 0), 2),
        ("b", ("dataset", 1), 5),
        ("c", ("model", 0), 7),
    ]


def test_entries_that_are_no_mappings_are_kept_with_their_problem() -> None:
    manifest = read("collection:\n- just a text\n-\n- [1]\n- id: a\n  1: b\n")
    assert [bool(entry.problem) for entry in manifest.entries] == [True, True, True, False]
    assert [dict(entry.own) for entry in manifest.entries] == [{}, {}, {}, {"id": "a"}]


@pytest.mark.parametrize("config", ["", "null", "text", "[a]", "{}", "{id: [1], tags: {a: b}}"])
def test_a_config_of_any_shape_reads_as_empty(config: str) -> None:
    partner = read(f"config: {config}\n").partner
    assert (partner.id, partner.name, partner.texts("resource_types")) == ("", "", ())


def test_the_public_id_carries_the_partner_once() -> None:
    manifest = read("config: {id: p}\ncollection: [{id: a}, {id: p/b}, {name: c}, {id: 7}]\n")
    assert [entry.public_id(manifest.partner) for entry in manifest.entries] == ["p/a", "p/b", "", "p/7"]


def test_identity_and_splash_are_not_inherited() -> None:
    manifest = read(
        "id: x\ntype: collection\nsplash_title: t\nlogo: l\nurl_root: u\nauthors: [a]\nlicense: MIT\n"
    )
    assert dict(manifest.root) == {"authors": ["a"], "license": "MIT"}


def test_known_names_come_best_first() -> None:
    names = [
        "README.md",
        "manifest.bioimage.io.yaml",
        "collection.yaml",
        "sub/collection.yaml",
        "Collection.yml",
    ]
    assert find_manifests(names) == ("manifest.bioimage.io.yaml", "collection.yaml", "Collection.yml")


def test_every_known_partner_has_a_manifest_that_would_be_found() -> None:
    for partner in KNOWN_PARTNERS:
        assert find_manifests([partner.manifest]) == (partner.manifest,)
        assert known_partner(partner.id.upper()) is partner
    assert known_partner("nobody") is None


@needs_corpus
def test_every_corpus_manifest_has_entries_at_lines_that_begin_with_a_dash() -> None:
    for file in manifests():
        try:
            manifest = read_manifest(Document.decode(file.read_bytes(), file.name))
        except ManifestParseError:
            continue
        lines = manifest.document.text.split("\n")
        for entry in manifest.entries:
            assert lines[entry.line - 1].lstrip().startswith("-"), (file.name, entry)
            assert manifest.document.position(entry.path).line == entry.line
