"""The spec library's errors as findings in our words: one for each real place, short, with what to do next.

One license gives three errors and 10,000 characters. Errors are gathered by the place they are about (`branches`), then
worded by `wording`: no text, class or validator of the library reaches the user in any other way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from partner_tui.compliance.branches import placed
from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.status import Status
from partner_tui.compliance.verdict import SpecError, Verdict, is_newer
from partner_tui.compliance.wording.place import ErrorContext, Wording
from partner_tui.compliance.wording.word import newer_format, word
from partner_tui.manifest.text.document import Path

_WANTED_TOGETHER = ("inputs", "outputs", "weights")


@dataclass(frozen=True, slots=True)
class ErrorLocation:
    """Where a finding is shown: the path in its file, 1-based line and column, and the file when not the manifest."""

    path: Path
    line: int
    column: int
    file: str | None = None


Locate = Callable[[Path], ErrorLocation]
"""From a place in the resolved entry to where it was written: in the entry, at the root or in an RDF."""


def findings(verdict: Verdict, data: Mapping[str, Any], locate: Locate) -> tuple[Finding, ...]:
    """The findings on an entry, errors first as the library gives them.

    What stands in the way of the latest format is a warning, and told only of entries that are valid as declared:
    an invalid one has enough to mend.
    """
    outdated = verdict.status(data.get("format_version")) is Status.OUTDATED
    found = [_outdated(verdict, data, locate)] if outdated else []
    told: set[Path] = set()
    for errors, severity in (
        (verdict.declared, Severity.ERROR),
        (verdict.warnings, Severity.WARNING),
        (verdict.current if outdated else (), Severity.WARNING),
    ):
        new = [place for place in places(errors, data, verdict.latest) if place.loc not in told]
        found.extend(_worded(new, severity, locate))
        told.update(place.loc for place in new)
    return tuple(found)


def places(errors: Iterable[SpecError], data: Mapping[str, Any], latest: str) -> tuple[ErrorContext, ...]:
    """Errors gathered by the place they are about, in the library's order."""
    gathered: dict[Path, list[SpecError]] = {}
    for loc, error in placed(errors, data):
        gathered.setdefault(loc, []).append(error)
    _gather_missing_parts(gathered, data)
    return tuple(
        ErrorContext.of(loc, data, tuple(about), _text(data.get("type")), latest)
        for loc, about in gathered.items()
    )


def reason(errors: Iterable[SpecError], data: Mapping[str, Any], latest: str) -> str:
    """What stands in the way, in one line: the first error in our words."""
    about = places(errors, data, latest)
    return word(about[0]).message if about else "Not valid in the latest format"


def _gather_missing_parts(gathered: dict[Path, list[SpecError]], data: Mapping[str, Any]) -> None:
    """A "model" that is metadata only is one finding, not one for each part that models have."""
    if data.get("type") == "model" and not any(part in data for part in _WANTED_TOGETHER):
        missing = [loc for loc, errors in gathered.items() if len(loc) == 1 and errors[0].kind == "missing"]
        if all((part,) in missing for part in _WANTED_TOGETHER):
            for loc in missing:
                del gathered[loc]
            gathered[("type",)] = [
                SpecError(("type",), "no inputs, outputs and weights", "model_without_weights")
            ]


def _worded(about: Sequence[ErrorContext], severity: Severity, locate: Locate) -> list[Finding]:
    """One finding for each place; members of one list that one fix mends share one at the first of them."""
    alike: dict[tuple[object, ...], list[tuple[ErrorContext, Wording]]] = {}
    for place in about:
        words = word(place)
        member = words.fix is not None and any(isinstance(part, int) for part in place.loc)
        group = (place.field, place.last, words.fix) if member else place.loc
        alike.setdefault(group, []).append((place, words))
    found: list[Finding] = []
    for (place, words), *others in alike.values():
        spot = locate(place.loc)
        message = f"{words.message} (and {len(others)} more)" if others else words.message
        found.append(
            Finding(
                "spec", severity, spot.path, spot.line, spot.column, message, words.hint, words.fix, spot.file
            )
        )
    return found


def _outdated(verdict: Verdict, data: Mapping[str, Any], locate: Locate) -> Finding:
    declared = _text(data.get("format_version"))
    spot = locate(("format_version",))
    words = Wording(
        f"Format {declared}; the latest is {verdict.latest}", "Upgrade the entry", "format-version"
    )
    if is_newer(declared, verdict.latest):
        words = newer_format(declared, verdict.latest)
    return Finding(
        "outdated",
        Severity.INFO,
        spot.path,
        spot.line,
        spot.column,
        words.message,
        words.hint,
        words.fix,
        spot.file,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
