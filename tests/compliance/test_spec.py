"""What the child says of an entry is what the library's own report says, though it does not ask for that report."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from partner_tui.compliance.protocol import encoded
from partner_tui.compliance.spec_worker import SpecWorker
from partner_tui.compliance.verdict import Verdict
from partner_tui.errors import ManifestParseError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.files import NoFiles
from partner_tui.manifest.resolve import resolve
from partner_tui.manifest.text.document import Document
from tests.compliance.test_spec_worker import DATASET
from tests.corpus import manifests, models, needs_corpus

_LATEST = {**DATASET, "format_version": "0.3.4"}
SAMPLES: list[dict[str, Any]] = [
    DATASET,
    _LATEST,
    {**DATASET, "name": None, "covers": "a.png", "tags": [1]},
    {**DATASET, "format_version": "0.9.9", "license": "none of them"},
    {**DATASET, "format_version": "7"},
    {**DATASET, "license": "my own", "name": "a" * 80},
    {**_LATEST, "license": "GPL-3.0"},
    {**_LATEST, "license": "CC BY", "authors": [{"name": "A/B"}], "cite": [{"text": "a", "doi": "b"}]},
    {**_LATEST, "documentation": "a.md", "id_emoji": "no"},
    {**DATASET, "type": "notebook", "authors": [{}], "git_repo": "https://example.org/a b"},
    {**DATASET, "type": "workflow", "links": "a"},
    {
        **DATASET,
        "type": "model",
        "format_version": "0.4.9",
        "authors": [{"name": "A"}],
        "inputs": [{"axes": "q"}],
    },
    {**DATASET, "type": "model", "format_version": "0.5.3", "weights": {"onnx": {"source": "a.onnx"}}},
    {**_LATEST, "name": b"hello"},
    {**_LATEST, "tags": {"a", "b"}},
    {**_LATEST, "config": {"a": {"one"}}},
    {**_LATEST, "config": {"pairs": [("a", 1), ("a", 2)], "binary": b"a", 1: 2}},
    {**_LATEST, "name": b"hello" * 999, "config": {"binary": b"a" * 4000, "pairs": [("a", b"b" * 4000)]}},
    {**_LATEST, "config": {"day": datetime.date(2021, 1, 2)}},
    {**DATASET, "tags": ("a", 1), "timestamp": datetime.datetime(2021, 1, 2, 3, 4)},
]
_SCRIPT = """
import copy, json, sys
from partner_tui.compliance import protocol, spec
spec._import_quietly()
from bioimageio.spec import ValidationContext, build_description

context = ValidationContext(perform_io_checks=False, log_warnings=False, disable_cache=True)
shape = lambda errors: [[list(error.loc), error.msg[:800], error.type] for error in errors]
reports = []
for data in protocol.decode(sys.stdin.read()):
    version = "latest" if data["type"] == "model" else "discover"
    try:
        summary = build_description(data, context=context, format_version=version).validation_summary
    except AssertionError:
        reports.append(None)
        continue
    passes = [one for one in summary.details if one.name.startswith("bioimageio.spec format validation")]
    newest = shape(passes[-1].errors) if data["type"] == "model" and len(passes) > 1 else None
    reports.append([shape(passes[0].errors), newest, shape(passes[0].warnings)])
json.dump(reports, sys.stdout)
"""


def _reported(samples: list[dict[str, Any]]) -> Any:
    """The library's errors, those of a model against the latest format, and its warnings; None where it cannot say."""
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT],
        input=encoded(samples),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def _differing(samples: list[dict[str, Any]], judge: SpecWorker) -> list[dict[str, Any]]:
    """The samples that are judged otherwise than the library reports."""
    found = []
    for data, report in zip(samples, _reported(samples), strict=True):
        (verdict,) = judge.judge_all([encoded(data)])
        if report is None or not isinstance(verdict, Verdict):
            is_valid = isinstance(verdict, Verdict) and not verdict.declared
            found += [data] if report is not None or is_valid else []
            continue
        declared, newest, warnings = report
        said = [
            [[list(one.loc), one.message, one.kind] for one in part]
            for part in (verdict.declared, verdict.current, verdict.warnings)
        ]
        is_warned = [one for one in warnings if one in said[2] or _is_reminder(one[1])] == warnings
        if said[0] != declared or (newest is not None and said[1] != newest) or not is_warned:
            found.append(data)
    return found


def _is_reminder(message: str) -> bool:
    return message == "missing" or "needs to be filled" in message.lower()


def test_errors_and_warnings_are_those_of_the_librarys_report(judge: SpecWorker) -> None:
    assert _differing(SAMPLES, judge) == []


@pytest.mark.slow
@needs_corpus
def test_real_entries_and_models_are_judged_as_the_library_reports(judge: SpecWorker) -> None:
    samples = []
    for path in [*manifests()[::3], *models()[::3]]:
        try:
            manifest = read_manifest(Document.decode(path.read_bytes(), path.name))
        except ManifestParseError:
            continue
        read = [resolve(entry, manifest, NoFiles()).judged for entry in manifest.entries]
        samples += [
            data
            for data in read
            if isinstance(data.get("type"), str) and isinstance(data.get("format_version"), str)
        ]
    assert len(samples) > 200
    assert _differing(samples, judge) == []


@pytest.mark.parametrize("fields", [{"id": b"cells"}, {"version": datetime.date(2021, 1, 2)}])
def test_a_value_that_the_librarys_report_raises_on_is_an_error_of_its_field(
    judge: SpecWorker, fields: dict[str, Any]
) -> None:
    verdict = judge.judge({**_LATEST, **fields})
    assert {one.loc[0] for one in verdict.declared} == set(fields)


def test_without_warnings_the_errors_are_the_same(judge: SpecWorker) -> None:
    lines = [encoded(data) for data in SAMPLES]
    whole = [one if isinstance(one, Verdict) else None for one in judge.judge_all(lines)]
    assert any(one and one.warnings for one in whole)
    bare = [one if isinstance(one, Verdict) else None for one in judge.judge_all(lines, warnings=False)]
    assert bare == [one and replace(one, warnings=()) for one in whole]


def test_binary_values_of_any_size_are_judged(judge: SpecWorker) -> None:
    for field in ("name", "tags", "cite", "config", "odd"):
        small, large = ({**_LATEST, field: b"\x07" * size} for size in (2000, 400_000))
        assert judge.judge(large) == judge.judge(small)
