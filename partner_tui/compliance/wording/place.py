"""A location in an entry, with all spec errors reported for it and the message to show.

Values and the library's messages are quoted by `shown` and `plain` alone: on one line, short, control
characters shown as signs, whatever an entry holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from partner_tui.compliance.verdict import SpecError
from partner_tui.manifest.text.document import Path, spelled
from partner_tui.plain import visible

_LONGEST_VALUE = 48
_LONGEST_MESSAGE = 160
_MOST_PARTS = 12
_TYPES = frozenset(("bool", "float", "int", "list", "str"))
ABOUT_FILES = ("path_type", "path_not_file", "url_parsing", "url_type")
"""The kinds of error of a value that should name a file."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What to tell about one place."""

    message: str
    hint: str = ""
    fix: str | None = None


@dataclass(frozen=True, slots=True)
class ErrorContext:
    """One place of an entry with everything the library says about it.

    Args:
        loc: Keys and indices from the entry's root; empty when the entry as a whole is meant.
        value: What is there; None when nothing is, or null.
        errors: At least one.
        type: The entry's type, empty when it has none.
        latest: The latest format version of that type.
        is_there: Whether the entry has it at all: absent, null and empty are three things.
    """

    loc: Path
    value: Any
    errors: tuple[SpecError, ...]
    type: str
    latest: str
    is_there: bool = True

    @classmethod
    def of(cls, loc: Path, data: Any, errors: tuple[SpecError, ...], type: str, latest: str) -> Self:
        """The place at a path of an entry's data."""
        for part in loc:
            try:
                data = data[part]
            except (KeyError, IndexError, TypeError):
                return cls(loc, None, errors, type, latest, is_there=False)
        return cls(loc, data, errors, type, latest)

    @property
    def field(self) -> str:
        return str(self.loc[0]) if self.loc else ""

    @property
    def last(self) -> str:
        """The last key, indices left out."""
        return next((part for part in reversed(self.loc) if isinstance(part, str)), "")

    @property
    def label(self) -> str:
        """``cite[0].doi``, as it is spelled in a message; of an error in what was converted, the field that it names."""
        return spelled(self.loc) or self._named or "The entry"

    @property
    def quoted(self) -> str:
        """The value as it is quoted in a message; empty where the place is the whole entry."""
        return shown(self.value) if self.loc else ""

    @property
    def is_located(self) -> bool:
        """Whether the errors say where they are: those in what the library converted do not."""
        return bool(self.loc) or not any(error.loc for error in self.errors)

    @property
    def _named(self) -> str:
        first = next((error.loc[0] for error in self.errors if error.loc), "")
        is_field = isinstance(first, str) and first.isidentifier() and first == first.lower()
        return str(first) if is_field and first not in _TYPES else ""

    def has(self, *kinds: str) -> bool:
        return any(error.kind in kinds for error in self.errors)

    def says(self, text: str) -> bool:
        return any(text in error.message for error in self.errors)


def shown(value: Any) -> str:
    """A value as it is quoted in a message: as YAML writes it, on one line and cut."""
    return f"“{one_line(_written(value), _LONGEST_VALUE)}”"


def _written(value: Any, depth: int = 3) -> str:
    if isinstance(value, dict | list) and not depth:
        return "…"
    if isinstance(value, dict):
        parts = [f"{key}: {_written(one, depth - 1)}" for key, one in list(value.items())[:_MOST_PARTS]]
        return f"{{{', '.join(parts)}}}"
    if isinstance(value, list):
        return f"[{', '.join(_written(one, depth - 1) for one in value[:_MOST_PARTS])}]"
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)[: 20 * _LONGEST_VALUE]


def one_line(text: str, longest: int = _LONGEST_MESSAGE) -> str:
    """Text on one line, cut, its control characters shown as signs."""
    return visible(" ".join(text[: 20 * longest].split()), longest)
