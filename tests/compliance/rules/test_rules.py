"""Each rule by a table: what it leaves alone first, then (manifest, findings as ``line:column message``)."""

from __future__ import annotations

import subprocess
import sys
from textwrap import dedent

import pytest

from partner_tui.compliance.own_findings import own_findings
from partner_tui.compliance.rules import (
    RULES,
    TEXT_RULES,
    ambiguous_values,
    config,
    dangling_links,
    duplicate_ids,
    duplicate_keys,
    github_user,
    id_not_text,
    if_for_id,
    malformed_entries,
    missing_files,
    missing_id,
    missing_type,
    odd_blanks,
    rdf_in_source,
    schema,
    site,
    unusual_values,
    url_punctuation,
)
from partner_tui.compliance.rules.rule import Rule, TextRule
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.files import NoFiles
from partner_tui.manifest.text.document import Document
from tests.compliance.clone import FilesInMemory

WHOLE = (
    "{id: lab, name: Lab, tags: [lab], icon: https://x.org/i.png, splash_title: Lab, resource_types: [model], "
    "explore_button_text: Go}"
)
FILES = FilesInMemory({"docs/a.md": "", "covers/a.png": "", "rdf.yaml": "id: a"})


def told(rule: Rule | TextRule, text: str, files: FilesInMemory | NoFiles = FILES) -> list[str]:
    manifest = read_manifest(Document.parse(dedent(text)))
    rules = [one for one in RULES if one is rule]
    text_rules = [one for one in TEXT_RULES if one is rule]
    found = own_findings(manifest, files, rules=rules, text_rules=text_rules)
    return [f"{one.line}:{one.column} {one.message}" for one in found]


NO_OPS: list[tuple[Rule | TextRule, str]] = [
    (duplicate_keys, "a: 1\nb: {a: 1}\ncollection: [{a: 1}, {a: 1}]"),
    (duplicate_ids, "collection: [{id: a}, {id: b}, {}, {}, null, text]"),
    (id_not_text, "collection: [{id: a}, {id: 3}, {id: ''}, {id: }, {name: a}, null]"),
    (missing_id, "collection: [{id: a}, {id: 3}, {if: a}, {id: ''}, null, text]"),
    (if_for_id, "collection: [{id: a, if: b}, {id: a}]"),
    (
        rdf_in_source,
        "collection: [{source: a.yaml, name: A}, {source: a.ipynb}, {rdf_source: a.yaml, source: b.yaml}, null]\n"
        "model: [{source: a.yaml}]",
    ),
    (rdf_in_source, "collection: [{type: model, name: A, source: a.yaml, weights: {onnx: {}}}]"),
    (missing_type, "collection: [{type: model}, {rdf_source: rdf.yaml}, null]\nmodel: [{id: a}]"),
    (dangling_links, "collection: [{id: a, links: [a]}]"),
    (
        dangling_links,
        "config: {id: lab}\nlinks: [a]\ncollection: [{id: a, links: [lab/a, other/b, a, 3, '']}, {links: x}]",
    ),
    (
        missing_files,
        "collection: [{covers: [covers/a.png], documentation: ./docs/a.md, rdf_source: rdf.yaml}]",
    ),
    (missing_files, "collection: [{rdf_source: {type: dataset, name: x, covers: [covers/a.png]}}]"),
    (missing_files, "collection: [{documentation: 'https://github.com/lab/models/blob/main/docs/a.md'}]"),
    (missing_files, "config: {url_root: 'https://raw.githubusercontent.com/lab/models/main/sub/folder'}"),
    (
        missing_files,
        "a: https://github.com/lab/models/tree/main/nowhere\nb: https://raw.githubusercontent.com/o/r/main/x",
    ),
    (missing_files, f"a: https://raw.githubusercontent.com/lab/models/{'0a' * 20}/gone.md"),
    (missing_files, "documentation: https://docs.example.com/x\ndescription: docs/b.md"),
    (url_punctuation, "a: https://x.org/a\nb: https://x.org/a_(b)\nc: 'see https://x.org/a,'\nd: text,"),
    (github_user, "authors: [{name: None, github_user: nobody}]\ncollection: [{authors: [{name: a}]}]"),
    (config, "config: {id: lab}"),
    (site, f"config: {WHOLE}"),
    (site, "config:"),
    (site, "config: text"),
    (site, f"config: {WHOLE[:-1]}, default_type: model, splash_subtitle: null, unknown: [1]}}"),
    (site, f"config: {WHOLE[:-1]}, default_type: all, background_image: static/img/zoo-background.svg}}"),
    (malformed_entries, "collection: [{}]"),
    (
        ambiguous_values,
        """\
        config: {id: lab, version: "1e3", splash_title: 'No', tags: [y, n, 2d]}
        name: yesterday
        version: 1.20
        collection:
        - {id: a, version: 0x1F, timestamp: 2020-01-01T00:00:00Z, license: !!str no, tags: [1.0, 0.5.0, ~]}
        - {id: b, config: {cuda: yes, lr: 1e-4}, python_version: 1e1}
        - {id: c, weights: {onnx: {architecture: {kwargs: {shuffle: yes}}}}, description: "yes"}
        """,
    ),
    (ambiguous_values, "%YAML 1.1\n---\nname: yes\ncollection: []"),
    (
        unusual_values,
        "collection:\n- {id: a, '1': b, 'true': c, tags: !!seq [d], x: &y {e: 1}, z: *y}\n- null\n- text",
    ),
    (odd_blanks, "a: 'b\tc'\nd: |\n  e\tf\t\n  g\t\n# h\ti\nj: k # l\tm\ncollection: []\n"),
    (schema, "config:\ntags: [a]\ncollection: [null]"),
    (
        schema,
        "config: {id: lab, splash_feature_list: null, resource_types: [model], url_root: 'https://x.org'}",
    ),
]


