"""The outcome of a whole check, and its JSON; behind ``partner-tui check``."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from partner_tui import __version__
from partner_tui.compliance.checker import Checker
from partner_tui.compliance.finding import Finding
from partner_tui.compliance.pictures import config_pictures, with_covers
from partner_tui.compliance.status import EntryCheck, Status
from partner_tui.manifest.dialects import understood
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.text.document import Document


@dataclass(frozen=True, slots=True)
class Report:
    """Everything found in one manifest.

    Args:
        findings: About the manifest itself.
        checks: One for each entry, in file order; of a shard, for each of its entries.
        library_version: Of bioimageio.spec, which judged.
        shard: Which part of the entries was checked, and of how many; None for all.
    """

    manifest: Manifest
    findings: tuple[Finding, ...]
    checks: tuple[EntryCheck, ...]
    library_version: str
    shard: tuple[int, int] | None = None

    def to_json(self) -> dict[str, Any]:
        """The documented shape of ``check --format json``, schema 1; `report_text` prints it."""
        manifest, partner = self.manifest, self.manifest.partner
        counted = Counter(check.status for check in self.checks)
        part = {} if self.shard is None else {"shard": {"number": self.shard[0], "of": self.shard[1]}}
        return {
            "schema": 1,
            "tool": {"partner_tui": __version__, "bioimageio.spec": self.library_version},
            "manifest": manifest.document.name,
            "dialect": manifest.dialect,
            "partner": {"id": partner.id, "name": partner.name},
            "findings": [finding.to_json() for finding in self.findings],
            "summary": {"entries": len(self.checks), **{str(one): counted[one] for one in Status}},
            "entries": [self._entry_json(check) for check in self.checks],
            **part,
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


def check_source(
    document: Document, files: CloneFiles, checker: Checker, shard: tuple[int, int] | None = None
) -> Report:
    """Check a whole manifest, or the RDF of one resource.

    Raises:
        ManifestParseError: It is neither.

    Args:
        document: The manifest, parsed; its name is what reports call it.
        files: The clone that it lies in; `NoFiles` for a manifest by itself.
        shard: ``(K, N)`` checks each N-th entry from the K-th on, so that expensive neighbours are shared out; None for all.
    """
    manifest = understood(document)
    findings = checker.check_manifest(manifest, files)
    checks: list[EntryCheck] = []
    own = None if shard is None else range(shard[0] - 1, len(manifest.entries), shard[1])
    checker.check_entries(manifest, files, own, on_checked=checks.append)
    checks = [with_covers(check, manifest, files) for check in sorted(checks, key=lambda check: check.index)]
    findings += tuple(config_pictures(manifest, files))
    return Report(manifest, findings, tuple(checks), checker.library_version, shard)
