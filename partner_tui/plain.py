"""Text as it is shown: that from outside made safe to draw, so that it cannot move the cursor, hide or reorder; plurals and ages; values as JSON has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from math import isfinite
from typing import Any

ELLIPSIS = "…"

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_HIDDEN = re.compile(rf"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029{_BIDI}\ufeff\ud800-\udfff]")
_ENTRY = re.compile(r"[^aeiou]y$")
_UNITS = (
    (365 * 24 * 3600, "year", "y"),
    (30 * 24 * 3600, "month", "mo"),
    (24 * 3600, "day", "d"),
    (3600, "hour", "h"),
    (60, "minute", "min"),
)
_BREAK = re.compile(r"\s*(?:\r\n|\r|\n)\s*")


def visible(text: str, limit: int | None = None, lines: bool = False) -> str:
    """Show control characters and bidirectional overrides as signs, tabs as blanks.

    Args:
        limit: The most characters to keep; a longer text ends in an ellipsis.
        lines: Whether line breaks stay; else each becomes one blank.
    """
    if limit is not None and len(text) > limit:
        text = text[: max(0, limit - 1)] + ELLIPSIS
    text = text.replace("\r\n", "\n").replace("\r", "\n") if lines else _BREAK.sub(" ", text)
    return _HIDDEN.sub(_sign, text)


def plural(count: int, noun: str) -> str:
    """A number with its noun: ``1 file``, ``2 files``, ``3 entries``, ``4 days``."""
    if count != 1:
        noun = f"{noun[:-1]}ies" if _ENTRY.search(noun) else f"{noun}s"
    return f"{count} {noun}"


def age(date: datetime, now: datetime) -> str:
    """How long ago, in the largest unit: ``3 days ago``."""
    seconds = (now - date).total_seconds()
    fitting = (f"{plural(int(seconds // size), unit)} ago" for size, unit, _ in _UNITS if seconds >= size)
    return next(fitting, "just now")


def short_age(date: datetime, now: datetime) -> str:
    """How long ago, for a column of five cells: ``3 d``, ``11 mo``, ``2 y``."""
    seconds = (now - date).total_seconds()
    return next((f"{seconds // size:.0f} {unit}" for size, _, unit in _UNITS if seconds >= size), "now")


def few(names: Sequence[str], most: int = 1, limit: int = 60) -> str:
    """The first of some names, made visible and cut at a limit, and how many more there are: ``a.yaml and 2 more``."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(visible(name, limit) for name in names[:most]) + more


def size_words(size: int) -> str:
    """Bytes for a person: ``340 B``, ``12 kB``, ``1.2 MB``."""
    if size < 1000:
        return f"{size} B"
    return f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    if match[0] == "\t":
        return "    "
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"


def json_value(value: Any) -> Any:
    """A value of YAML as JSON has it: dates as texts, and numbers that are none by their names."""
    if isinstance(value, dict):
        return {str(key): json_value(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set):
        return [json_value(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    is_json = value is None or isinstance(value, str | int) or (isinstance(value, float) and isfinite(value))
    return value if is_json else str(value)
