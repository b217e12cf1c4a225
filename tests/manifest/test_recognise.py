"""What a file is, told by its content: a manifest, an RDF, or neither."""

from __future__ import annotations

import pytest

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.dialects import read_manifest, understood
from partner_tui.manifest.text.document import Document
from tests.corpus import manifests, models, needs_corpus

TENSOR = "[{name: x, axes: bcyx}]"
RDFS = (
    "type: dataset\nname: x\n",
    "type: application\n",
    "type: image-set\nname: Of a type of its own\n",
    f"inputs: {TENSOR}\noutputs: {TENSOR}\nweights: {{onnx: {{source: a.onnx}}}}\n",
    f"name: U-Net\nconfig: {{deepimagej: {{pyramidal_model: false}}}}\ninputs: {TENSOR}\n",
    "format_version: 0.3.0\nname: U-Net\nconfig: {id: a}\nweights: {pickle: {source: w.pt}}\n",
    "format_version: 0.2.0\nname: A dataset\nconfig: {bioimageio: {nickname: a-b}}\n",
    "name: A notebook\nauthors: [Jo]\n",
    f"type: model\nname: x\ninputs: {TENSOR}\ndataset: [{{id: trained-on}}]\n",
    "type: model\nnotebook:\n",
    '{"type": "notebook", "name": "As JSON"}',
)
MANIFESTS = (
    "config: {id: x}\n",
    "config: {splash_title: Models}\nname: X\nformat_version: 0.2.2\n",
    "config: {id: x}\nname: X\nauthors: [Jo]\n",
    "type: collection\nname: X\nformat_version: 0.2.2\n",
    "collection:\n",
    "name: X\nformat_version: 0.2.2\ncollection: []\n",
    "type: model\nmodel: [{id: a}]\n",
    "config: {bioimageio: {}}\nnotebook: [{id: a}]\n",
)
NEITHER = (
    ("", "it is empty"),
    ("# only a comment\n", "it is empty"),
    ("{}\n", "it is an empty mapping"),
    ("- a\n- b\n", "it is a list"),
    ("just words\n", "it contains only a single value"),
    ("name: env\nchannels: [conda-forge]\ndependencies: [python]\n", "it has the fields name, channels, dependencies"),
    ('{"name": "p", "version": "1.0.0", "license": "MIT"}', "it has the fields name, version, license"),
    ("name: CI\non: [push]\njobs: {}\n", "it has the fields name,"),
    ("name: act\ninputs: {a: {required: true}}\noutputs: {b: {value: 1}}\nruns: {using: node}\n", "it has the fields"),
    ("config:\n", "it has the fields config"),
    ("a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n", "it has the fields a, b, c, d, …"),
)  # fmt: skip


@pytest.mark.parametrize("name", ["rdf.yaml", "anything.yaml"])
@pytest.mark.parametrize("text", RDFS)
def test_an_rdf_is_the_only_entry_of_itself_under_any_name(text: str, name: str) -> None:
    manifest = understood(Document.parse(text, name))
    assert (manifest.dialect, manifest.is_rdf) == ("rdf", True)
    (entry,) = manifest.entries
    assert (entry.path, dict(entry.own)) == ((), manifest.document.data)
    assert (dict(manifest.root), dict(manifest.fields), dict(manifest.partner.config)) == ({}, {}, {})


@pytest.mark.parametrize("name", ["rdf.yaml", "collection.yaml"])
@pytest.mark.parametrize("text", MANIFESTS)
def test_a_manifest_is_none_under_any_name(text: str, name: str) -> None:
    assert understood(Document.parse(text, name)).dialect != "rdf"


@pytest.mark.parametrize(("text", "what"), NEITHER)
def test_what_is_neither_is_refused_and_says_what_was_expected(text: str, what: str) -> None:
    with pytest.raises(ManifestParseError) as raised:
        understood(Document.parse(text, "file.yaml"))
    assert raised.value.kind == "content"
    assert raised.value.message.startswith("file.yaml is neither a manifest nor an RDF: ")
    assert what in raised.value.message
    assert "collection:" in raised.value.hint


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("config: {id: x}\ncollection: {a: {type: model}}\n", 2, "collection is not a list of entries"),
        ("collection: many\n", 1, "collection is not a list of entries"),
        ("config: {id: x}\nmodel: {a: b}\n", 2, "model is not a list of entries"),
        ("config: {id: x}\nmodels: [{id: a}]\n", 2, "models seems to list entries"),
        (
            "config: {id: x}\ncollection: []\nresources:\n- type: model\n",
            3,
            "resources seems to list entries",
        ),
    ],
)
def test_entries_that_would_not_be_read_are_not_nothing(text: str, line: int, message: str) -> None:
    with pytest.raises(ManifestParseError, match=message) as raised:
        understood(Document.parse(text, "c.yaml"))
    assert (raised.value.kind, raised.value.line) == ("content", line)


@needs_corpus
def test_every_real_file_is_what_it_is() -> None:
    for paths, is_rdf in ((manifests(), False), (models(), True)):
        for path in paths:
            try:
                document = Document.decode(path.read_bytes(), "anything.yaml")
            except ManifestParseError:
                continue
            assert read_manifest(document).is_rdf is is_rdf, path
            assert understood(document)
