"""A check that is shared out over several machines: which entries each checks, and their reports as one again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from partner_tui.compliance.finding import Severity
from partner_tui.compliance.status import Status
from partner_tui.errors import SourceError, UsageError

_LARGEST = 200_000_000
"""Bytes of one report; that of 20,000 invalid entries has 30 million."""
_NUMBER, _NAME = {"type": "integer", "minimum": 0}, {"type": ["string", "null"]}
_FINDING = {
    "type": "object",
    "required": ["severity", "message", "hint", "line", "column"],
    "properties": {
        "severity": {"enum": [str(severity) for severity in Severity]},
        "message": {"type": "string"},
        "hint": {"type": "string"},
        "line": _NUMBER,
        "column": _NUMBER,
        "file": {"type": "string"},
    },
}
_FINDINGS = {"type": "array", "items": _FINDING}
_COUNTS = ["entries", *(str(status) for status in Status)]
_REPORT = {
    "type": "object",
    "required": [
        "schema",
        "tool",
        "manifest",
        "dialect",
        "partner",
        "findings",
        "summary",
        "entries",
        "shard",
    ],
    "properties": {
        "schema": {"const": 1},
        "manifest": {"type": "string"},
        "findings": _FINDINGS,
        "summary": {"type": "object", "required": _COUNTS, "properties": dict.fromkeys(_COUNTS, _NUMBER)},
        "entries": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["index", "id", "type", "format_version", "status", "line", "findings"],
                "properties": {
                    "index": _NUMBER,
                    "id": _NAME,
                    "type": _NAME,
                    "format_version": _NAME,
                    "status": {"enum": _COUNTS[1:]},
                    "findings": _FINDINGS,
                },
            },
        },
        "shard": {
            "type": "object",
            "required": ["number", "of"],
            "properties": {"number": _NUMBER, "of": _NUMBER},
        },
    },
}


def parse_shard(text: str) -> tuple[int, int]:
    """``2/3``: the second of three shards.

    Raises:
        UsageError: It is not K/N with 1 <= K <= N.
    """
    number, slash, count = text.partition("/")
    if not (slash and number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count)):
        raise UsageError(f"{text!r} is not a shard.", "Write K/N, such as 1/3: the first of three.")
    return int(number), int(count)


def read_shard(path: Path) -> dict[str, Any]:
    """The report in a file that ``check --shard K/N --format json`` wrote.

    Raises:
        SourceError: It cannot be read, or is something else.
    """
    import jsonschema

    hint = "Write it with partner-tui check --shard K/N --format json."
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise SourceError(f"{path} is larger than {_LARGEST // 1_000_000} MB.", hint)
        report: dict[str, Any] = json.loads(content)
        jsonschema.validate(report, _REPORT)
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}.", hint) from None
    except (ValueError, RecursionError, jsonschema.ValidationError):
        raise SourceError(f"{path} is not the report of a shard.", hint) from None
    return report


def join_reports(reports: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The report of the whole manifest, as `check` without shards writes it.

    Args:
        reports: Those of all shards, in any order; one at least. See `read_shard`.

    Raises:
        UsageError: One is missing or there twice, or they are of different checks.
    """
    first = reports[0]
    count = first["shard"]["of"]
    same = ("tool", "manifest", "dialect", "partner", "findings")
    if any(one["shard"]["of"] != count or any(one[key] != first[key] for key in same) for one in reports):
        raise UsageError("The reports are of different checks.", "Check all shards of one commit.")
    numbers = sorted(report["shard"]["number"] for report in reports)
    wanted = list(range(1, count + 1))
    if numbers != wanted:
        missing = sorted(set(wanted) - set(numbers))
        what = f"Shard {missing[0]} of {count} is missing." if missing else "A shard is there twice."
        raise UsageError(what, "Name one report for each shard.")
    entries = sorted(
        (entry for one in reports for entry in one["entries"]), key=lambda entry: int(entry["index"])
    )
    summary = {key: sum(one["summary"][key] for one in reports) for key in first["summary"]}
    whole = {**first, "summary": summary, "entries": entries}
    del whole["shard"]
    return whole
