from __future__ import annotations

import pytest

from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.plugin import read_plugin
from partner_tui.manifest.resolve import Resolved, resolve
from partner_tui.manifest.text.document import Document
from tests.manifest.clone import Files

RAW = "https://raw.githubusercontent.com/owner/name/main/"
FILES = Files(
    {
        "m/rdf.yaml": "type: model\nname: From RDF\nlicense: MIT\nformat_version: 0.4.10\n",
        "bad.yaml": "a: b: c\n",
        "list.yaml": "- 1\n",
        "app.imjoy.html": '<config lang="json">\n{"name": "App", "type": "window", "description": "d", "cover": "c.png",'
        ' "labels": ["x"], "author": "A B"}\n</config>\n<script>evil()</script>',
        "app2.imjoy.html": "<config lang='yaml'>\nname: App2\nflags: [f]\n</config>",
    }
)


def resolved(text: str) -> Resolved:
    manifest = read_manifest(Document.parse(text))
    return resolve(manifest.entries[0], manifest, FILES)


def test_own_fields_stand_over_the_rdf_and_this_over_the_root() -> None:
    found = resolved(
        "license: BSD\nauthors: [a]\ncollection:\n- id: x\n  name: Own\n  rdf_source: m/rdf.yaml\n"
    )
    assert found.data["name"] == "Own"
    assert found.data["license"] == "MIT"
    assert found.data["authors"] == ["a"]
    assert {found.origins[field] for field in ("name", "license", "authors")} == {"own", "rdf", "root"}
    assert (found.rdf_path, found.missing, found.type, found.format_version) == (
        "m/rdf.yaml",
        None,
        "model",
        "0.4.10",
    )
    assert found.rdf is not None
    assert found.rdf.position(("name",)).line == 2


@pytest.mark.parametrize(
    ("entry", "missing"),
    [
        ("rdf_source: nowhere.yaml", "nowhere.yaml"),
        ("rdf_source: https://example.org/rdf.yaml", "https://example.org/rdf.yaml"),
        ("rdf_source: 10.5281/zenodo.1", "10.5281/zenodo.1"),
        ("rdf_source: bad.yaml", "bad.yaml"),
        ("rdf_source: list.yaml", "list.yaml"),
        (f"rdf_source: {RAW}m/rdf.yaml", None),
        ("rdf_source: ''", None),
        ("{rdf_source: , type: model, name: A model}", ""),
        ("{rdf_source: ' ', type: model, source: a.zip}", ""),
        ("{rdf_source: '', type: model, weights: {onnx: {source: a.onnx}}}", None),
        ("{rdf_source: '', type: application}", None),
        ("{type: model, name: A model}", None),
        ("rdf_source: 7", "7"),
        ("rdf_source: [m/rdf.yaml]", "['m/rdf.yaml']"),
        ("source: https://example.org/rdf.yaml", None),
        ("source: https://example.org/x.imjoy.html", "https://example.org/x.imjoy.html"),
        ("{source: https://example.org/x.imjoy.html, name: n, description: d}", None),
        (f"source: {RAW}app.imjoy.html", None),
    ],
)
def test_a_source_that_is_needed_and_not_in_the_clone_is_missing(entry: str, missing: str | None) -> None:
    found = resolved(f"collection:\n- {entry}\n").missing
    assert (found and found.reference) == missing


def test_in_a_group_a_source_that_is_a_yaml_file_is_the_rdf() -> None:
    assert resolved(f"model:\n- source: {RAW}m/rdf.yaml\n").data["name"] == "From RDF"
    remote = resolved("model:\n- source: https://example.org/m.yaml?x=1\n").missing
    assert remote is not None
    assert (remote.reference, remote.why) == ("https://example.org/m.yaml?x=1", "remote")
    assert resolved("notebook:\n- source: https://example.org/n.ipynb\n").missing is None


