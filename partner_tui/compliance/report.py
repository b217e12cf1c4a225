"""The outcome of a whole check, as JSON for programs and as text for people; behind ``partner-tui check``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from rich.text import Text

from partner_tui import __version__
from partner_tui.compliance.checker import Checker
from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.status import EntryCheck, Status
from partner_tui.manifest.dialects import understood
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.text.document import Document
from partner_tui.plain import visible

FailOn = Literal["error", "outdated", "never"]
LABEL = 80
"""Characters shown of an id, a type or a format version: a manifest may hold any."""
_SEVERITY_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


def status_summary(counts: Mapping[Status, int]) -> Text:
    """``● 2 latest  ◐ 11 outdated``: the statuses that some entries have."""
    return Text("  ").join(
        Text(f"{status.glyph} {count} {status}", style=status.style)
        for status, count in counts.items()
        if count
    )


@dataclass(frozen=True, slots=True)
class Report:
    """Everything found in one manifest.

    Args:
        findings: About the manifest itself.
        checks: One for each entry, in file order.
        library_version: Of bioimageio.spec, which judged.
    """

    manifest: Manifest
    findings: tuple[Finding, ...]
    checks: tuple[EntryCheck, ...]
    library_version: str

    @property
    def counts(self) -> dict[Status, int]:
        """How many entries have each status; all statuses are there."""
        counted = Counter(check.status for check in self.checks)
        return {status: counted[status] for status in Status}

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Those about the manifest, then entry by entry."""
        return (*self.findings, *(finding for check in self.checks for finding in check.findings))

    def fails(self, level: FailOn) -> bool:
        """Whether there is something at a level: invalid entries and errors, or also outdated entries."""
        if level == "never":
            return False
        counts = self.counts
        errors = counts[Status.INVALID] > 0 or any(
            finding.severity is Severity.ERROR for finding in self.all_findings
        )
        return errors or (level == "outdated" and counts[Status.OUTDATED] > 0)

    def to_json(self) -> dict[str, Any]:
        """The documented shape of ``check --format json``, schema 1."""
        manifest, partner = self.manifest, self.manifest.partner
        return {
            "schema": 1,
            "tool": {"partner_tui": __version__, "bioimageio.spec": self.library_version},
            "manifest": manifest.document.name,
            "dialect": manifest.dialect,
            "partner": {"id": partner.id, "name": partner.name},
            "findings": [finding.to_json() for finding in self.findings],
            "summary": {
                "entries": len(self.checks),
                **{str(status): count for status, count in self.counts.items()},
            },
            "entries": [self._entry_json(check) for check in self.checks],
        }

    def _entry_json(self, check: EntryCheck) -> dict[str, Any]:
        entry = self.manifest.entries[check.index]
        return {
            "index": check.index,
            "id": entry.id,
            "type": check.type or entry.type,
            "format_version": check.format_version,
            "status": str(check.status),
            "line": entry.line,
            "findings": [finding.to_json() for finding in check.findings],
        }

    def to_text(self) -> Text:
        """Each entry with its findings, one a line, then the sum."""
        width = max((len(self._place(finding)) for finding in self.all_findings), default=0)
        text = Text()
        if self.findings:
            text.append(f"{visible(self.manifest.document.name)}\n", style="bold")
            self._list(text, self.findings, width)
        for check in self.checks:
            self._heading(text, check)
            self._list(text, check.findings, width)
        if text and not text.plain.endswith("\n\n"):
            text.append("\n")
        return text.append(self.summary())

    def summary(self) -> Text:
        """``16 entries: ● 2 latest  ◐ 11 outdated  ...`` on one line."""
        number = len(self.checks)
        line = Text(f"{number} {'entry' if number == 1 else 'entries'}")
        if number:
            line.append("  ").append(status_summary(self.counts))
        for severity in (Severity.ERROR, Severity.WARNING):
            count = sum(finding.severity is severity for finding in self.all_findings)
            if count:
                line.append(
                    f"  {count} {severity}{'' if count == 1 else 's'}", style=_SEVERITY_STYLES[severity]
                )
        return line

    def _heading(self, text: Text, check: EntryCheck) -> None:
        entry = self.manifest.entries[check.index]
        text.append(f"{check.status.glyph} {check.status:<10}", style=check.status.style)
        text.append(f"  {visible(entry.id or entry.name or '(no id)', LABEL)}", style="bold")
        text.append(
            f"  {visible(check.type or '–', LABEL)} {visible(check.format_version or '–', LABEL)}\n",
            style="dim",
        )

    def _list(self, text: Text, findings: tuple[Finding, ...], width: int) -> None:
        for finding in findings:
            text.append(f"  {self._place(finding):<{width}}", style="cyan")
            text.append(f"  {finding.severity:<7}", style=_SEVERITY_STYLES[finding.severity])
            text.append(f"  {visible(finding.message)}\n")
            if finding.hint:
                text.append(f"{'':<{width + 13}}{visible(finding.hint)}\n", style="dim")
        if findings:
            text.append("\n")

    def _place(self, finding: Finding) -> str:
        return f"{visible(finding.file or self.manifest.document.name)}:{finding.line}:{finding.column}"


def check_source(document: Document, files: CloneFiles, checker: Checker) -> Report:
    """Check a whole manifest, or the RDF of one resource.

    Raises:
        ManifestParseError: It is neither.

    Args:
        document: The manifest, parsed; its name is what reports call it.
        files: The clone that it lies in; `NoFiles` for a manifest by itself.
    """
    manifest = understood(document)
    findings = checker.check_manifest(manifest, files)
    checks: list[EntryCheck] = []
    checker.check_entries(manifest, files, on_checked=checks.append)
    checks.sort(key=lambda check: check.index)
    return Report(manifest, findings, tuple(checks), checker.library_version)
