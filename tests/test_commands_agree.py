"""All commands read the same: what one of them can read the others can, and they give every entry the same status."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import pytest

from partner_tui.compliance.checker import Checker
from partner_tui.compliance.report import Report
from partner_tui.compliance.status import Status
from partner_tui.errors import PartnerTuiError
from partner_tui.manifest.text.decoding import decoded
from partner_tui.settings import Directories
from partner_tui.upgrade.question import Answers
from partner_tui.workspace.headless import check_and_set
from partner_tui.workspace.headless import upgrade as headless_upgrade
from partner_tui.workspace.headless.upgrade import UpgradeOutcome
from partner_tui.workspace.opening import opening, repair_session
from partner_tui.workspace.opening.opening import find_manifest, open_workspace, resolve_source
from tests.compliance.mutants import RESOURCES, mutants
from tests.corpus import CORPUS, manifests, models, needs_corpus
from tests.manifest.test_recognise import MANIFESTS, NEITHER, RDFS

T = TypeVar("T")
Read = tuple[str, Report | None, UpgradeOutcome | None]
"""What a command says of a file that it cannot read, or what it makes of it."""

SOURCES = """\
config: {id: meadow}
collection:
- {id: doi, rdf_source: 10.5281/zenodo.1234567}
- {id: doi-url, rdf_source: "https://doi.org/10.5281/zenodo.1234567"}
- {id: other-doi, rdf_source: "doi:10.1038/s41586-021"}
- {id: record, rdf_source: "https://zenodo.org/record/1234567"}
- {id: remote, rdf_source: "https://example.org/rdf.yaml"}
- {id: gone, rdf_source: gone/rdf.yaml}
- {id: outside, rdf_source: ../rdf.yaml}
- {id: broken, rdf_source: broken.yaml}
- {id: listed, rdf_source: list.yaml}
- {id: number, rdf_source: 7}
- {id: by-source, source: gone/rdf.yaml}
- {id: by-remote-source, source: "https://example.org/rdf.yaml"}
- {id: model-by-doi, type: model, source: 10.5281/zenodo.1234567}
- {id: told-model, type: model, name: A model, source: 10.5281/zenodo.1234567}
- {id: plugin, type: application, source: "https://example.org/a.imjoy.html"}
- {id: gone-plugin, type: application, source: a.imjoy.html}
- {id: whole, type: dataset, format_version: 0.3.4, name: A dataset, description: d}
model:
- {id: grouped, source: "https://example.org/rdf.yaml"}
- {id: grouped-gone, source: gone/rdf.yaml}
- {id: grouped-doi, source: 10.5281/zenodo.1234567}
"""


class StaysOpen(Checker):
    """The spec library takes a second to start: once for all tests here."""

    def close(self) -> None:
        pass


@pytest.fixture(scope="module", autouse=True)
def directories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Directories]:
    checker = StaysOpen()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PARTNER_TUI_HOME", str(tmp_path_factory.mktemp("home")))
        patched.setattr(opening, "open_checker", lambda *_: checker)
        patched.setattr(check_and_set, "open_checker", lambda *_: checker)
        yield Directories.of_user()
    Checker.close(checker)


def outcomes(file: Path, directories: Directories) -> tuple[Report, UpgradeOutcome] | str:
    """What check and upgrade make of a file; the message that all commands agree on where it cannot be read."""
    place = find_manifest(resolve_source(str(file), directories), None, directories)
    report = _or_message(lambda: check_and_set.check(place, directories))
    outcome = _or_message(lambda: headless_upgrade.upgrade(place, directories, (), Answers()))
    opened = _or_message(lambda: open_workspace(place, directories, remember=False))
    if isinstance(report, str):
        assert (outcome, opened) == (report, report)
        diagnosis = _or_message(
            lambda: repair_session.diagnose(decoded(file.read_bytes(), file.name), file.name)
        )
        assert diagnosis == report or not isinstance(diagnosis, str)
        return report
    assert not isinstance(outcome, str), outcome
    assert not isinstance(opened, str), opened
    assert len(opened.manifest.entries) == len(report.checks)
    return report, outcome


def _or_message(read: Callable[[], T]) -> T | str:
    try:
        return read()
    except PartnerTuiError as error:
        return error.message


def compare(report: Report, outcome: UpgradeOutcome) -> None:
    """Statuses, and what is missing, are the same."""
    plan = outcome.plan
    assert [entry.index for entry in plan.entries] == [check.index for check in report.checks]
    for check, entry in zip(report.checks, plan.entries, strict=True):
        assert entry.before is check.status, (entry, check)
        assert (entry.after is Status.UNRESOLVED) <= bool(entry.reason), entry
    needed = set(outcome.elsewhere)
    told = {
        finding.message.removeprefix("This entry is defined in ")
        for check in report.checks
        for finding in check.findings
        if finding.rule == "unresolved" and finding.severity != "error"
    }
    assert {one for one in told if not one.endswith("…")} <= needed


def files_of_the_corpus() -> list[Path]:
    others = sorted((CORPUS / "compiled").glob("**/*.yaml")) if CORPUS.is_dir() else []
    return [*manifests()[::4], *models()[::2], *others[::2]]


@pytest.mark.slow
@needs_corpus
@pytest.mark.parametrize("part", range(4))
def test_every_command_reads_every_real_file_alike(
    part: int, tmp_path: Path, directories: Directories
) -> None:
    for number, path in enumerate(files_of_the_corpus()[part::4]):
        file = tmp_path / f"{number}.yaml"
        file.write_bytes(path.read_bytes())
        made = outcomes(file, directories)
        if not isinstance(made, str):
            compare(*made)


def test_every_command_says_the_same_of_every_source(tmp_path: Path, directories: Directories) -> None:
    (tmp_path / "collection.yaml").write_text(SOURCES)
    (tmp_path / "broken.yaml").write_text("a: b: c\n")
    (tmp_path / "list.yaml").write_text("- 1\n")
    made = outcomes(tmp_path / "collection.yaml", directories)
    assert not isinstance(made, str)
    report, outcome = made
    compare(report, outcome)
    ids = [entry.id for entry in report.manifest.entries]
    reasons = {id: entry.reason for id, entry in zip(ids, outcome.plan.entries, strict=True)}
    remote = [id for id, reason in reasons.items() if reason == "needs a remote RDF"]
    assert remote == [
        "doi",
        "doi-url",
        "other-doi",
        "record",
        "remote",
        "by-remote-source",
        "model-by-doi",
        "plugin",
        "grouped",
        "grouped-doi",
    ]
    assert (
        reasons["gone"]
        == reasons["grouped-gone"]
        == reasons["by-source"]
        == "gone/rdf.yaml is not in this repository"
    )
    assert reasons["outside"] == "../rdf.yaml does not name a file of this repository"
    assert reasons["broken"].startswith("broken.yaml, line 1")
    assert reasons["number"] == "rdf_source is not the path or URL of an RDF"
    assert reasons["listed"] == "list.yaml is not a mapping"
    messages = {
        id: [one.message for one in check.findings] for id, check in zip(ids, report.checks, strict=True)
    }
    for id in ("gone", "outside", "broken", "number", "listed", "gone-plugin", "grouped-gone"):
        assert any(reasons[id] in message for message in messages[id]), (reasons[id], messages[id])
    assert set(outcome.elsewhere) == {
        "10.5281/zenodo.1234567",
        "https://doi.org/10.5281/zenodo.1234567",
        "doi:10.1038/s41586-021",
        "https://zenodo.org/record/1234567",
        "https://example.org/rdf.yaml",
        "https://example.org/a.imjoy.html",
    }


@pytest.mark.parametrize("text", [*RDFS, *MANIFESTS, *(text for text, _ in NEITHER)])
def test_every_command_reads_odd_files_alike(text: str, tmp_path: Path, directories: Directories) -> None:
    file = tmp_path / "file.yaml"
    file.write_text(text)
    made = outcomes(file, directories)
    if not isinstance(made, str):
        compare(*made)


@pytest.mark.slow
@pytest.mark.parametrize("resource", RESOURCES, ids=lambda one: f"{one['type']}-{one['format_version']}")
def test_every_command_gives_a_wrong_value_the_same_status(
    resource: dict[str, Any], tmp_path: Path, directories: Directories
) -> None:
    step = 149 if resource["type"] == "model" else 37
    file = tmp_path / "rdf.yaml"
    for data in islice(mutants(resource), 0, None, step):
        file.write_text(json.dumps(data, default=str, ensure_ascii=False))
        made = outcomes(file, directories)
        assert not isinstance(made, str), made
        compare(*made)
