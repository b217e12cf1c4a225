"""The files of other hosts that entries name, and the edits for those that moved."""

from __future__ import annotations

from partner_tui.addresses.answer import Answer
from partner_tui.central.remote_files import RemoteFile, moved_edits, remote_files
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.resolve import resolve
from partner_tui.manifest.text.document import Document
from tests.compliance.clone import FilesInMemory

MANIFEST = """\
config: {id: lab}
documentation: https://a.org/all.md
collection:
- id: one
  description: https://a.org/not-a-file
  covers: [https://a.org/c.png, here.png]
  source: 10.5281/zenodo.7
- id: two
  rdf_source: two/rdf.yaml
  download_url: https://raw.githubusercontent.com/lab/models/main/here.png
- id: three
  rdf_source: https://a.org/rdf.yaml
"""
RDF = """\
type: model
documentation: readme.md
weights:
  onnx: {source: "https://a.org/w.onnx", sha256: ab}
attachments: {files: [https://a.org/x.zip, x.txt]}
"""


def named() -> list[RemoteFile]:
    files = FilesInMemory({"two/rdf.yaml": RDF, "here.png": "x"})
    files.slug = "lab/models"
    manifest = read_manifest(Document.parse(MANIFEST, "collection.yaml"))
    return [
        one
        for entry in manifest.entries
        for one in remote_files(resolve(entry, manifest, files), manifest, files)
    ]


def test_files_of_other_hosts_are_found_where_they_are_named() -> None:
    assert [(one.entry, one.role, one.address, one.document, one.line) for one in named()] == [
        (0, "cover", "https://a.org/c.png", "collection.yaml", 6),
        (0, "documentation", "https://a.org/all.md", "collection.yaml", 2),
        (0, "download", "https://doi.org/10.5281/zenodo.7", "collection.yaml", 7),
        (1, "download", "https://a.org/x.zip", "two/rdf.yaml", 5),
        (1, "download", "https://a.org/w.onnx", "two/rdf.yaml", 4),
        (2, "documentation", "https://a.org/all.md", "collection.yaml", 2),
        (2, "download", "https://a.org/rdf.yaml", "collection.yaml", 12),
    ]


def test_what_moved_is_written_once_in_each_file() -> None:
    answers = {
        "https://a.org/all.md": Answer("moved", "https://b.org/all.md"),
        "https://a.org/w.onnx": Answer("moved", "https://b.org/w.onnx"),
        "https://a.org/c.png": Answer("gone"),
        "https://doi.org/10.5281/zenodo.7": Answer("moved", "https://zenodo.org/7"),  # the DOI stays
    }
    edits = moved_edits(named(), answers)
    assert apply(
        Document.parse(MANIFEST, "collection.yaml"), edits["collection.yaml"]
    ).text == MANIFEST.replace("a.org/all", "b.org/all")
    assert apply(Document.parse(RDF, "rdf.yaml"), edits["two/rdf.yaml"]).text == RDF.replace(
        "a.org/w", "b.org/w"
    )