def test_a_plugin_in_the_clone_supplies_what_the_central_ci_takes_from_it() -> None:
    found = resolved(f"collection:\n- type: application\n  source: {RAW}app.imjoy.html\n")
    assert found.type == "application"
    assert found.data["covers"] == ["c.png"]
    assert found.data["authors"] == [{"name": "A B"}]
    assert (found.rdf_path, found.rdf) == ("app.imjoy.html", None)
    assert read_plugin(FILES.texts["app2.imjoy.html"]) == {"name": "App2", "tags": ["f"]}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<config>{}",
        "<config lang=json>[1]</config>",
        "<config lang='yaml'>a: b: c</config>",
        "<config>" + "[" * 99999 + "</config>",
    ],
)
def test_a_plugin_that_cannot_be_read_gives_nothing(text: str) -> None:
    assert read_plugin(text) is None


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("format_version: 0.2.2\ncollection: [{type: dataset}]\n", "0.2.2"),
        ("format_version: 0.2.2\ncollection: [{type: model}]\n", None),
        ("format_version: 0.2.2\ncollection: [{id: x}]\n", None),
        ("format_version: 0.3.0\nmodel: [{id: x}]\n", "0.3.0"),
        ("format_version: 0.3.0\ndataset: [{id: x}]\n", None),
        ("format_version: 0.3.0\ncollection: [{type: model}]\n", None),
        ("format_version: 0.3.0\ncollection: [{type: dataset, format_version: 0.2.1}]\n", "0.2.1"),
        ("format_version: 0.2.2\ncollection: [{type: dataset, rdf_source: m/rdf.yaml}]\n", "0.4.10"),
        ("format_version: [1]\ncollection: [{type: dataset}]\n", None),
    ],
)
def test_a_format_version_is_never_inherited_across_types(text: str, version: str | None) -> None:
    assert resolved(text).format_version == version


def test_a_malformed_entry_resolves_to_nothing() -> None:
    found = resolved("license: MIT\ncollection:\n- text\n")
    assert (found.data, found.type, found.missing) == ({}, None, None)


@pytest.mark.parametrize(
    ("fields", "is_missing"),
    [
        ("", True),
        ("name: a", True),
        ("description: b", True),
        ("name: '', description: b", True),
        ("name: a, description: b", False),
    ],
)
def test_a_plugin_elsewhere_is_needed_unless_its_entry_says_what_it_is(fields: str, is_missing: bool) -> None:
    found = resolved(f"application:\n- {{id: a, source: 'https://x.org/a.imjoy.html', {fields}}}")
    assert (found.missing is not None) is is_missing


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("collection: [{id: a}]\n", "other.yaml is a manifest"),
        (
            "type: collection\nname: A\ncollection: []\n",
            "other.yaml is a manifest",
        ),
        (
            "config: {id: b}\nmodel: [{id: a, source: x}]\n",
            "other.yaml is a manifest",
        ),
        ("- 1\n", "other.yaml is not a mapping"),
        ("", "other.yaml is not a mapping"),
        ("config: {id: b}\nauthors: [Jo]\nmodel: [{id: a, source: x}]\n", "other.yaml is a manifest"),
        ("authors: [Jo]\ncollection: [{id: a}]\n", "other.yaml is a manifest"),
        ("name: A\nauthors: [Jo]\ndataset: [{id: a}]\n", None),
        ("name: A\ncite: [{text: Jo}]\nlicense: MIT\ndataset: [{name: a}]\n", None),
        ("type: notebook\nmodel: [{id: a}]\n", None),
        ("weights: {onnx: {source: a}}\ncollection: [{a: 1}]\n", None),
        ("description: a part\nnotebook: [a]\n", None),
        ("{}\n", None),
    ],
)
def test_a_manifest_is_not_the_rdf_of_an_entry(text: str, problem: str | None) -> None:
    manifest = read_manifest(Document.parse("collection: [{id: x, type: dataset, rdf_source: other.yaml}]\n"))
    found = resolve(manifest.entries[0], manifest, Files({"other.yaml": text}))
    assert (found.missing.problem if found.missing else None) == problem
