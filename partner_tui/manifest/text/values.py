"""Plain YAML data: what may be written, when two values are the same, and what an edit makes of them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from partner_tui.errors import PatchError
from partner_tui.manifest.text.sourced import Sourced, kind_of

_MAX_DEPTH = 90


def plain(value: Any, depth: int = 0) -> Any:
    """A value in the plain types that YAML has: tuples become lists, text enumerations texts, times UTC without a zone.

    Values that remember their source stay as they are.

    Raises:
        PatchError: It has none, or it is nested more than 90 levels deep.
    """
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).replace(tzinfo=None)
    if value is None or isinstance(value, bool | bytes | datetime | date | Sourced):
        return value
    for kind in (str, int, float):
        if isinstance(value, kind):
            return kind(value) if type(value) is not kind else value
    if depth > _MAX_DEPTH:
        raise PatchError("The value is nested too deep to be written.")
    if isinstance(value, Mapping):
        return {plain(key, depth + 1): plain(one, depth + 1) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one, depth + 1) for one in value]
    raise PatchError(f"A value of the type {type(value).__name__} cannot be written to YAML.")


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same YAML: 1, 1.0 and true differ, not-a-number equals itself, the order
    of keys does not matter."""
    if one is other:
        return True
    if type(one) is not type(other) and kind_of(one) is not kind_of(other):
        return False
    if isinstance(one, dict):
        if len(one) != len(other):
            return False
        kinds: dict[Any, type] = {}  # of the other's keys: 1 and true are one to Python
        for key, value in one.items():
            if key != key:  # not-a-number as a key
                return frozen(one) == frozen(other)
            if key not in other or not same(value, other[key]):
                return False
            if type(key) is not str:
                kinds = kinds or {theirs: kind_of(theirs) for theirs in other}
                if kinds[key] is not kind_of(key):
                    return False
        return True
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other or (one != one and other != other))


def frozen(value: Any) -> Hashable:
    """A key under which exactly the same values are found."""
    if type(value) is str:  # most are
        return ("str", value)
    if isinstance(value, dict):
        return ("dict", frozenset((frozen(key), frozen(one)) for key, one in value.items()))
    if isinstance(value, list | tuple):
        return ("list", tuple(frozen(one) for one in value))
    if isinstance(value, set):
        return ("set", frozenset(value))
    if isinstance(value, float):
        return ("float", repr(value))
    return (kind_of(value).__name__, value)


def scalars_in(value: Any) -> list[Any]:
    """Every scalar in a value, at any depth."""
    found: list[Any] = []
    _gather(value, found)
    return found


def _gather(value: Any, found: list[Any]) -> None:
    if isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            if type(one) is str:  # most are, and need no call
                found.append(one)
            else:
                _gather(one, found)
    else:
        found.append(value)


def texts_in(value: Any) -> list[str]:
    """Every text in a value, at any depth."""
    return [one for one in scalars_in(value) if isinstance(one, str)]
