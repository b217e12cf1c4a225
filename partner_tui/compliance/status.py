"""The status of an entry against the spec, always a word beside a glyph and never a colour alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from partner_tui.compliance.finding import Finding, Severity


class Status(StrEnum):
    """How an entry stands against the spec; everything that is said or drawn of a status is here, but the app's colours.

    Attributes:
        glyph: One cell; always beside the word.
        meaning: In one line, without a full stop.
        style: Rich's, for the command line.
        rank: The place in an order that begins with the worst.
        fill: One cell of a bar, told from the others without a colour.
        ink: Its colour on paper, as light as no other's.
    """

    glyph: str
    meaning: str
    style: str
    rank: int
    fill: str
    ink: str

    def __new__(
        cls, word: str, glyph: str, meaning: str, style: str, rank: int, fill: str, ink: str
    ) -> Status:
        status = str.__new__(cls, word)
        status._value_ = word
        status.glyph, status.meaning, status.style, status.rank = glyph, meaning, style, rank
        status.fill, status.ink = fill, ink
        return status

    LATEST = "latest", "●", "valid in the latest format", "green", 4, "█", "#2e7d32"
    OUTDATED = "outdated", "◐", "valid, but in an older format", "yellow", 2, "▒", "#e5b567"
    INVALID = "invalid", "✗", "not valid in the format it declares", "red", 0, "╳", "#b3261e"
    UNRESOLVED = (
        "unresolved",
        "?",
        "defined in a file that is not in this repository or cannot be read",
        "magenta",
        1,
        "░",
        "#7aa2c9",
    )
    UNCHECKED = "unchecked", "·", "not checked yet, or the check failed", "dim", 3, "·", "#d0d0d0"


def count_statuses(statuses: Iterable[Status]) -> dict[Status, int]:
    """How many there are of each, all present."""
    return dict.fromkeys(Status, 0) | Counter(statuses)


@dataclass(frozen=True, eq=False)
class EntryCheck:
    """The outcome of checking one entry.

    Args:
        index: The entry's place in the manifest, over all groups, from 0.
        find: Gives the findings. A status is known much sooner than where everything was written, which is worked out
            when it is first looked at.
        format_version: As declared or inherited; None when there is none.
        latest: The latest format version of the entry's type; None when the library was not asked.
        type: The entry's type, also when its group, the root or an RDF says it; None when nothing does.
        lacks_rdf: Whether its RDF was not read, be it unresolved or invalid because of that.
    """

    index: int
    status: Status
    find: Callable[[], Iterable[Finding]] = tuple
    format_version: str | None = None
    latest: str | None = None
    type: str | None = None
    lacks_rdf: bool = False

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Errors first, then by place; those of an RDF after those of the manifest."""
        return tuple(sorted(self.find(), key=_order))


_SEVERITIES = tuple(Severity)


def _order(one: Finding) -> tuple[int, str, int, int, str]:
    return _SEVERITIES.index(one.severity), one.file or "", one.line, one.column, one.rule


def sum_in_words(counts: Mapping[Status, int]) -> str:
    """``2 latest, 11 outdated``, as the start screen remembers it."""
    return ", ".join(f"{count} {status}" for status, count in counts.items() if count)
