"""Every real manifest and model: nothing crashes, nothing is left without a status."""

from __future__ import annotations

from pathlib import Path

import pytest

from partner_tui.compliance.cache import StatusCache
from partner_tui.compliance.checker import Checker
from partner_tui.compliance.report import check_source
from partner_tui.compliance.spec_worker import SpecWorker
from partner_tui.compliance.status import Status
from partner_tui.errors import ManifestParseError
from partner_tui.manifest.files import NoFiles
from partner_tui.manifest.text.document import Document
from tests.compliance.clone import FilesInMemory
from tests.corpus import manifests, models, needs_corpus

pytestmark = needs_corpus


@pytest.fixture(scope="module")
def checker(judge: SpecWorker, tmp_path_factory: pytest.TempPathFactory) -> Checker:
    return Checker(StatusCache(tmp_path_factory.mktemp("cache") / "status.db"), judge)


@pytest.mark.slow
def test_every_manifest_that_parses_gives_a_status_for_every_entry(checker: Checker) -> None:
    parsed = 0
    for path in manifests():
        try:
            document = Document.decode(path.read_bytes(), path.name)
        except ManifestParseError:
            continue
        parsed += 1
        report = check_source(document, NoFiles(), checker)
        assert len(report.checks) == len(report.manifest.entries)
        assert all(check.status is not Status.UNCHECKED for check in report.checks), path.name
        lines = document.text.count("\n") + 1
        findings = [*report.findings, *(one for check in report.checks for one in check.findings)]
        assert all(1 <= one.line <= lines and one.column >= 1 for one in findings), path.name
        assert all(0 < len(one.message) <= 220 and "\n" not in one.message for one in findings), path.name
        for check in report.checks:
            assert (check.status is Status.LATEST) <= (
                not [one for one in check.findings if one.rule == "spec"]
            )
            assert (check.status is Status.INVALID) <= any(one.severity == "error" for one in check.findings)
    assert parsed > 200


@pytest.mark.slow
def test_every_model_gives_a_status_with_places_in_its_rdf(checker: Checker) -> None:
    manifest = Document.parse("config: {id: lab}\ncollection:\n- {id: a, rdf_source: rdf.yaml}\n")
    for path in models():
        text = Path(path).read_text(encoding="utf-8")
        report = check_source(manifest, FilesInMemory({"rdf.yaml": text}), checker)
        (check,) = report.checks
        assert check.status is not Status.UNCHECKED, path.name
        assert all(one.file in (None, "rdf.yaml") for one in check.findings)
