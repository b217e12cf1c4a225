from __future__ import annotations

import pytest

from partner_tui.central.compiled import Origin
from tests.central.manifests import RAW, ROOT, compiled, with_entries
from tests.manifest.clone import Files

APP = "- id: a\n  type: application\n  name: A\n"
RDF = "name: R\ntype: dataset\ndescription: d\nformat_version: 0.2.2\nid: r\nlicense: MIT\ncovers: [c.png]\n"
PLUGIN = '<config lang="json">{"name": "P", "type": "window", "description": "p", "labels": ["x"], "author": "A B"}</config>'


def test_an_entry_becomes_an_item_with_the_origin_of_each_field() -> None:
    (one,) = compiled(
        with_entries(f"{APP}  covers: [{RAW}/i/c.png]\n  authors: [Ada]\n  links: [b, x/y]\n")
    ).outcomes
    folder = "https://bioimage-io.github.io/collection-bioimage-io/rdfs/zoo/a/latest"
    assert one.state == "item"
    assert one.item == {
        "authors": [{"name": "Ada"}],
        "covers": [f"{folder}/c.png"],
        "description": "All of it",
        "download_count": 1,
        "id": "zoo/a",
        "links": ["zoo/b", "x/y"],
        "name": "A",
        "rdf_source": f"{folder}/rdf.yaml",
        "type": "application",
        "versions": ["latest"],
    }
    assert one.origins["description"] == Origin("root")
    assert one.origins["name"] == Origin("entry")
    assert one.origins["authors"] == Origin("entry", "texts became objects")
    assert one.origins["covers"].layer == "entry"
    assert one.origins["id"].layer == "rule"


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("- 1\n", "unreadable", 1),
        (ROOT + "name: Again\ncollection: []\n", "duplicate-key", 6),
        (ROOT.replace("type: collection\n", "") + "collection: []\n", "no-collection", 1),
        (ROOT.replace("type: collection", "type: model") + "collection: []\n", "no-collection", 2),
        (ROOT.replace("name: Zoo\n", "") + "collection: []\n", "root", 1),
        (ROOT + "tags:\ncollection: []\n", "root", 6),
        (ROOT + "cite: [{text: t}]\ncollection: []\n", "root", 6),
        (ROOT + "application: []\n", "root", 1),
        (ROOT + "collection: {}\n", "root", 6),
        (ROOT.replace("0.2.2", "0.2.0") + "model:\n", "root", 6),
        (ROOT.replace("0.2.2", "0.2.0") + "model: []\n", "root", 6),
        (with_entries("- type: dataset\n  name: n\n"), "no-id", 7),
        (with_entries("- if: a\n"), "no-id", 7),
        (with_entries("- id: 7\n"), "id-not-text", 7),
        (with_entries(APP + APP), "duplicate-id", 10),
        (with_entries("- id: a\n  rdf_source:\n"), "root", 8),
        (with_entries(APP + "  source: [x]\n"), "source", 10),
        (with_entries(APP + "  links: b\n"), "links", 10),
        (ROOT.replace(", logo: l.png", "") + "collection: []\n", "no-logo", 5),
        # What the library of the time did, run on each of these: it left the CI with an exception.
        (with_entries(APP + "  released: 2022-01-02\n"), "unwritable", 10),
        (with_entries(APP + "  config: {a: [!!binary aGk=]}\n"), "unwritable", 10),
        (with_entries(APP + "  a: !!set {b}\n"), "unwritable", 10),
        (with_entries(APP + "  source: src/p.imjoy.html\n"), "plugin", 10),
        (with_entries(APP + "  config: {bioimageio: [a]}\n"), "root", 10),
        (with_entries("- id: a\n  rdf_source: dated.yaml\n"), "unwritable", 8),
        (ROOT.replace("0.2.2", "0.1.0") + "collection: []\n", "root", 1),
    ],
)
def test_a_manifest_is_ignored_as_a_whole(text: str, rule: str, line: int) -> None:
    found = compiled(text, {"dated.yaml": RDF + "config: {on: 2022-01-02}\n"})
    assert found.ignored is not None
    assert (found.ignored.rule, found.ignored.line, found.outcomes) == (rule, line, ())
    assert found.ignored.why and found.ignored.hint
    assert found.to_json()["ignored"] == found.ignored.why


