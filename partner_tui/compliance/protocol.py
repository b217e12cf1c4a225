"""Line protocol between the app and the spec worker: JSON with tags for YAML types that JSON lacks.

Dates, binary values, sets and keys that are no text travel as tagged objects, so that the spec library sees an
entry as it was read. The encoding is canonical: equal data give equal lines, which the cache builds on.
"""

from __future__ import annotations

import base64
import datetime
import json
from collections.abc import Mapping
from typing import Any

from partner_tui.errors import CheckerFailed

TOGETHER = 16
"""So many entries are asked about at a time: a few milliseconds of work, or that of some models."""
_DEEPEST = 200
_AS_IT_IS = (str, bool, int, float, type(None))
_MANY = 10_000
"""Values on one level; what aliases repeat is counted each time."""
_TAG = "\x00"
"""The one key of a tagged object; a mapping that has such a key, as quoted YAML can, travels as pairs."""


def encode(data: Any) -> str:
    """One line of JSON without a line break.

    Raises:
        ValueError: The data hold themselves.
        TypeError: They hold something that reading YAML never gives.
        RecursionError: They are nested too deeply.
    """
    return json.dumps(data if is_json(data) else _plain(data, 0), sort_keys=True, separators=(",", ":"))


def is_json(data: Any) -> bool:
    """Whether data are values of JSON and nothing else, and neither deep nor very many: nearly all entries are."""
    level = [data]
    for _ in range(_DEEPEST):
        below: list[Any] = []
        for value in level:
            if type(value) is str:
                continue
            if isinstance(value, dict):
                if not all(isinstance(key, str) and key != _TAG for key in value):
                    return False
                below += value.values()
            elif isinstance(value, list):
                below += value
            elif not isinstance(value, _AS_IT_IS):
                return False
        if not below:
            return True
        if len(below) > _MANY:
            return False
        level = below
    return False


def encoded(data: Any) -> str:
    """Resolved data as `SpecWorker.judge_all` takes them; equal data give equal texts.

    Raises:
        CheckerFailed: They are no YAML values, or hold themselves.
    """
    try:
        return encode(data)
    except (TypeError, ValueError, RecursionError) as error:
        raise CheckerFailed(f"The checker cannot read this entry: {error}") from error


def decode(line: str | bytes) -> Any:
    """What `encode` was given.

    Raises:
        ValueError: The line is not one of ours.
    """
    return json.loads(line, object_hook=_original)


def _plain(value: Any, depth: int) -> Any:
    if depth > _DEEPEST:
        raise ValueError("nested too deeply, or an alias that contains itself")
    if isinstance(value, _AS_IT_IS):
        return value
    if isinstance(value, Mapping):
        if all(isinstance(key, str) and key != _TAG for key in value):
            return {key: _plain(part, depth + 1) for key, part in value.items()}
        pairs = [[_plain(key, depth + 1), _plain(part, depth + 1)] for key, part in value.items()]
        return {_TAG: ["map", pairs]}
    if isinstance(value, list):
        return [_plain(part, depth + 1) for part in value]
    if isinstance(value, tuple):
        return {_TAG: ["tuple", [_plain(part, depth + 1) for part in value]]}
    if isinstance(value, set | frozenset):
        return {_TAG: ["set", sorted((_plain(part, depth + 1) for part in value), key=repr)]}
    if isinstance(value, datetime.datetime):
        return {_TAG: ["datetime", value.isoformat()]}
    if isinstance(value, datetime.date):
        return {_TAG: ["date", value.isoformat()]}
    if isinstance(value, bytes):
        return {_TAG: ["bytes", base64.b64encode(value).decode("ascii")]}
    raise TypeError(f"{type(value).__name__} is not a YAML value")


def _original(shape: dict[str, Any]) -> Any:
    if _TAG not in shape:
        return shape
    kind, value = shape[_TAG]
    match kind:
        case "map":
            return {key: part for key, part in value}  # noqa: C416 - the pairs are lists
        case "tuple":
            return tuple(value)
        case "set":
            return set(value)
        case "datetime":
            return datetime.datetime.fromisoformat(value)
        case "date":
            return datetime.date.fromisoformat(value)
        case "bytes":
            return base64.b64decode(value)
        case _:
            raise ValueError(f"unknown tag {kind!r}")
