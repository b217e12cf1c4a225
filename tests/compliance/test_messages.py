"""Entries of the library's making, judged for real: one finding for each real place, in our words."""

from __future__ import annotations

from typing import Any

import pytest

from partner_tui.compliance.branches import placed
from partner_tui.compliance.finding import Finding
from partner_tui.compliance.messages import ErrorLocation, findings
from partner_tui.compliance.spec_worker import SpecWorker
from partner_tui.compliance.verdict import SpecError
from partner_tui.compliance.wording.place import ErrorContext
from partner_tui.compliance.wording.word import word
from partner_tui.manifest.text.document import Path

LATEST: dict[str, Any] = {
    "type": "dataset",
    "format_version": "0.3.4",
    "id": "cells",
    "name": "Cells in a dish",
    "description": "Pictures of cells.",
}
OLD = {**LATEST, "format_version": "0.2.2"}
MODEL = {**LATEST, "type": "model", "format_version": "0.5.14"}


def found(judge: SpecWorker, data: dict[str, Any]) -> tuple[Finding, ...]:
    def locate(loc: Path) -> ErrorLocation:
        return ErrorLocation(loc, 1, 1)

    return findings(judge.judge(data), data, locate)


def test_a_valid_entry_of_the_latest_format_has_no_findings(judge: SpecWorker) -> None:
    assert found(judge, LATEST) == ()


@pytest.mark.parametrize(
    ("data", "path", "message", "fix"),
    [
        ({**LATEST, "id": "Cells"}, ("id",), "id has uppercase letters", "id-lowercase"),
        ({**LATEST, "id": "a b"}, ("id",), "id may only contain a-z 0-9 _ - / .", "id-characters"),
        ({**LATEST, "id": 5869899}, ("id",), "id is not text", None),
        ({**LATEST, "name": 70 * "n"}, ("name",), "name is longer than 64 characters", None),
        ({**LATEST, "description": 1100 * "d"}, ("description",), "description is too long", None),
        (
            {**LATEST, "authors": [{"name": "a/b"}]},
            ("authors", 0, "name"),
            "authors[0].name has a slash",
            None,
        ),
        ({**LATEST, "version": "a b"}, ("version",), "version “a b” is not a version", None),
        ({**LATEST, "name": "Fiji"}, ("name",), "name “Fiji” is too short", "name-short"),
        (
            {**LATEST, "license": "CC-BY 4.0"},
            ("license",),
            "“CC-BY 4.0” is not an SPDX license id",
            "license-spdx",
        ),
        (
            {**LATEST, "authors": ["A Team"]},
            ("authors", 0),
            "authors[0] is text, not a person",
            "authors-to-objects",
        ),
        ({**LATEST, "authors": None}, ("authors",), "authors is empty", "drop-null"),
        ({**LATEST, "tags": "a"}, ("tags",), "tags is not a list", "scalar-to-list"),
        (
            {**LATEST, "covers": ["a.png"]},
            ("covers", 0),
            "covers[0] is text, not a file description",
            "source-objects",
        ),
        (
            {**LATEST, "documentation": "https://a.org/a.md"},
            ("documentation",),
            "documentation is text, not a file description",
            "source-objects",
        ),
        (
            {**LATEST, "documentation": "https://a.org"},
            ("documentation",),
            "documentation is not a Markdown file",
            "documentation-stub",
        ),
        (
            {**LATEST, "documentation": {"source": "a.html"}},
            ("documentation",),
            "documentation is not a Markdown file",
            "documentation-stub",
        ),
        (
            {**LATEST, "covers": [{"source": "/etc/x.png"}]},
            ("covers", 0, "source"),
            "covers[0].source is an absolute path",
            None,
        ),
        (
            {**LATEST, "cite": [{"text": "a", "doi": "https://doi.org/10.1002/bies.2"}]},
            ("cite", 0, "doi"),
            "cite[0].doi has more than the DOI",
            "doi-prefix",
        ),
        (
            {**LATEST, "cite": [{"text": "a", "doi": "https://arxiv.org/abs/1"}]},
            ("cite", 0, "doi"),
            "cite[0].doi is not a DOI",
            "doi-is-url",
        ),
        (
            {**LATEST, "cite": [{"text": "a"}]},
            ("cite", 0),
            "cite[0] has neither doi nor url",
            "cite-reference",
        ),
        (
            {**LATEST, "cite": "Text"},
            ("cite",),
            "cite is text, not a list of citations",
            "cite-text-to-entry",
        ),
        (
            {**LATEST, "download_url": "x"},
            ("download_url",),
            "download_url was removed from the format",
            "download-url-to-source",
        ),
        (
            {**LATEST, "passive": True},
            ("passive",),
            "passive is not a field of this format",
            "unknown-to-config",
        ),
        ({**LATEST, "source": "htps//x"}, ("source",), "source “htps//x” is not a URL", None),
        ({**LATEST, "type": None}, ("type",), "type is empty", "type-missing"),
        (
            {**LATEST, "format_version": 0.3},
            ("format_version",),
            "format_version is a number, not text",
            "format-version",
        ),
        (
            {**LATEST, "format_version": "x"},
            ("format_version",),
            "There is no format “x” for type dataset",
            "format-version",
        ),
        (
            {**LATEST, "format_version": "9.9.9"},
            ("format_version",),
            "Format 9.9.9 is newer than 0.3.4, the latest known to the installed spec library",
            None,
        ),
    ],
)
def test_one_real_place_is_one_finding(
    judge: SpecWorker, data: dict[str, Any], path: Path, message: str, fix: str | None
) -> None:
    (finding,) = found(judge, data)
    assert (finding.path, finding.message, finding.fix) == (path, message, fix)


