"""What was fetched once is kept beside the clone, and nothing else is touched."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.compliance.status import Status
from partner_tui.errors import PartnerTuiError
from partner_tui.repository.clone_files import FolderFiles
from partner_tui.workspace.fetched import FetchedTexts, remote_sources
from partner_tui.workspace.workspace import Workspace

ADDRESS = "https://example.org/petals/rdf.yaml"
MANIFEST = f"""\
config: {{id: meadow}}
collection:
  - {{id: petals, rdf_source: {ADDRESS}}}
  - {{id: stems, rdf_source: stems.yaml}}
"""
REMOTE = "{type: dataset, format_version: 0.3.0, name: Petal nuclei, description: Nuclei of petals}"


def open_again(folder: Path, checker: Checker) -> Workspace:
    return Workspace(folder, "collection.yaml", FolderFiles(folder), checker, folder.parent / "state")


def test_an_entry_stays_resolved_when_its_source_was_fetched_once(tmp_path: Path) -> None:
    folder = tmp_path / "meadow"
    folder.mkdir()
    (folder / "collection.yaml").write_text(MANIFEST)
    with Checker() as checker:
        first = open_again(folder, checker)
        assert remote_sources(first.manifest, first.files) == {ADDRESS: ("petals",)}
        first.fetch_source(ADDRESS, {ADDRESS: REMOTE}.__getitem__)
        for workspace in (first, open_again(folder, checker)):
            assert remote_sources(workspace.manifest, workspace.files) == {}
            petals, stems = (workspace.resolved(entry) for entry in workspace.manifest.entries)
            assert petals.data["name"] == "Petal nuclei"
            assert petals.origins["name"] == "rdf"
            assert stems.missing is not None and stems.missing.why == "absent"
            workspace.check(lambda check: None, threading.Event())
            assert workspace.checks[0].status is Status.OUTDATED
            assert workspace.checks[1].status is Status.UNRESOLVED
    assert [path.name for path in folder.iterdir()] == ["collection.yaml"]


def test_what_cannot_be_fetched_keeps_what_was(tmp_path: Path) -> None:
    texts = FetchedTexts(tmp_path / "fetched")
    assert texts.read(ADDRESS) is None
    texts.keep(ADDRESS, "a: 1")
    texts.keep(f" {ADDRESS}\n", "a: 2")
    assert FetchedTexts(tmp_path / "fetched").read(ADDRESS) == "a: 2"

    def refuse(address: str) -> str:
        raise PartnerTuiError(f"{address} does not answer.", "Try again.")

    folder = tmp_path / "meadow"
    folder.mkdir()
    (folder / "collection.yaml").write_text(MANIFEST)
    with Checker() as checker:
        workspace = open_again(folder, checker)
        with pytest.raises(PartnerTuiError):
            workspace.fetch_source(ADDRESS, refuse)
        assert workspace.fetched.read(ADDRESS) is None