@pytest.mark.parametrize(("rule", "text"), NO_OPS)
def test_what_is_right_is_left_alone(rule: Rule | TextRule, text: str) -> None:
    assert told(rule, text) == []


@pytest.mark.parametrize("rule", [*RULES, *TEXT_RULES], ids=lambda rule: str(rule.NAME))
@pytest.mark.parametrize(
    "text", ["", "text", "[]", "3", "collection: {}", "config: []", "config: {id: {}}", "model: x"]
)
def test_no_rule_fails_on_what_is_no_manifest(rule: Rule | TextRule, text: str) -> None:
    told(rule, text)


FINDINGS: list[tuple[Rule | TextRule, str, list[str]]] = [
    (
        duplicate_keys,
        """\
        config: {id: a}
        model: []
        config: {id: b}
        collection:
        - id: a
          cite: x
          cite: y
        """,
        ["3:1 config is a duplicate key (first in line 1)", "7:3 cite is a duplicate key (first in line 6)"],
    ),
    (
        duplicate_ids,
        """\
        config: {id: lab}
        collection:
        - id: a
        - id: b
        - {type: model, id: lab/a}
        """,
        ["3:3 The id a is a duplicate (also in line 5)", "5:17 The id lab/a is a duplicate (also in line 3)"],
    ),
    (
        id_not_text,
        "collection:\n- id: [1, 2]\n- id: {a: b}\n- id: true",
        ["2:3 id is not text", "3:3 id is not text", "4:3 id is not text"],
    ),
    (missing_id, "collection:\n- type: model\n- {id: }", ["2:1 No id", "3:4 id is empty"]),
    (
        ambiguous_values,
        """\
        config: {id: lab, splash_title: No}
        version: 1e3
        collection:
        - {id: 017, tags: [on, 1:30], license: 0o17}
        - inputs: [{data_range: [0, 1E4]}]
        """,
        [
            "1:33 config.splash_title: No is text in YAML 1.2 and false in YAML 1.1",
            "2:10 version: 1e3 is the number 1000.0 in YAML 1.2 and text in YAML 1.1",
            "4:8 id: 017 is the number 17 in YAML 1.2 and the number 15 in YAML 1.1",
            "4:20 tags[0]: on is text in YAML 1.2 and true in YAML 1.1",
            "4:24 tags[1]: 1:30 is text in YAML 1.2 and the number 90 in YAML 1.1",
            "4:40 license: 0o17 is the number 15 in YAML 1.2 and text in YAML 1.1",
            "5:29 inputs[0].data_range[1]: 1E4 is the number 10000.0 in YAML 1.2 and text in YAML 1.1",
        ],
    ),
    (
        unusual_values,
        "collection:\n- {id: a, 3: b, true: c, null: d, 2020-01-01: e, [f, 2]: g}\n"
        "- tags: !!set {x}\n- icon: !!binary aGk=\n- links: !!pairs [a: 1]\n- config: {a: {: x}}\n"
        "- config: !!set {x}\n",
        [
            *(
                f"2:1 The key {key} is not text: no field has such a name"
                for key in ("3", "true", "null", "2020-01-01", "[f, 2]")
            ),
            "3:3 tags: a set (!!set) is not a value of the spec",
            "4:3 icon: binary data (!!binary) is not a value of the spec",
            "5:19 links[0]: a pair of !!pairs is not a value of the spec",
            "6:12 The key null in config.a is not text: no field has such a name",
            "7:3 config is not a mapping but a set (!!set)",
        ],
    ),
    (
        odd_blanks,
        "a: b\t# c\ncollection:\n- id: d\n  e: f\tg\n- h: 'i'\t\nj: k\u2028  l\n",
        [
            "1:5 A tab outside quotes and comments: the spec library cannot read this file",
            "4:7 A tab outside quotes and comments: the spec library cannot read this file",
            "5:9 A tab outside quotes and comments: the spec library cannot read this file",
            "6:5 An invisible line break (U+2028) is a line break in YAML 1.1 and none in YAML 1.2",
        ],
    ),
    (if_for_id, "collection:\n- type: model\n  if: a", ["3:3 `if` looks like a typo for `id`"]),
    (
        rdf_in_source,
        "collection:\n- id: a\n  source: https://o.org/a/RDF.yaml?raw=1",
        ["3:3 source is not read as an RDF in a collection: list"],
    ),
    (
        rdf_in_source,
        "collection:\n- name: A model of weight\n  type: model\n  source: https://o.org/a/rdf.yaml",
        ["4:3 source is not read as an RDF in a collection: list"],
    ),
    (missing_type, "collection:\n- id: a", ["2:1 No type"]),
    (
        dangling_links,
        """\
        config: {id: lab}
        collection:
        - id: a
          links: [A, lab/b, c, lab/a]
        """,
        [
            "4:11 The link A does not match any entry in this manifest",
            "4:14 The link lab/b does not match any entry in this manifest",
            "4:21 The link c does not match any entry in this manifest",
        ],
    ),
    (
        missing_files,
        """\
        config:
          icon: https://raw.githubusercontent.com/lab/models/main/icon.png
        collection:
        - covers: [covers/a.png, covers/b.png]
          documentation: https://github.com/lab/models/blob/main/docs/b.md
          rdf_source: a/rdf.yaml
        - {rdf_source: {name: gone, covers: [gone.png]}}
        """,
        [
            "2:3 config.icon: icon.png is not in this repository",
            "4:26 covers[1]: covers/b.png is not in this repository",
            "5:3 documentation: docs/b.md is not in this repository",
            "6:3 rdf_source: a/rdf.yaml is not in this repository",
            "7:38 rdf_source.covers[0]: gone.png is not in this repository",
        ],
    ),
    (
        url_punctuation,
        "collection:\n- git_repo: https://github.com/fiji/fiji,\n  a: https://x.org/a)",
        ["2:3 git_repo ends with a stray ,", "3:3 a ends with a stray )"],
    ),
    (
        github_user,
        "authors: [{github_user: 'None'}]\ncollection:\n- maintainers:\n  - github_user: none",
        [
            "1:12 github_user is “None”, a placeholder, not an account",
            "4:5 github_user is “none”, a placeholder, not an account",
        ],
    ),
    (config, "config:\ncollection: []", ["1:1 config is empty"]),
    (config, "collection: []", ["1:1 No config"]),
    (config, "a: 1\nconfig: text", ["2:1 config is not a mapping"]),
    (config, "- a", ["1:1 The manifest is not a mapping"]),
    (
        site,
        "config:\n  name: Lab\n  tags: [lab]\n  icon: static/img/a.png\n  splash_title: Lab\n  resource_types:\n  explore_button_text: Go",
        [
            "1:1 id: An id is required",
            "4:3 icon: The icon is a path: the current site shows its default icon",
            "6:3 resource_types: The classic page does not load without resource types",
        ],
    ),
    (
        site,
        f"config: {WHOLE[:-1]}, default_type: notebook, docs: x, splash_feature_list: [a, 1], about_url: http://x.org}}",
        [
            "1:197 splash_feature_list[1]: It should be text, not a number (1)",
            "1:139 default_type: “notebook” is not one of the resource types: the page opens on a tab that does not exist",
            "1:163 docs: Not a URL: it must start with https://",
            "1:201 about_url: Browsers warn about http pages",
        ],
    ),
    (
        malformed_entries,
        "collection:\n- id: a\n-\n- text",
        [
            "3:1 This entry is empty.",
            "4:1 This entry is a text; an entry is a mapping with an id and a type.",
        ],
    ),
    (
        schema,
        "tags: a\nconfig:\n  id: 3\n  about_url: x\nid: 3",
        ["5:1 id is not text", "1:1 tags is not a list"],
    ),
]