@pytest.mark.parametrize(
    "text", [ROOT + "collection: []\n", ROOT.replace("0.2.2", "0.3.0") + "collection: []\n"]
)
def test_a_sound_root_without_entries_is_compiled(text: str) -> None:
    assert compiled(text).ignored is None


@pytest.mark.parametrize(
    "entry",
    [
        APP,
        APP + "  foo: unknown fields are dropped\n",
        APP + "  format_version: 0.2.1\n  name: a/b\n".replace("  name", "  description"),
        APP + "  documentation: README.md\n",
        APP + "  source: not/a url\n",
        APP + "  format_version: 0.3.0\n",
        APP + "  format_version: 9.0.0\n",
        APP + "  license: none that is known\n",
        APP + "  version: 1.20\n",
        APP + "  released: '2022-01-02'\n  config: {at: 2022-01-02 03:04:05}\n",
        APP + "  documentation: |\n    https://x.org/a\n",
    ],
)
def test_what_the_library_took_is_an_item(entry: str) -> None:
    assert [one.state for one in compiled(with_entries(entry)).outcomes] == ["item"]


@pytest.mark.parametrize(
    ("entry", "rule", "line", "why"),
    [
        ("- id: a\n  name: A\n", "no-type", 7, "It has no type, and inherits the root's: collection"),
        ("- id: a\n  type: dataset\n  name: a/b\n", "schema", 9, "name contains “/” or “\\”"),
        (APP + "  cite: a text\n", "schema", 10, "cite is not a list"),
        (APP + "  tags: [1]\n", "schema", 10, "tags[0] is not a text"),
        (APP + "  icon:\n", "schema", 10, "icon is empty (null)"),
        (
            APP + "  authors:\n  - name: A\n    url: u\n",
            "schema",
            12,
            "authors[0].url is not a field of this format",
        ),
        (APP + "  maintainers: [{name: A}]\n", "schema", 10, "maintainers[0].github_user is missing"),
        (APP + "  git_repo: github.com/x\n", "schema", 10, "git_repo is not an http or https URL"),
        (
            APP + "  documentation: a text\n",
            "schema",
            10,
            "documentation is neither a URL nor the path of a .md file",
        ),
        (
            APP + "  format_version: 0.1.0\n",
            "schema",
            10,
            "format_version 0.1.0 is not a format of resources of this type",
        ),
        (APP + "  format_version: 0.2\n", "schema", 10, "format_version is not a text"),
        (
            "- id: a\n  type: model\n",
            "schema",
            1,
            "format_version 0.2.3 is not a format of models, inherited from the root",
        ),
        ("- id: a\n  rdf_source: no.yaml\n", "rdf-source", 8, "no.yaml is not in this repository"),
        ("- id: a\n  rdf_source: bad.yaml\n", "rdf-source", 8, None),
        ("- id: a\n  rdf_source: list.yaml\n", "rdf-source", 8, "list.yaml is not a mapping"),
        ("- id: a\n  rdf_source: null.yaml\n", "rdf-source", 8, "tags is empty (null) (null.yaml, line 8)"),
        ("- rdf_source: noid.yaml\n", "no-id", 7, "It has no id, nor has its rdf_source"),
    ],
)
def test_an_entry_is_dropped(entry: str, rule: str, line: int, why: str | None) -> None:
    texts = {
        "bad.yaml": "a: b: c\n",
        "list.yaml": "- 1\n",
        "null.yaml": RDF + "tags:\n",
        "noid.yaml": RDF.replace("id: r\n", ""),
    }
    (one,) = compiled(with_entries(entry), texts).outcomes
    assert (one.state, one.item) == ("dropped", {})
    assert one.cause is not None
    assert (one.cause.rule, one.cause.line) == (rule, line)
    assert one.cause.hint
    if why is not None:
        assert one.cause.why == why


