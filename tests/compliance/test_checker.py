from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from partner_tui.compliance.cache import StatusCache
from partner_tui.compliance.checker import Checker
from partner_tui.compliance.spec_worker import SpecWorker
from partner_tui.compliance.status import EntryCheck, Status
from partner_tui.compliance.verdict import Verdict
from partner_tui.errors import Cancelled, CheckerFailed
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.files import CloneFiles, NoFiles
from partner_tui.manifest.text.document import Document
from tests.compliance.clone import FilesInMemory

MANIFEST = dedent("""\
    format_version: 0.2.2
    tags: wrong
    config: {id: lab}
    collection:
    - id: old
      type: dataset
      name: An old entry
      description: text
      tags: []
    - id: new
      type: dataset
      format_version: 0.3.4
      name: A new entry
      description: text
      tags: []
      covers: [a.png]
    - id: inherits
      type: application
      name: Inherits tags
      description: text
    - id: elsewhere
      rdf_source: https://example.com/rdf.yaml
    - id: here
      rdf_source: models/rdf.yaml
    -
    - id: latest
      type: dataset
      format_version: 0.3.4
      name: Another new entry
      description: text
      tags: []
    """)
RDF = 'type: dataset\nformat_version: 0.3.4\ntags: []\nlicense: "CC BY"\n'
FILES = FilesInMemory({"models/rdf.yaml": RDF, "a.png": ""})


class BrokenJudge(SpecWorker):
    """A judge that must not be asked, or fails at every question."""

    asked = 0

    def judge_all(
        self, entries: Sequence[str], cancelled: threading.Event | None = None, *, warnings: bool = True
    ) -> list[Verdict | CheckerFailed]:
        self.asked += 1
        return [CheckerFailed("The checker failed on this entry: bang", "hint") for _ in entries]


def check(
    text: str, judge: SpecWorker, files: CloneFiles = FILES, cache: StatusCache | None = None, **options: Any
) -> list[EntryCheck]:
    checks: list[EntryCheck] = []
    Checker(cache, judge).check_entries(
        read_manifest(Document.parse(text)), files, on_checked=checks.append, **options
    )
    return checks


@pytest.fixture(scope="module")
def checks(judge: SpecWorker) -> list[EntryCheck]:
    return sorted(check(MANIFEST, judge), key=lambda one: one.index)


def test_every_entry_has_its_status(checks: list[EntryCheck]) -> None:
    assert [one.status for one in checks] == [
        Status.OUTDATED,
        Status.INVALID,
        Status.INVALID,
        Status.UNRESOLVED,
        Status.INVALID,
        Status.INVALID,
        Status.LATEST,
    ]


def test_a_finding_on_an_own_field_is_placed_in_the_entry(checks: list[EntryCheck]) -> None:
    (finding,) = checks[1].findings
    assert (finding.path, finding.line, finding.column, finding.file) == (
        ("collection", 1, "covers", 0),
        16,
        12,
        None,
    )


def test_a_finding_on_an_inherited_field_is_placed_at_the_root(checks: list[EntryCheck]) -> None:
    (finding,) = (one for one in checks[2].findings if one.path[-1] == "tags")
    assert (finding.path, finding.line, finding.column) == (("tags",), 2, 1)


def test_a_finding_on_a_field_of_the_rdf_is_placed_there(checks: list[EntryCheck]) -> None:
    placed = {(one.path, one.line, one.file) for one in checks[4].findings}
    assert (("license",), 4, "models/rdf.yaml") in placed
    assert (("collection", 4, "name"), 23, None) in placed


def test_the_outdated_finding_points_at_the_version_that_was_inherited(checks: list[EntryCheck]) -> None:
    outdated = next(one for one in checks[0].findings if one.rule == "outdated")
    assert (outdated.path, outdated.line, outdated.fix) == (("format_version",), 1, "format-version")
    assert (checks[0].format_version, checks[0].latest) == ("0.2.2", "0.3.4")


def test_an_unresolved_entry_names_its_source(checks: list[EntryCheck]) -> None:
    (finding,) = checks[3].findings
    assert "https://example.com/rdf.yaml" in finding.message
    assert finding.path == ("collection", 3, "rdf_source")
    line = MANIFEST.splitlines()[finding.line - 1]
    assert line[finding.column - 1 :].startswith("rdf_source:")


def test_a_malformed_entry_is_invalid_and_told_by_our_rule(checks: list[EntryCheck]) -> None:
    assert [one.rule for one in checks[5].findings] == ["malformed-entries"]


def test_what_our_rules_find_in_an_rdf_that_an_entry_names_is_told_at_its_place_there(
    judge: SpecWorker,
) -> None:
    rdf = "type: dataset\nformat_version: 0.3.4\nname: A dataset\nversion: 1e3\ntags: [no]\n2: x\n"
    manifest = read_manifest(
        Document.parse("config: {id: lab}\ncollection:\n- {id: a, rdf_source: m/rdf.yaml}\n")
    )
    checks: list[EntryCheck] = []
    Checker(None, judge).check_entries(manifest, FilesInMemory({"m/rdf.yaml": rdf}), on_checked=checks.append)
    told = {(one.rule, one.line, one.file) for one in checks[0].findings}
    assert told >= {
        ("ambiguous-value", 4, "m/rdf.yaml"),
        ("ambiguous-value", 5, "m/rdf.yaml"),
        ("unusual-value", 1, "m/rdf.yaml"),
    }