@pytest.mark.parametrize(("rule", "text", "expected"), FINDINGS)
def test_what_is_wrong_is_told_with_its_place(rule: Rule | TextRule, text: str, expected: list[str]) -> None:
    assert told(rule, text) == expected


def test_without_a_clone_no_file_is_missing() -> None:
    assert told(missing_files, "collection: [{rdf_source: gone.yaml}]", NoFiles()) == []


def test_rules_have_names_of_their_own() -> None:
    assert len({rule.NAME for rule in RULES} | {rule.NAME for rule in TEXT_RULES}) == len(RULES) + len(
        TEXT_RULES
    )


def test_the_fields_that_have_a_type_are_those_of_the_spec() -> None:
    script = """
import typing
from bioimageio.spec._description import DESCRIPTIONS_MAP
names = set()
def walk(kind):
    for name, field in getattr(kind, "model_fields", {}).items():
        names.add(field.alias or name)
    for one in () if hasattr(kind, "model_fields") else typing.get_args(kind):
        walk(one)
for formats in DESCRIPTIONS_MAP.values():
    for kind in formats.values():
        walk(kind)
print(*sorted(names - {"config"}))
"""
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert said.strip().split("\n")[-1].split() == sorted(ambiguous_values.TYPED)


@pytest.mark.parametrize(("name", "value"), [("rdf.yaml", "error"), ("collection.yaml", "warning")])
def test_a_tab_is_an_error_where_the_library_reads_the_file(name: str, value: str) -> None:
    text = "type: dataset\nname: a\tb\n" + ("collection: []\n" if name == "collection.yaml" else "")
    (found,) = odd_blanks.check(read_manifest(Document.parse(text, name)), NoFiles())
    assert found.severity == value
