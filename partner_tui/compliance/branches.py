"""Locates the library's errors in an entry, and selects those that count where it tried several shapes of one value.

The library reports what each shape of a value fails at, and puts the shape's name into `loc`. What was most likely
meant is the shape that fits best: only its errors are told, and no name of a shape is ever shown.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from partner_tui.compliance.verdict import SpecError
from partner_tui.manifest.text.document import Path

Placed: TypeAlias = tuple[Path, SpecError]
"""An error with the path through the entry's data that it is about."""

_ANOTHER_SHAPE = 100
_OTHER_FIELDS = 10
_CONSTRAINTS = frozenset(
    (
        "greater_than",
        "greater_than_equal",
        "less_than",
        "less_than_equal",
        "multiple_of",
        "too_short",
        "too_long",
        "string_too_short",
        "string_too_long",
        "string_pattern_mismatch",
        "predicate_failed",
        "value_error",
        "assertion_error",
        "union_tag_invalid",
        "union_tag_not_found",
    )
)
"""Kinds of errors of a value that has the right shape."""


@dataclass(frozen=True, slots=True)
class _Step:
    """An error, and how much of its `loc` has been followed."""

    error: SpecError
    done: int


def placed(errors: Iterable[SpecError], data: Any) -> list[Placed]:
    """The errors that count, with their paths, in the library's order."""
    given = list(errors)
    found = _at([_Step(error, 0) for error in given], data, ())
    order = {id(error): number for number, error in enumerate(given)}
    found = [(named_place(error, data) or loc if len(loc) < 2 else loc, error) for loc, error in found]
    return sorted(_causes(found), key=lambda one: order[id(one[1])])


def _causes(found: list[Placed]) -> list[Placed]:
    """The errors without those that follow from others: an input that is not valid is not there to be referred to."""
    if not any(loc[:1] == ("inputs",) for loc, _ in found):
        return found
    return [(loc, error) for loc, error in found if "tensor axis reference" not in error.message]


def _at(steps: list[_Step], here: Any, path: Path) -> list[Placed]:
    """The errors that count at a value and below it."""
    found: list[Placed] = []
    below: dict[str | int, list[_Step]] = {}
    shapes: dict[str | int, list[_Step]] = {}
    for step in steps:
        loc = step.error.loc
        if step.done == len(loc):
            found.append((path, step.error))
            continue
        part, further = loc[step.done], _Step(step.error, step.done + 1)
        if _leads(part, here):
            below.setdefault(part, []).append(further)
        elif step.done == len(loc) - 1 and _is_missing(part, step.error, here):
            found.append(((*path, part), step.error))
        else:
            shapes.setdefault(part, []).append(further)
    for part, inside in below.items():
        found += _at(inside, here[part], (*path, part))
    return found + _best([_at(tried, here, path) for tried in shapes.values()], path)


def _best(shapes: list[list[Placed]], path: Path) -> list[Placed]:
    """The errors of the shape that fits best; of all of them where none fits at all."""
    if len(shapes) < 2:
        return [one for shape in shapes for one in shape]
    ranked = [sum(_weight(loc, error, path) for loc, error in shape) for shape in shapes]
    least = min(ranked)
    if least >= _ANOTHER_SHAPE:
        unfit = [one for shape in shapes for one in shape]
        return [one for one in unfit if one[0] == path] or unfit
    return shapes[ranked.index(least)]


def _weight(loc: Path, error: SpecError, path: Path) -> int:
    if loc == path and error.kind not in _CONSTRAINTS:
        return _ANOTHER_SHAPE
    if error.kind in ("missing", "extra_forbidden") and len(loc) == len(path) + 1:
        return _OTHER_FIELDS
    return 1


def _leads(part: str | int, here: Any) -> bool:
    if isinstance(here, Mapping):
        return part in here
    is_list = isinstance(here, Sequence) and not isinstance(here, str | bytes)
    return is_list and isinstance(part, int) and not isinstance(part, bool) and 0 <= part < len(here)


def _is_missing(part: str | int, error: SpecError, here: Any) -> bool:
    """Whether the last part names a field that is not there, and not a shape."""
    if not isinstance(part, str) or not part.isidentifier() or part != part.lower():
        return False
    told = error.kind == "missing" or error.message.lower().startswith("missing")
    return told or (error.kind == "warning" and isinstance(here, Mapping))


# The place that an error names in its text alone: the checks of model v0_4 and v0_5 that compare tensors with each other.
_SPELLED = re.compile(r"(?:at|for) ((?:inputs|outputs)(?:\[\d+\]|\.\w+)+)")
_REFERENCES = (
    re.compile(r"`reference_tensor`s \[(?P<name>.*?)\] not found"),
    re.compile(r"^(?:Value error, )?'?(?P<name>.*?)'? not found in inputs"),
)
_MOST_VALUES = 10_000
"""Of an entry, looked through for a name; aliases can make it endlessly large."""
_OUTPUT = re.compile(r"of output (?P<name>.*?) is too small|does not match output tensor '(?P<other>.*?)'")


def named_place(error: SpecError, data: Any) -> Path | None:
    """The place that an error names; None when it names none that there is."""
    if found := _SPELLED.search(error.message):
        return _existing(_parsed(found[1]), data)
    if found := _OUTPUT.search(error.message):
        return _output(found["name"] or found["other"], data)
    for pattern in _REFERENCES:
        if found := pattern.search(error.message):
            return _reference(found["name"].split(",")[0].strip(" '"), data)
    if error.kind == "KeyError":
        return _reference(error.message.strip("'"), data)
    return None


def _parsed(spelled: str) -> Path:
    steps = re.findall(r"\[(\d+)\]|(\w+)", spelled)
    return tuple(int(index) if index else name for index, name in steps)


def _existing(path: Path, data: Any) -> Path:
    """As much of a path as there is."""
    for length, step in enumerate(path):
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return path[:length]
    return path


def _output(name: str, data: Any) -> Path | None:
    outputs = data.get("outputs") if isinstance(data, dict) else None
    for place, tensor in enumerate(outputs if isinstance(outputs, list) else ()):
        if isinstance(tensor, dict) and name in (tensor.get("name"), tensor.get("id")):
            return ("outputs", place)
    return None


def _reference(name: str, data: Any) -> Path | None:
    """Where a tensor of this name is referred to."""
    waiting: deque[tuple[Path, Any]] = deque(
        ((side,), data.get(side)) for side in ("outputs", "inputs") if isinstance(data, dict)
    )
    for _ in range(_MOST_VALUES):
        if not waiting:
            break
        path, value = waiting.popleft()
        if isinstance(value, dict):
            if value.get("reference_tensor") == name:
                return (*path, "reference_tensor")
            waiting += [((*path, key), one) for key, one in value.items()]
        elif isinstance(value, list):
            waiting += [((*path, place), one) for place, one in enumerate(value)]
    return None