def test_a_model_of_a_newer_format_is_told_in_the_words_of_the_other_types(judge: SpecWorker) -> None:
    model = {**MODEL, "format_version": "9.9.9", "weights": {"onnx": {"source": "https://o.org/a.onnx"}}}
    (said,) = [one for one in found(judge, model) if one.path == ("format_version",)]
    assert said.message.startswith("Format 9.9.9 is newer than 0.5.")
    assert said.message.endswith(", the latest known to the installed spec library")
    assert said.hint == "Correct it, or update partner-tui and bioimageio.spec"


def test_a_model_that_is_metadata_only_is_told_once(judge: SpecWorker) -> None:
    assert [one.fix for one in found(judge, MODEL)] == ["model-without-weights"]


def test_an_outdated_entry_tells_what_the_latest_format_wants_as_warnings(judge: SpecWorker) -> None:
    outdated, *others = found(
        judge, {**OLD, "type": "application", "id": "Cells", "documentation": "https://example.com"}
    )
    assert (outdated.severity, outdated.message) == ("info", "Format 0.2.2; the latest is 0.3.4")
    assert {(one.severity, one.path) for one in others} == {
        ("warning", ("id",)),
        ("warning", ("documentation",)),
    }


@pytest.mark.parametrize("declared", ["0.4.0", "9.9.9"])
def test_a_format_that_is_newer_than_all_known_ones_is_told_as_that(judge: SpecWorker, declared: str) -> None:
    (finding,) = found(judge, {**LATEST, "format_version": declared})
    assert finding.message.startswith(f"Format {declared} is newer than 0.3.4") and finding.fix is None


def test_members_of_a_list_that_one_fix_mends_share_a_finding(judge: SpecWorker) -> None:
    (finding,) = found(judge, {**LATEST, "covers": ["a.png", "b.png", "c.png"]})
    assert finding.message == "covers[0] is text, not a file description (and 2 more)"


def test_an_invalid_entry_tells_its_errors_alone(judge: SpecWorker) -> None:
    assert [(one.severity, one.path) for one in found(judge, {**OLD, "id": "Cells", "tags": "a"})] == [
        ("error", ("tags",))
    ]


def test_no_message_is_longer_than_a_line_and_none_carries_escapes(judge: SpecWorker) -> None:
    evil = "\x1b[31m[bold]\n" + "x" * 20_000
    for name in (
        "id",
        "name",
        "license",
        "source",
        "documentation",
        "version",
        "type",
        "format_version",
        evil,
    ):
        for one in found(judge, {**LATEST, name: evil}):
            assert len(one.message) <= 200 and len(one.hint) <= 200
            assert "\x1b" not in one.message and "\n" not in one.message
            assert "\x1b" not in one.hint


@pytest.mark.parametrize(
    ("loc", "said", "message"),
    [
        ((), "Missing `maintainers` or any author in `authors`", "No maintainers listed"),
        (
            ("description",),
            "Description longer than 512 characters.",
            "description is longer than 512 characters",
        ),
        (
            ("weights",),
            "Weights entry depends on additional attachments.",
            "weights: the weights need more files",
        ),
        (("run_mode",), "Run mode 'x' has limited support", "run_mode “x” is known to few programs"),
        (("other",), "Something new.", "The spec library advises against other"),
    ],
)
def test_the_librarys_advice_is_told_in_our_words(loc: Path, said: str, message: str) -> None:
    error = SpecError(loc, said, "warning")
    assert word(ErrorContext(loc, "x", (error,), "model", "0.5.5")).message == message


@pytest.mark.parametrize(
    ("loc", "kind", "expected"),
    [
        (("license", "function-after[LicenseId(), str]"), "literal_error", ("license",)),
        (("covers", 0, "source", "RelativeFilePath"), "value_error", ("covers", 0)),
        (
            ("inputs", 0, "preprocessing", 0, "scale_range", "kwargs"),
            "missing",
            ("inputs", 0, "preprocessing", 0, "kwargs"),
        ),
        (("weights",), "missing", ("weights",)),
        (("covers", 7), "value_error", ("covers",)),
        ((), "value_error", ()),
    ],
)
def test_parts_that_lead_nowhere_are_dropped(loc: Path, kind: str, expected: Path) -> None:
    data = {"license": "x", "covers": ["a.png"], "inputs": [{"preprocessing": [{"name": "scale_range"}]}]}
    assert placed([SpecError(loc, "", kind)], data)[0][0] == expected
