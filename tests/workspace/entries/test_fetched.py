"""What was fetched once is kept beside the clone, and nothing else is touched."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.compliance.status import Status
from partner_tui.errors import PartnerTuiError, RemoteFileAbsent, RemoteFileError
from partner_tui.repository.clone_files import FolderFiles
from partner_tui.workspace.entries.fetched import FetchCache, download
from partner_tui.workspace.entries.remote_sources import remote_sources
from partner_tui.workspace.upgrade.session import UpgradeSession
from partner_tui.workspace.workspace import Workspace
from tests.compliance.mutants import MODEL_0_5
from tests.upgrade.models.test_meaning import MODEL

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
    texts = FetchCache(tmp_path / "fetched")
    assert texts.read(ADDRESS) is None
    texts.keep(ADDRESS, "a: 1")
    texts.keep(f" {ADDRESS}\n", "a: 2")
    assert FetchCache(tmp_path / "fetched").read(ADDRESS) == "a: 2"

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


RECORD = "https://zenodo.org/api/records/7/files"


def test_a_doi_is_asked_for_at_its_archive_by_each_name_that_an_rdf_has() -> None:
    asked: list[str] = []

    def fetch(address: str) -> str:
        if not address.endswith("bioimageio.yaml/content"):
            raise RemoteFileAbsent(f"{address} answers 404.", "")
        return REMOTE

    assert download("10.5281/zenodo.7", fetch, asked.append) == REMOTE
    assert asked == [f"{RECORD}/rdf.yaml/content", f"{RECORD}/bioimageio.yaml/content"]


def test_a_host_that_fails_is_not_asked_for_other_names() -> None:
    asked: list[str] = []

    def fetch(address: str) -> str:
        raise RemoteFileError(f"{address} cannot be reached.", "")

    with pytest.raises(RemoteFileError, match="cannot be reached"):
        download("10.5281/zenodo.7", fetch, asked.append)
    assert asked == [f"{RECORD}/rdf.yaml/content"]


def test_a_doi_of_another_archive_asks_nobody_and_says_so() -> None:
    with pytest.raises(PartnerTuiError, match="only the DOIs of Zenodo"):
        download("10.1038/s41586", lambda address: pytest.fail(address))


def test_a_model_that_is_named_by_its_doi_alone_is_read_where_it_was_downloaded(tmp_path: Path) -> None:
    folder = tmp_path / "meadow"
    folder.mkdir()
    entry = "{id: petals, type: model, source: 10.5281/zenodo.7}"
    (folder / "collection.yaml").write_text(
        f"name: Meadow\nconfig: {{id: meadow}}\ncollection:\n  - {entry}\n"
    )
    with Checker() as checker:
        workspace = open_again(folder, checker)
        upgrading = UpgradeSession(workspace)
        assert upgrading.plan().entries[0].reason == "needs a remote RDF"
        assert upgrading.plan().questions == ()
        assert list(upgrading.remote_sources()) == ["10.5281/zenodo.7"]
        workspace.fetch_source("10.5281/zenodo.7", lambda address: json.dumps(MODEL))
        assert upgrading.plan().entries[0].reason.endswith("upgrade it where it is")
        workspace.fetch_source("10.5281/zenodo.7", lambda address: json.dumps(MODEL_0_5))
        assert upgrading.remote_sources() == {}
        plan = upgrading.plan()
        assert (plan.entries[0].after, plan.entries[0].reason) == (Status.LATEST, "")
        new = plan.documents["collection.yaml"].data["collection"][0]
        assert (new["rdf_source"], "source" in new) == ("10.5281/zenodo.7", False)
