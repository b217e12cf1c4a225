"""One place of an entry with all that the spec library says about it, and what is told of it.

Values and the library's messages are quoted by `shown` and `plain` alone: on one line, short, control
characters shown as signs, whatever an entry holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from partner_tui.compliance.verdict import SpecError
from partner_tui.manifest.document import Path, spelled
from partner_tui.plain import visible

_LONGEST_VALUE = 48
_LONGEST_MESSAGE = 160
ABOUT_FILES = ("path_type", "path_not_file", "url_parsing", "url_type")
"""The kinds of error of a value that should name a file."""


@dataclass(frozen=True, slots=True)
class Words:
    """What to tell about one place."""

    message: str
    hint: str = ""
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """One place of an entry with everything the library says about it.

    Args:
        loc: Keys and indices from the entry's root; empty when the entry as a whole is meant.
        value: What stands there; None when nothing does.
        errors: At least one.
        type: The entry's type, empty when it has none.
        latest: The latest format version of that type.
    """

    loc: Path
    value: Any
    errors: tuple[SpecError, ...]
    type: str
    latest: str

    @property
    def field(self) -> str:
        return str(self.loc[0]) if self.loc else ""

    @property
    def last(self) -> str:
        """The last key, indices left out."""
        return next((part for part in reversed(self.loc) if isinstance(part, str)), "")

    @property
    def label(self) -> str:
        """``cite[0].doi``, as it is spelled in a message."""
        return spelled(self.loc) or "The entry"

    def has(self, *kinds: str) -> bool:
        return any(error.kind in kinds for error in self.errors)

    def says(self, text: str) -> bool:
        return any(text in error.message for error in self.errors)


def plain(message: str) -> str:
    """The library's own message on one short line, without pydantic's ways of saying that it is one."""
    message = re.sub(r"^(Value|Assertion) error, ", "", message.strip())
    return one_line(message.replace("Input should be", "must be").replace("/dev/null/", "/"))


def shown(value: Any) -> str:
    """A value as it is quoted in a message: on one line and cut."""
    return f"“{one_line(str(value), _LONGEST_VALUE)}”"


def one_line(text: str, longest: int = _LONGEST_MESSAGE) -> str:
    """Text on one line, cut, its control characters shown as signs."""
    return visible(" ".join(text[: 20 * longest].split()), longest)