def test_slashes_are_taken_out_of_names_up_to_0_2_2() -> None:
    named = "- id: a\n  type: dataset\n  name: a/b\n  format_version: 0.2.2\n"
    assert compiled(with_entries(named)).items[0]["name"] == "ab"


def test_of_a_group_the_last_entry_alone_gets_its_type() -> None:
    grouped = (
        ROOT.replace("0.2.2", "0.2.1")
        + "dataset:\n- {id: a, name: A}\n- {id: b, name: B}\nworkflow:\n- {id: c}\n"
    )
    first, last, third = compiled(grouped).outcomes
    assert (first.state, last.state, third.state) == ("dropped", "item", "dropped")
    assert first.cause is not None and third.cause is not None
    assert (first.cause.rule, first.cause.line) == ("no-type", 7)
    assert third.cause.rule == "not-listed"
    assert (first.id, last.item["type"], third.index) == ("zoo/a", "dataset", 2)


def test_an_empty_group_gives_its_type_to_the_entry_before_it() -> None:
    grouped = ROOT.replace("0.2.2", "0.2.1") + "application:\n- {id: a, name: A}\ndataset: []\n"
    assert compiled(grouped).items[0]["type"] == "dataset"


def test_the_rdf_stands_over_the_root_and_below_the_entry() -> None:
    entry = "- rdf_source: m/rdf.yaml\n  license: BSD-3-Clause\n"
    (one,) = compiled(with_entries(entry), {"m/rdf.yaml": RDF}).outcomes
    assert (one.item["id"], one.item["name"], one.item["license"]) == ("zoo/r", "R", "BSD-3-Clause")
    assert (one.origins["name"].layer, one.origins["license"].layer) == ("rdf_source", "entry")
    assert one.item["covers"][0].endswith("/rdfs/zoo/r/latest/c.png")


def test_relative_paths_are_below_the_file_that_they_are_written_in() -> None:
    texts = {"m/rdf.yaml": RDF + "source: data.zip\n"}
    made = compiled(with_entries(f"{APP}  source: app.html\n- rdf_source: m/rdf.yaml\n"), texts)
    assert [item["source"] for item in made.items] == [f"{RAW}/app.html", f"{RAW}/m/data.zip"]


def test_a_plugin_stands_below_the_entry() -> None:
    entry = f"- id: P\n  name: Mine\n  source: {RAW}/p.imjoy.html\n"
    (one,) = compiled(with_entries(entry), {"p.imjoy.html": PLUGIN}).outcomes
    assert one.state == "item"
    found = {
        name: one.item[name]
        for name in ("name", "type", "description", "tags", "covers", "badges", "authors")
    }
    assert found == {
        "name": "Mine",
        "type": "application",
        "description": "p",
        "tags": ["x", "bioengine"],
        "covers": [],
        "badges": [],
        "authors": [{"name": "A B"}],
    }
    assert (one.origins["description"].layer, one.origins["name"].layer) == ("plugin", "entry")


@pytest.mark.parametrize("field", ["source", "rdf_source"])
def test_a_source_of_elsewhere_is_not_known_before_it_is_fetched(field: str) -> None:
    address = "https://example.org/p.imjoy.html" if field == "source" else "https://example.org/r/rdf.yaml"
    text = with_entries(f"- id: P\n  {field}: {address}\n")
    before = compiled(text)
    after = compiled(text, fetched={address: PLUGIN if field == "source" else RDF})
    assert [one.state for one in before.outcomes] == ["unknown"]
    assert (before.to_json()["dropped"], before.to_json()["unknown"][0]["rule"]) == ([], "not-here")
    assert [one.state for one in after.outcomes] == ["item"]
    if field == "rdf_source":
        assert after.items[0]["covers"][0].endswith("/c.png")