def test_findings_on_the_manifest_are_not_those_of_entries(judge: SpecWorker) -> None:
    found = Checker(None, judge).check_manifest(read_manifest(Document.parse(MANIFEST)), FILES)
    assert {one.rule for one in found} == {"site", "schema"}


def test_a_warning_of_our_rules_changes_no_status(judge: SpecWorker) -> None:
    text = MANIFEST.replace("- id: latest\n", "- id: latest\n  git_repo: 'https://example.com/a,'\n")
    last = max(check(text, judge), key=lambda one: one.index)
    assert (last.status, [one.rule for one in last.findings]) == (Status.LATEST, ["url-punctuation"])


def test_what_may_stand_in_an_rdf_that_is_not_read_is_not_called_missing(judge: SpecWorker) -> None:
    text = "config: {id: lab}\ncollection:\n- {id: a, type: dataset, format_version: 0.3.0, source: m/rdf.yaml, tags: 3}\n"
    (only,) = check(text, judge)
    assert only.status is Status.INVALID
    assert {one.path[2] for one in only.findings} == {"source", "tags"}
    assert [one.rule for one in only.findings if one.path[2] == "source"] == ["rdf-in-source"]


def known(check: EntryCheck) -> tuple[object, ...]:
    return check.index, check.status, check.findings, check.format_version, check.latest, check.type


def test_a_second_start_asks_no_judge(judge: SpecWorker, tmp_path: Path, checks: list[EntryCheck]) -> None:
    broken = BrokenJudge()
    with StatusCache(tmp_path / "status.db") as cache:
        check(MANIFEST, judge, cache=cache)
        again = check(MANIFEST, broken, cache=cache)
    assert list(map(known, sorted(again, key=lambda one: one.index))) == list(map(known, checks))
    assert broken.asked == 0


def test_a_moved_entry_needs_no_judge_and_has_its_new_lines(judge: SpecWorker, tmp_path: Path) -> None:
    broken = BrokenJudge()
    with StatusCache(tmp_path / "status.db") as cache:
        check(MANIFEST, judge, cache=cache)
        moved = check("# one\n# two\n" + MANIFEST, broken, cache=cache)
    assert broken.asked == 0
    (finding,) = next(one for one in moved if one.index == 1).findings
    assert finding.line == 18


def test_known_entries_are_reported_before_unknown_ones(judge: SpecWorker, tmp_path: Path) -> None:
    with StatusCache(tmp_path / "status.db") as cache:
        check(MANIFEST, judge, cache=cache)
        changed = MANIFEST.replace("name: An old entry", "name: A changed entry")
        assert [one.index for one in check(changed, judge, cache=cache)][-1] == 0


def test_a_failing_checker_leaves_entries_unchecked_and_says_so(tmp_path: Path) -> None:
    with StatusCache(tmp_path / "status.db") as cache:
        checks = check(MANIFEST, BrokenJudge(), cache=cache)
        assert {one.status for one in checks} == {Status.UNCHECKED, Status.INVALID, Status.UNRESOLVED}
        failed = next(one for one in checks if one.status is Status.UNCHECKED)
        entry = read_manifest(Document.parse(MANIFEST)).entries[failed.index]
        assert ("checker", "The checker failed on this entry: bang", entry.line) in {
            (f.rule, f.message, f.line) for f in failed.findings
        }
        assert cache.get(["a"]) == {}


def test_only_the_asked_entries_are_checked(judge: SpecWorker) -> None:
    assert [one.index for one in check(MANIFEST, judge, indices=[6, 1])] == [6, 1]


def test_a_cancelled_check_stops_between_two_entries(judge: SpecWorker) -> None:
    cancelled = threading.Event()
    checks: list[EntryCheck] = []

    def stop(one: EntryCheck) -> None:
        checks.append(one)
        cancelled.set()

    manifest = read_manifest(Document.parse(MANIFEST))
    Checker(None, judge).check_entries(manifest, NoFiles(), on_checked=stop, cancelled=cancelled)
    assert len(checks) == 1


def test_an_entry_whose_check_was_cancelled_under_way_has_no_status() -> None:
    class Stopped(SpecWorker):
        def judge_all(self, *_: Any, **__: Any) -> list[Verdict | CheckerFailed]:
            raise Cancelled

    checks = check(MANIFEST, Stopped())
    assert {one.status for one in checks} == {Status.INVALID, Status.UNRESOLVED}


def test_a_grouped_entry_is_judged_without_the_pointer_to_its_rdf(judge: SpecWorker) -> None:
    text = "config: {id: lab}\ndataset:\n- {id: a, source: models/rdf.yaml, name: A dataset, license: MIT}\n"
    (only,) = check(text, judge)
    assert only.status is Status.LATEST
