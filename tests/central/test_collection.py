"""What the collection records is read as its CI writes it; what is malformed is left out, and nothing else with it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from partner_tui.central.collection import ToolReport, read_index, read_summary
from partner_tui.errors import PartnerTuiError
from tests.central.collection_data import index, item, report, summary


def reports(tests: Any) -> tuple[ToolReport, ...]:
    found = read_summary(summary({}, tests))
    assert found is not None
    return found.reports


def test_items_have_their_versions_the_oldest_first_and_the_paths_of_their_summaries() -> None:
    known = read_index(
        index(
            item("jolly-ox", "model", ("v1", "2026-08-06T10:18:44Z"), ("v0", "2025-07-01T22:41:55Z")),
            item("deepimagej:deepimagej", "application"),
        )
    )
    assert (known.recorded, known.left_out) == (datetime(2026, 10, 1, 4, 54, 18, 40432, UTC), 0)
    ox, app = known.items
    assert (ox.name, ox.public_id, [one.name for one in ox.versions]) == ("jolly-ox", "", ["v0", "v1"])
    assert ox.newest.created == datetime(2026, 8, 6, 10, 18, 44, tzinfo=UTC)
    assert ox.summary(ox.newest) == "reports/bioimage-io/jolly-ox/v1/summary.json"
    assert (app.name, app.public_id) == ("deepimagej:deepimagej", "deepimagej/deepimagej")
    assert app.summary(app.newest) == "reports/bioimage-io/deepimagej_deepimagej/v0/summary.json"


def test_malformed_items_are_counted_and_the_others_read() -> None:
    undated = item("no-date", "model", ("v0", "yesterday"))
    broken = [None, 3, {}, {"id": "a/b"}, {"id": 3, "versions": []}, {"id": "a/b", "versions": [{}, "v0"]}]
    escaping = item("evil", "model", ("../../v0", "2025-07-01T22:41:55Z"))
    known = read_index(index(*broken, undated, escaping, item("twice"), item("twice")))
    assert ([one.name for one in known.items], known.left_out) == (["no-date", "twice"], 8)
    assert known.items[0].newest.created is None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b'{"items": [', "is not valid JSON"),
        (b"[" * 100_000, "is not valid JSON"),
        (b"\xff\xfe", "is not valid JSON"),
        (b'{"total": 3}', "has no list of items"),
        (b"[]", "has no list of items"),
    ],
)
def test_an_index_that_is_none_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(PartnerTuiError, match=why):
        read_index(content)


def test_the_newest_release_of_each_tool_comes_first() -> None:
    tests = {
        "ilastik": {
            "1.4.2b10": report(),
            "1.4.2": report(),
            "1.4.2rc1": report("failed"),
            "1.4.1.post1": report(),
        },
        "deepimagej": {"3.2.0-snapshot": report(), "3.1.0-snapshot": report("failed", error="no engine\n")},
    }
    found = reports(tests)
    assert [(one.tool, one.release) for one in found] == [
        ("deepimagej", "3.2.0-snapshot"),
        ("deepimagej", "3.1.0-snapshot"),
        ("ilastik", "1.4.2"),
        ("ilastik", "1.4.2rc1"),
        ("ilastik", "1.4.2b10"),
        ("ilastik", "1.4.1.post1"),
    ]


def test_a_report_says_why_it_failed_wherever_the_tool_says_it() -> None:
    steps = {"details": [{"errors": []}, {"errors": [{"msg": "outputs differ", "loc": ["weights"]}]}]}
    tests = {
        "a": {"1": report("failed", error=" no tag\n", details="more")},
        "b": {"1": report("failed", error="", details="only here")},
        "c": {"1": report("failed", details=steps)},
        "d": {"1": report("passed", details="all well")},
        "e": {"1": report("failed", details={"details": [None, {"errors": "x"}]})},
    }
    assert [one.error for one in reports(tests)] == ["no tag", "only here", "outputs differ", "", ""]


def test_reports_of_the_older_form_and_malformed_ones_are_told_apart() -> None:
    tests = {
        "ilastik_1.4.2": report("not-applicable", score=0.5),
        "icy": {"2.5": {"status": "green", "score": "high"}, "2.4": "failed", "2.3": {"score": 7}},
        "biapy": [],
        "huge": {"9" * 5_000: report()},
        "core": {"1": report(score=True)},
    }
    assert [(one.tool, one.release, one.result, one.score) for one in reports(tests)] == [
        ("core", "1", "passed", None),
        ("huge", "9" * 5_000, "passed", 1.0),
        ("icy", "2.5", "", None),
        ("icy", "2.3", "", None),
        ("ilastik", "1.4.2", "not-applicable", 0.5),
    ]


@pytest.mark.parametrize("content", [b"{", b"[]", b"null", b'"x"', b"[" * 100_000])
def test_a_summary_that_is_none_is_none(content: bytes) -> None:
    assert read_summary(content) is None


def test_a_summary_without_an_rdf_has_an_empty_one() -> None:
    deep: Any = {}
    for _ in range(200):
        deep = {"a": deep}
    rdfs: tuple[Any, ...] = (None, [], "text", deep)
    for rdf in rdfs:
        found = read_summary(summary(rdf))
        assert found is not None and found.rdf == {}
