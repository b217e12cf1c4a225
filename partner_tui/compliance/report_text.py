"""What ``partner-tui check`` prints, from the JSON that it writes, so that joined reports read as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from rich.text import Text

from partner_tui.compliance.finding import Severity
from partner_tui.compliance.status import Status
from partner_tui.plain import plural, visible

FailOn = Literal["error", "outdated", "never"]
Shape = Mapping[str, Any]
"""The JSON of ``check --format json``, schema 1."""
LABEL = 80
"""Characters shown of an id, a type or a format version: a manifest may hold any."""
_STATUSES = {str(status): status for status in Status}
_SEVERITY_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


def status_summary(counts: Mapping[Status, int]) -> Text:
    """``● 2 latest  ◐ 11 outdated``: the statuses that some entries have."""
    return Text("  ").join(
        Text(f"{status.glyph} {count} {status}", style=status.style)
        for status, count in counts.items()
        if count
    )


def fails(report: Shape, level: FailOn) -> bool:
    """Whether there is something at a level: invalid entries and errors, or also outdated entries."""
    if level == "never":
        return False
    summary = report["summary"]
    errors = summary[Status.INVALID] > 0 or any(
        finding["severity"] == Severity.ERROR for finding in _findings(report)
    )
    return errors or (level == "outdated" and summary[Status.OUTDATED] > 0)


def report_text(report: Shape, names: Mapping[int, str] | None = None) -> Text:
    """Each entry with its findings, one a line, then the sum.

    Args:
        names: What entries without an id are called, by index.
    """
    width = max((len(_place(report, finding)) for finding in _findings(report)), default=0)
    text = Text()
    if report["findings"]:
        text.append(f"{visible(report['manifest'])}\n", style="bold")
        _list(text, report, report["findings"], width)
    for entry in report["entries"]:
        _heading(text, entry, (names or {}).get(entry["index"], ""))
        _list(text, report, entry["findings"], width)
    if text and not text.plain.endswith("\n\n"):
        text.append("\n")
    return text.append(_summary(report))


def _findings(report: Shape) -> Iterator[Shape]:
    """Those about the manifest, then entry by entry."""
    yield from report["findings"]
    for entry in report["entries"]:
        yield from entry["findings"]


def _summary(report: Shape) -> Text:
    """``16 entries: ● 2 latest  ◐ 11 outdated  ...`` on one line."""
    number = report["summary"]["entries"]
    line = Text(plural(number, "entry"))
    if number:
        line.append("  ").append(status_summary({status: report["summary"][status] for status in Status}))
    severities = Counter(finding["severity"] for finding in _findings(report))
    for severity in (Severity.ERROR, Severity.WARNING):
        if count := severities[severity]:
            line.append(f"  {count} {severity}{'' if count == 1 else 's'}", style=_SEVERITY_STYLES[severity])
    return line


def _heading(text: Text, entry: Shape, name: str) -> None:
    status = _STATUSES[entry["status"]]
    text.append(f"{status.glyph} {status:<10}", style=status.style)
    text.append(f"  {visible(entry['id'] or name or '(no id)', LABEL)}", style="bold")
    text.append(
        f"  {visible(entry['type'] or '–', LABEL)} {visible(entry['format_version'] or '–', LABEL)}\n",
        style="dim",
    )


def _list(text: Text, report: Shape, findings: Sequence[Shape], width: int) -> None:
    for finding in findings:
        severity = Severity(finding["severity"])
        text.append(f"  {_place(report, finding):<{width}}", style="cyan")
        text.append(f"  {severity:<7}", style=_SEVERITY_STYLES[severity])
        text.append(f"  {visible(finding['message'])}\n")
        if finding["hint"]:
            text.append(f"{'':<{width + 13}}{visible(finding['hint'])}\n", style="dim")
    if findings:
        text.append("\n")


def _place(report: Shape, finding: Shape) -> str:
    return f"{visible(finding.get('file') or report['manifest'])}:{finding['line']}:{finding['column']}"
