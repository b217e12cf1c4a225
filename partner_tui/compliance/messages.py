"""The spec library's errors as findings in our words: one for each real place, short, with what to do next.

The library reports a bad union value once for each member and names the member in ``loc``; one license gives three
errors and 10,000 characters. Errors are gathered by the place they are about, then worded by `wording`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.place import Place, Words
from partner_tui.compliance.status import Status
from partner_tui.compliance.verdict import SpecError, Verdict
from partner_tui.compliance.wording import word
from partner_tui.manifest.document import Path

_WANTED_TOGETHER = ("inputs", "outputs", "weights")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a finding is shown: the path in its file, 1-based line and column, and the file when not the manifest."""

    path: Path
    line: int
    column: int
    file: str | None = None


Locate = Callable[[Path], Spot]
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


def places(errors: Iterable[SpecError], data: Mapping[str, Any], latest: str) -> tuple[Place, ...]:
    """Errors gathered by the place they are about, in the library's order."""
    gathered: dict[Path, list[SpecError]] = {}
    for error in errors:
        gathered.setdefault(plain_loc(error, data), []).append(error)
    _gather_missing_parts(gathered, data)
    return tuple(
        Place(loc, _value(data, loc), tuple(about), _text(data.get("type")), latest)
        for loc, about in gathered.items()
    )


def plain_loc(error: SpecError, data: Any) -> Path:
    """The parts of an error's ``loc`` that lead through the data; names of union members and validators are dropped.

    The last part is kept for something that is missing, since that is in no data.
    """
    loc: list[str | int] = []
    here = data
    missing = error.kind == "missing" or error.message.startswith("missing")
    for place, part in enumerate(error.loc):
        if isinstance(here, Mapping) and part in here:
            here = here[part]
        elif isinstance(here, Sequence) and not isinstance(here, str | bytes) and _is_index(part, len(here)):
            here = here[int(part)]
        elif not (missing and place == len(error.loc) - 1 and _is_name(part)):
            continue
        loc.append(part)
    return tuple(loc)


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


def _worded(about: Sequence[Place], severity: Severity, locate: Locate) -> list[Finding]:
    """One finding for each place; members of one list that one fix mends share one at the first of them."""
    alike: dict[tuple[object, ...], list[tuple[Place, Words]]] = {}
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
    words = Words(f"Format {declared}; the latest is {verdict.latest}", "Upgrade the entry", "format-version")
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


def _value(data: Any, loc: Path) -> Any:
    for part in loc:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _is_index(part: str | int, length: int) -> bool:
    return isinstance(part, int) and not isinstance(part, bool) and 0 <= part < length


def _is_name(part: str | int) -> bool:
    return isinstance(part, str) and part.isidentifier() and part == part.lower()


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
