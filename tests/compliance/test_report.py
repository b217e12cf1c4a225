from __future__ import annotations

import io
import json

import pytest
from rich.console import Console

from partner_tui.compliance.checker import Checker
from partner_tui.compliance.report import Report, check_source
from partner_tui.compliance.report_text import fails, report_text
from partner_tui.compliance.spec_worker import SpecWorker
from partner_tui.manifest.text.document import Document
from tests.compliance.test_checker import FILES, MANIFEST

FINDING = {"rule", "severity", "path", "line", "column", "message", "hint", "fix"}


@pytest.fixture(scope="module")
def report(judge: SpecWorker) -> Report:
    return check_source(Document.parse(MANIFEST, "collection.yaml"), FILES, Checker(None, judge))


def test_the_json_has_the_documented_shape(report: Report) -> None:
    shape = json.loads(json.dumps(report.to_json()))
    assert list(shape) == [
        "schema",
        "tool",
        "manifest",
        "dialect",
        "partner",
        "findings",
        "summary",
        "entries",
    ]
    assert set(shape["tool"]) == {"partner_tui", "bioimageio.spec"}
    assert shape["summary"] == {
        "entries": 7,
        "latest": 1,
        "outdated": 1,
        "invalid": 4,
        "unresolved": 1,
        "unchecked": 0,
    }
    assert (shape["schema"], shape["manifest"], shape["dialect"]) == (1, "collection.yaml", "collection")
    assert shape["partner"] == {"id": "lab", "name": ""}
    for entry in shape["entries"]:
        assert list(entry) == ["index", "id", "type", "format_version", "status", "line", "findings"]
        for finding in entry["findings"]:
            assert set(finding) - {"file"} == FINDING
    assert [entry["index"] for entry in shape["entries"]] == list(range(7))


def test_the_type_of_an_rdf_is_told(report: Report) -> None:
    assert report.to_json()["entries"][4]["type"] == "dataset"


def text(report: Report, **options: object) -> str:
    out = io.StringIO()
    Console(file=out, width=100, **options).print(report_text(report.to_json()), soft_wrap=True)  # type: ignore[arg-type]
    return out.getvalue()


def test_the_text_names_places_and_sums_up(report: Report) -> None:
    lines = text(report).splitlines()
    assert any(line.strip().startswith("collection.yaml:16:12  error    covers[0] is text") for line in lines)
    assert any("models/rdf.yaml:4:1" in line for line in lines)
    assert lines[-1].startswith("7 entries  ● 1 latest  ◐ 1 outdated  ✗ 4 invalid  ? 1 unresolved")


def test_colours_are_left_out_where_they_are_not_wanted(report: Report) -> None:
    assert "\x1b[3" in text(report, force_terminal=True, color_system="standard", no_color=False)
    assert "\x1b[3" not in text(report, force_terminal=True, color_system="standard", no_color=True)


def test_contributed_text_is_shown_and_not_obeyed(judge: SpecWorker) -> None:
    hostile = Document.parse('collection:\n- id: "\\e[31m[bold]x"\n  type: dataset\n', "c.yaml")
    report = check_source(hostile, FILES, Checker(None, judge))
    assert "\x1b" not in text(report)
    assert "[bold]x" in text(report)


def test_a_huge_id_does_not_flood_the_terminal(judge: SpecWorker) -> None:
    huge = Document.parse(f"collection:\n- id: {'x' * 5000}\n  type: dataset\n", "c.yaml")
    assert len(text(check_source(huge, FILES, Checker(None, judge)))) < 1000


@pytest.mark.parametrize(("level", "failing"), [("error", True), ("outdated", True), ("never", False)])
def test_the_exit_follows_the_level(report: Report, level: str, failing: bool) -> None:
    assert fails(report.to_json(), level) is failing  # type: ignore[arg-type]


def test_an_outdated_manifest_without_errors_fails_at_outdated_alone(judge: SpecWorker) -> None:
    document = Document.parse(
        "config: {id: lab, name: Lab, resource_types: [dataset]}\n"
        "collection:\n- {id: a, type: dataset, format_version: 0.2.2, name: An entry, description: text}\n"
    )
    shape = check_source(document, FILES, Checker(None, judge)).to_json()
    assert (fails(shape, "error"), fails(shape, "outdated")) == (False, True)
