"""Values of scalars as the spec library's reader takes them (ruyaml: YAML 1.2), also under a ``%YAML 1.1`` directive.

The one place in the package where a token gets its type and its value; every value that is read comes through it. The
patterns are those of the library's reader, with its own departures from the standard: `017` is 17, `1e-3` a float,
`-.5e3` a text. Its values are pure data: a timestamp with a zone is the time in UTC, without a zone.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

TAG = "tag:yaml.org,2002:"
STR, SEQ, MAP = f"{TAG}str", f"{TAG}seq", f"{TAG}map"
NULL, BOOL, INT, FLOAT, TIMESTAMP = (f"{TAG}{name}" for name in ("null", "bool", "int", "float", "timestamp"))
MERGE, VALUE, BINARY = f"{TAG}merge", f"{TAG}value", f"{TAG}binary"

_FLOAT = r"""
    [-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?
  | [-+]?[0-9][0-9_]*[eE][-+]?[0-9]+
  | %s\.[0-9_]+(?:[eE][-+][0-9]+)?
  | [-+]?\.(?:inf|Inf|INF)
  | \.(?:nan|NaN|NAN)
"""
_TIMESTAMP = r"""
    [0-9]{4}-[0-9]{2}-[0-9]{2}
  | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?
    (?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?
"""
_TIME = re.compile(
    r"""(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})
        (?:(?:[Tt]|[ \t]+)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]*))?
        (?:[ \t]*(?:Z|(?P<sign>[-+])(?P<hours>[0-9]{1,2})(?::(?P<minutes>[0-9]{2}))?))?)?\Z""",
    re.VERBOSE,
)
_WORDS = {
    **dict.fromkeys(("true", "True", "TRUE", "false", "False", "FALSE"), BOOL),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), NULL),
    "<<": MERGE,
    "=": VALUE,
}
_WORDS_1_1 = {
    word: BOOL
    for lower in ("y", "yes", "n", "no", "on", "off")
    for word in (lower, lower.title(), lower.upper())
}
TYPED_WORDS = frozenset((*_WORDS, *_WORDS_1_1))
"""Every token that begins like a text and may be none."""
_TRUE, _FALSE = frozenset(("yes", "y", "true", "on")), frozenset(("no", "n", "false", "off"))


def _numbers(floats: str, ints: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?P<float>{floats})|(?P<int>{ints})|(?P<timestamp>{_TIMESTAMP}))\Z", re.VERBOSE)


@dataclass(frozen=True, slots=True)
class Schema:
    """How plain tokens are typed.

    Attributes:
        words: The tag of each word that is no text.
        numbers: What is no text among tokens that begin like a number, with the tag's name as its group.
        sexagesimal: Whether `1:30` is a number and `017` octal.
    """

    words: Mapping[str, str]
    numbers: re.Pattern[str]
    sexagesimal: bool = False

    def tag(self, token: str) -> str:
        """The tag of a plain token."""
        known = self.words.get(token)
        if known is not None:
            return known
        if token[0] in NUMERIC:
            found = self.numbers.match(token)
            if found:
                return f"{TAG}{found.lastgroup}"
        return STR

    def value(self, tag: str, text: str) -> Any:
        """The value of a scalar.

        Raises:
            ValueError: The text is no value of its tag.
            KeyError: No scalar has this tag.
        """
        return text if tag == STR else _MAKERS[tag](text, self)


NUMERIC = frozenset("-+0123456789.")
"""With one of these a token begins that may be a number or a time."""

YAML_1_2 = Schema(
    _WORDS,
    _numbers(_FLOAT % "[-+]?", r"[-+]?0b[0-1_]+ | [-+]?0o?[0-7_]+ | [-+]?[0-9_]+ | [-+]?0x[0-9a-fA-F_]+"),
)
YAML_1_1 = Schema(
    {**_WORDS, **_WORDS_1_1},
    _numbers(
        _FLOAT % "" + r"| [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*",
        r"""[-+]?0b[0-1_]+ | [-+]?0?[0-7_]+ | [-+]?(?:0|[1-9][0-9_]*) | [-+]?0x[0-9a-fA-F_]+
          | [-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+""",
    ),
    sexagesimal=True,
)


def _bool(text: str, schema: Schema) -> bool:
    word = text.lower()
    if word not in _TRUE | _FALSE:
        raise ValueError(text)
    return word in _TRUE


def _int(text: str, schema: Schema) -> int:
    sign, digits = _signed(text.replace("_", ""))
    for prefix, base in (("0b", 2), ("0x", 16), ("0o", 8)):
        if digits.startswith(prefix):
            return sign * int(digits[2:], base)
    if schema.sexagesimal and digits.startswith("0") and digits != "0":
        return sign * int(digits, 8)
    if schema.sexagesimal and ":" in digits:
        return sign * int(_sexagesimal(digits, int))
    return sign * int(digits)


def _float(text: str, schema: Schema) -> float:
    sign, digits = _signed(text.replace("_", "").lower())
    if digits in (".inf", ".nan"):
        return sign * float(digits[1:])
    if schema.sexagesimal and ":" in digits:
        return sign * _sexagesimal(digits, float)
    return sign * float(digits)


def _sexagesimal(digits: str, kind: type[int] | type[float]) -> float:
    number: float = 0
    for part in digits.split(":"):
        number = number * 60 + kind(part)
    return number


def _signed(digits: str) -> tuple[int, str]:
    sign = -1 if digits.startswith("-") else 1
    return sign, digits[1:] if digits.startswith(("-", "+")) else digits


def _timestamp(text: str, schema: Schema) -> date | datetime:
    found = _TIME.match(text)
    if found is None:
        raise ValueError(text)
    day = int(found["year"]), int(found["month"]), int(found["day"])
    if found["hour"] is None:
        return date(*day)
    fraction = (found["fraction"] or "").ljust(6, "0")
    micro = int(fraction[:6]) + (fraction[6:7] > "4")
    time = datetime(*day, int(found["hour"]), int(found["minute"]), int(found["second"]), micro)
    if found["sign"] is None:
        return time
    away = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    return time + away if found["sign"] == "-" else time - away


def _binary(text: str, schema: Schema) -> bytes:
    try:
        return base64.decodebytes(text.encode("ascii"))
    except binascii.Error as error:
        raise ValueError(text) from error


_MAKERS: dict[str, Callable[[str, Schema], Any]] = {
    NULL: lambda text, schema: None,
    BOOL: _bool,
    INT: _int,
    FLOAT: _float,
    TIMESTAMP: _timestamp,
    BINARY: _binary,
}
