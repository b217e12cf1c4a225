"""The result of checking one entry: its status, and our findings and the library's as one list with places.

Every finding stands where its text was written, be that the entry, the root or an RDF, and no finding is reported twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.messages import ErrorLocation, findings
from partner_tui.compliance.own_findings import own_findings
from partner_tui.compliance.rules import id_not_text, if_for_id, missing_type, rdf_in_source
from partner_tui.compliance.status import EntryCheck, Status
from partner_tui.compliance.verdict import Verdict
from partner_tui.compliance.wording.place import one_line
from partner_tui.errors import CheckerFailed
from partner_tui.manifest.dialects import as_rdf
from partner_tui.manifest.entry import Entry, Manifest
from partner_tui.manifest.files import NoFiles
from partner_tui.manifest.resolve import Resolved
from partner_tui.manifest.sources import Why
from partner_tui.manifest.text.document import Path

_ALSO_THE_LIBRARYS = {id_not_text.NAME, missing_type.NAME, if_for_id.NAME}
"""Rules whose findings the library repeats in other words."""
_LONGEST = 300
"""Characters of an address, or of what the checker says of its failure."""
_HINTS: dict[Why, str] = {
    "remote": "Not in this repository, so it was not checked; fetch it first",
    "absent": "Add the file, or correct the path",
    "unreadable": "Correct it, so that this entry can be checked",
}


def without_judge(resolved: Resolved, manifest: Manifest, own: list[Finding]) -> EntryCheck | None:
    """The check of an entry that there is nothing to judge of; None for all others."""
    entry = resolved.entry
    if entry.problem:
        return EntryCheck(
            entry.index, Status.INVALID, lambda: tuple(own), lacks_rdf=_names_rdf_by_source(own)
        )
    missing = resolved.missing
    if missing is None:
        return None
    field: Path = (*entry.path, "rdf_source" if "rdf_source" in entry.own else "source")
    severity, message, hint = Severity.ERROR, missing.problem, _HINTS[missing.why]
    if missing.why == "remote":
        severity, message = Severity.WARNING, f"This entry is defined in {missing.reference}"
    finding = _finding("unresolved", severity, entry, manifest, field, one_line(message, _LONGEST), hint)
    known = [other for other in own if other.path == field and other.rule == "missing-files"]
    return _outcome(resolved, Status.UNRESOLVED, lambda: own if known else [*own, finding], lacks_rdf=True)


def checked(
    verdict: Verdict, data: dict[str, Any], resolved: Resolved, manifest: Manifest, own: list[Finding]
) -> EntryCheck:
    """The check of an entry by the library's verdict.

    Args:
        data: What the verdict is about.
        own: What our rules found in the entry.
    """

    status = verdict.status(data.get("format_version"))
    return _outcome(
        resolved,
        status,
        lambda: [*own, *_of_the_library(verdict, data, resolved, manifest, own)],
        verdict.latest,
        lacks_rdf=_names_rdf_by_source(own),
    )


def _names_rdf_by_source(own: list[Finding]) -> bool:
    return any(finding.rule == rdf_in_source.NAME for finding in own)


def _of_the_library(
    verdict: Verdict, data: dict[str, Any], resolved: Resolved, manifest: Manifest, own: list[Finding]
) -> list[Finding]:
    """The library's findings that ours do not tell already."""

    def locate(loc: Path) -> ErrorLocation:
        return _spot(loc, resolved, manifest)

    told = {(finding.path, finding.file) for finding in own if finding.rule in _ALSO_THE_LIBRARYS}
    spec = [
        finding for finding in findings(verdict, data, locate) if (finding.path, finding.file) not in told
    ]
    if _names_rdf_by_source(own):
        spec = [finding for finding in spec if not _waits_for_rdf(finding.path, resolved.entry)]
    return spec


def _waits_for_rdf(path: Path, entry: Entry) -> bool:
    """Whether a finding is about what may stand in an RDF that is not read, or about what names it."""
    field = path[len(entry.path) :][:1]
    return not field or field[0] not in entry.own or field[0] == "source"


def failed(failure: CheckerFailed, resolved: Resolved, manifest: Manifest, own: list[Finding]) -> EntryCheck:
    """The check of an entry that the library itself failed at."""
    finding = _finding(
        "checker",
        Severity.WARNING,
        resolved.entry,
        manifest,
        resolved.entry.path,
        one_line(failure.message, _LONGEST),
        failure.hint,
    )
    return _outcome(resolved, Status.UNCHECKED, lambda: [*own, finding], lacks_rdf=_names_rdf_by_source(own))


def _outcome(
    resolved: Resolved,
    status: Status,
    find: Callable[[], Iterable[Finding]],
    latest: str | None = None,
    *,
    lacks_rdf: bool = False,
) -> EntryCheck:
    return EntryCheck(
        resolved.entry.index,
        status,
        lambda: [*find(), *_of_the_rdf(resolved)],
        resolved.format_version,
        latest,
        resolved.type,
        lacks_rdf,
    )


def _of_the_rdf(resolved: Resolved) -> list[Finding]:
    """What our rules for an RDF find in the one that the entry names, as they do when it is checked by itself."""
    if resolved.rdf is None:
        return []
    found = own_findings(as_rdf(resolved.rdf), NoFiles(), text_rules=())
    return [replace(one, file=resolved.rdf_path) for one in found]


def _spot(loc: Path, resolved: Resolved, manifest: Manifest) -> ErrorLocation:
    """Where a place of the resolved entry was written."""
    origin = resolved.origins.get(str(loc[0])) if loc else "own"
    if origin == "rdf" and resolved.rdf_path is not None:
        if resolved.rdf is None:
            return ErrorLocation(loc, 1, 1, resolved.rdf_path)
        there = resolved.rdf.position(loc)
        return ErrorLocation(loc, there.line, there.column, resolved.rdf_path)
    path = loc if origin == "root" else (*resolved.entry.path, *loc)
    there = manifest.document.position(path)
    return ErrorLocation(path, there.line, there.column)


def _finding(
    rule: str, severity: Severity, entry: Entry, manifest: Manifest, path: Path, message: str, hint: str
) -> Finding:
    there = manifest.document.position(path)
    return Finding(rule, severity, path, there.line, there.column, message, hint)
