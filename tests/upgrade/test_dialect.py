"""Turning a grouped manifest into a collection: lines move as they are, and what entries mean stays."""

from __future__ import annotations

from collections import Counter

import pytest

from partner_tui.errors import ManifestParseError, PatchError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.resolve import resolve
from partner_tui.manifest.resource_types import GROUPS
from partner_tui.manifest.text.document import Document
from partner_tui.upgrade.dialect import to_collection
from tests.corpus import manifests, needs_corpus
from tests.manifest.clone import Files

GROUPED = """\
format_version: 0.3.0
# who we are
config: {id: meadow}
model:  # ours
  # the first
  - id: petals
    source: petals/rdf.yaml  # its RDF
    tags: [ 2d,  nuclei ]
  # - id: withdrawn
# === notebooks ===
notebook:
- id: counting
  source: https://example.org/counting.ipynb

attachments: {files: [a.txt]}
dataset: []   # none yet
application:
    -   id: viewer
        type: application
        description: >
            Shows
            petals
"""

COLLECTION = """\
format_version: 0.2.2
# who we are
config: {id: meadow}
collection:  # ours
  # the first
  - id: petals
    type: model
    format_version: 0.3.0
    rdf_source: petals/rdf.yaml  # its RDF
    tags: [ 2d,  nuclei ]
  # - id: withdrawn
# === notebooks ===
  - id: counting
    type: notebook
    source: https://example.org/counting.ipynb

  -   id: viewer
      type: application
      description: >
          Shows
          petals
attachments: {files: [a.txt]}
# none yet
"""

FILES = Files({"petals/rdf.yaml": "name: Petals\nsource: petals.py\n"})


def test_lines_move_as_they_are_and_entries_say_what_their_group_said() -> None:
    assert to_collection(Document.parse(GROUPED), FILES).text == COLLECTION


def test_line_endings_and_a_missing_last_line_break_stay() -> None:
    text = "model:\r\n- id: a\r\nnotebook:\r\n- id: b"
    made = to_collection(Document.parse(text)).text
    assert made == (
        "format_version: 0.2.2\r\ncollection:\r\n- id: a\r\n  type: model\r\n- id: b\r\n  type: notebook"
    )


def test_groups_below_attachments_come_up_and_other_attachments_stay() -> None:
    text = "config: {id: x}\nattachments:\n  files: [a]\n  # apps\n  applications:\n    - id: a\nname: X\n"
    assert to_collection(Document.parse(text)).text == (
        "format_version: 0.2.2\nconfig: {id: x}\nattachments:\n  files: [a]\n# apps\ncollection:\n"
        "  - id: a\n    type: application\nname: X\n"
    )


def test_a_mixed_manifest_becomes_one_list_in_file_order() -> None:
    text = "format_version: 0.2.0\nmodel:\n  - id: a\ncollection:\n  - id: b\n    type: dataset\n"
    made = to_collection(Document.parse(text))
    assert [entry.id for entry in read_manifest(made).entries] == ["a", "b"]
    assert read_manifest(made).dialect == "collection"


def test_a_collection_is_given_back_as_it_is() -> None:
    document = Document.parse(COLLECTION)
    assert to_collection(document) is document


@pytest.mark.parametrize(
    "text",
    [
        "model: [{id: a}]\n",
        "model:\n- id: a\nmodel:\n- id: b\n",
        "model: {id: a}\nnotebook:\n- id: b\n",
        "model:\n- &a {id: a}\nnotebook: []\ndataset: *a\n",
    ],
)
def test_what_cannot_be_moved_safely_is_left_alone(text: str) -> None:
    with pytest.raises(PatchError):
        to_collection(Document.parse(text))


@pytest.mark.slow
@needs_corpus
def test_every_corpus_manifest_becomes_a_collection_without_losing_a_line() -> None:
    turned = 0
    for path in manifests():
        try:
            document = Document.decode(path.read_bytes(), path.name)
        except ManifestParseError:
            continue
        before = read_manifest(document)
        if before.dialect in ("collection", "none") or document.duplicate_count:
            continue
        after = read_manifest(to_collection(document))
        turned += 1
        assert after.dialect == "collection"
        gone = lines(document.text) - lines(after.document.text)
        keys = ("source:", "- source:", "format_version:", "collection:", *(f"{group}:" for group in GROUPS))
        assert all(line.startswith(keys) for line in gone), path.name
        for old, new in zip(before.entries, after.entries, strict=True):
            was, now = resolve(old, before, Files()).data, resolve(new, after, Files()).data
            for field in was.keys() - {"source", "rdf_source", "format_version"}:
                assert now[field] == was[field], (path.name, old.id, field)
    assert turned


def lines(text: str) -> Counter[str]:
    return Counter(line.strip() for line in text.splitlines() if line.strip())