@pytest.mark.parametrize(
    "text",
    [
        "404",
        '<config lang="json">{"type": "window"}</config>',
        '<config lang="json">{"name": "P", "env": {"gpu": "x"}}</config>',
        '<config lang="json">{"name": "P", "labels": "x"}</config>',
        '<config lang="json">{"name": "P", "flags": null}</config>',
        '<config lang="json">{"name": "P", "tags": [["a"]], "icon": {"a": "x"}}</config>',
    ],
)
def test_a_plugin_that_cannot_be_read_fails_the_run(text: str) -> None:
    found = compiled(with_entries(f"- id: P\n  source: {RAW}/p.imjoy.html\n"), {"p.imjoy.html": text})
    assert found.ignored is not None and found.ignored.rule == "plugin"


def test_a_repository_goes_by_its_former_name_too() -> None:
    root = ROOT.replace(
        "logo: l.png", "logo: l.png, url_root: https://raw.githubusercontent.com/old/name/main"
    )
    text = f"{root}collection:\n- id: P\n  source: https://raw.githubusercontent.com/old/name/main/p.imjoy.html\n"
    assert len(compiled(text, {"p.imjoy.html": PLUGIN}).items) == 1
    assert compiled(text, {}).outcomes[0].state == "unknown"


def test_config_is_inherited_and_gives_nickname_and_owners() -> None:
    entry = APP + "  config: {bioimageio: {nickname: shy-cat, nickname_icon: c, owners: [1], other: 2}}\n"
    item = compiled(with_entries(entry)).items[0]
    assert (item["nickname"], item["nickname_icon"], item["owners"]) == ("shy-cat", "c", [1])
    assert "other" not in item and "config" not in item


def test_the_partner_is_the_central_object_with_the_config_over_it() -> None:
    found = compiled(with_entries(APP)).partner
    assert found == {
        "branch": "main",
        "collection_file_name": "collection.yaml",
        "id": "zoo",
        "logo": "l.png",
        "repository": "owner/name",
    }


@pytest.mark.parametrize("newer", ["0.3.0", "0.10.0"])
def test_a_newer_format_of_the_root_is_noted_in_the_partner(newer: str) -> None:
    found = compiled(with_entries(APP).replace("0.2.2", newer))
    assert found.ignored is None
    assert found.partner["bioimageio"] == {"original_format_version": newer}


def test_a_download_of_the_root_is_no_entrys() -> None:
    (item,) = compiled(ROOT + "download_url: https://x.org/a\nlicense: MIT\ncollection:\n" + APP).items
    assert "download_url" not in item
    assert item["license"] == "MIT"


def test_a_known_partner_has_its_known_home() -> None:
    text = with_entries(APP + "  covers: [c.png]\n  source: x\n").replace("id: zoo", "id: ilastik")
    found = compiled(text, slug=None)
    assert found.partner["repository"] == "ilastik/bioimage-io-resources"
    assert (
        found.items[0]["source"] == "https://raw.githubusercontent.com/ilastik/bioimage-io-resources/main/x"
    )


def test_items_are_in_the_order_of_their_folders() -> None:
    entries = "".join(f"- {{id: {name}, type: dataset, name: n}}\n" for name in ("b", "a", "B"))
    assert [item["id"] for item in compiled(with_entries(entries)).items] == ["zoo/B", "zoo/a", "zoo/b"]


def test_nothing_given_is_changed() -> None:
    text = with_entries(APP + "  links: [b]\n  authors: [Ada]\n")
    files = Files({}, "owner/name")
    from partner_tui.central.compile import compile_manifest
    from partner_tui.manifest.text.document import Document

    document = Document.parse(text)
    compile_manifest(document, files)
    assert document.data == Document.parse(text).data
