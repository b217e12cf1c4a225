from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from partner_tui.central.checksums import NamedFile, checksum_edits, named_files
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.resolve import resolve
from partner_tui.manifest.text.document import Document
from tests.compliance.clone import FilesInMemory

MANIFEST = """\
config: {id: lab}
collection:
- id: own
  type: model
  source: a.npy
  weights:
    onnx: {source: w.onnx, sha256: old}  # kept
    torchscript:
      source: w.pt
  covers: [{source: c.png}]
  attachments:
  - source: https://example.org/x.zip
  - source: ../outside
- id: there
  rdf_source: models/rdf.yaml
"""
RDF = """\
type: model
inputs:
- test_tensor: {source: t.npy}
documentation: {source: README.md, sha256: abc}
"""


def named(checksum: Callable[[str], str] = lambda file: "") -> list[NamedFile]:
    files = FilesInMemory({"models/rdf.yaml": RDF, "w.onnx": "x"})
    manifest = read_manifest(Document.parse(MANIFEST, "collection.yaml"))
    return [
        one
        for entry in manifest.entries
        for one in named_files(resolve(entry, manifest, files), manifest.document, files, checksum)
    ]


def test_files_of_the_clone_are_found_where_they_are_named() -> None:
    assert [(one.entry, one.document, one.line, one.file, one.stated) for one in named()] == [
        (0, "collection.yaml", 7, "w.onnx", "old"),
        (0, "collection.yaml", 9, "w.pt", ""),
        (1, "models/rdf.yaml", 3, "models/t.npy", ""),
        (1, "models/rdf.yaml", 4, "models/README.md", "abc"),
    ]


@pytest.mark.parametrize(
    ("stated", "actual", "state"),
    [
        ("a", "", "absent"),
        ("AB", "ab", "right"),
        ("a", "b", "wrong"),
        ("", "b", "unstated"),
    ],
)
def test_a_state_follows_from_both_checksums(stated: str, actual: str, state: str) -> None:
    assert NamedFile(0, "m", ("a",), 1, "s", "s", stated, actual).state == state


def test_the_edits_write_what_is_wrong_or_not_stated_and_touch_nothing_else() -> None:
    actual = hashlib.sha256(b"x").hexdigest()
    edits = checksum_edits(named(lambda file: "" if file == "models/README.md" else actual))
    assert list(edits) == ["collection.yaml", "models/rdf.yaml"]
    after = apply(Document.parse(MANIFEST), edits["collection.yaml"]).text
    assert after == MANIFEST.replace("sha256: old", f"sha256: {actual}").replace(
        "      source: w.pt\n", f"      source: w.pt\n      sha256: {actual}\n"
    )
    assert apply(Document.parse(RDF), edits["models/rdf.yaml"]).text == RDF.replace(
        "source: t.npy", f"source: t.npy, sha256: {actual}"
    )
    assert checksum_edits(one for one in named(lambda file: "old") if one.stated == "old") == {}
