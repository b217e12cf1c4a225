"""The status of an entry against the spec, always a word beside a glyph and never a colour alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from partner_tui.compliance.finding import Finding


class Status(StrEnum):
    """How an entry stands against the spec."""

    LATEST = "latest"
    OUTDATED = "outdated"
    INVALID = "invalid"
    UNRESOLVED = "unresolved"
    UNCHECKED = "unchecked"

    @property
    def glyph(self) -> str:
        return _GLYPHS[self]

    @property
    def meaning(self) -> str:
        return _MEANINGS[self]


_GLYPHS = {
    Status.LATEST: "●",
    Status.OUTDATED: "◐",
    Status.INVALID: "✗",
    Status.UNRESOLVED: "?",
    Status.UNCHECKED: "·",
}
_MEANINGS = {
    Status.LATEST: "valid in the latest format",
    Status.OUTDATED: "valid, but in an older format",
    Status.INVALID: "not valid in the format it declares",
    Status.UNRESOLVED: "defined in a file that is not in this repository or cannot be read",
    Status.UNCHECKED: "not checked yet, or the check failed",
}


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
    """

    index: int
    status: Status
    find: Callable[[], tuple[Finding, ...]] = tuple
    format_version: str | None = None
    latest: str | None = None
    type: str | None = None

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Errors first, then by place."""
        return self.find()
