"""Tensors as old dialects describe them: a string of axes, and lists with one number for each axis."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import isinf, isnan
from typing import Any, Final, Literal, TypeAlias

from partner_tui.upgrade.fields import mapping, objects

Side: TypeAlias = Literal["inputs", "outputs"]

SIDES: Final[tuple[Side, Side]] = ("inputs", "outputs")
LETTERS: Final = {
    "b": ("batch", "batch"),
    "i": ("index", "index"),
    "t": ("time", "time"),
    "c": ("channel", "channel"),
    "z": ("space", "z"),
    "y": ("space", "y"),
    "x": ("space", "x"),
}
"""Each letter's axis type and id, as the format 0.5 names them."""
SPATIAL: Final = frozenset("zyx")
HALO_LETTERS: Final = SPATIAL | {"t"}


def tensors(data: dict[str, Any], side: Side) -> list[dict[str, Any]]:
    """A side's tensors in order; what is no mapping is left out."""
    return objects(data.get(side))


def all_tensors(data: dict[str, Any]) -> Iterator[tuple[Side, dict[str, Any]]]:
    """Inputs, then outputs, each with its side."""
    for side in SIDES:
        for tensor in tensors(data, side):
            yield side, tensor


def is_described_by_letters(tensor: dict[str, Any]) -> bool:
    """Whether a tensor is of a format before 0.5: its axes are no list of objects."""
    return not objects(tensor.get("axes"))


def name(tensor: dict[str, Any]) -> str:
    """What a tensor is called; "" when it has no name."""
    called = tensor.get("id", tensor.get("name"))
    return str(called) if called is not None else ""


def letters(tensor: dict[str, Any]) -> str:
    """The axes as a string; "" when they are none."""
    axes = tensor.get("axes")
    return axes if isinstance(axes, str) else ""


def joined(axes: Any) -> str:
    """Axes that are written as a list of letters or words, as a string; what is a string stays."""
    if not isinstance(axes, list) or not all(isinstance(one, str) for one in axes):
        return axes if isinstance(axes, str) else ""
    if all(len(one) == 1 for one in axes):
        return "".join(axes)
    known = {word: letter for letter, words in LETTERS.items() for word in words}
    return "".join(known.get(one, one[:1]) for one in axes)


def vectors(tensor: dict[str, Any]) -> dict[str, list[Any]]:
    """The lists that have one number for each axis: shape, min, step, scale, offset, halo; not copies."""
    shape = tensor.get("shape")
    found: dict[str, Any] = {"shape": shape, "halo": tensor.get("halo")}
    if isinstance(shape, dict):
        found |= {part: shape.get(part) for part in ("min", "step", "scale", "offset")}
    return {part: value for part, value in found.items() if isinstance(value, list)}


def dimensions(tensor: dict[str, Any]) -> int | None:
    """How many axes the shape speaks of; None when it speaks of none."""
    found = vectors(tensor)
    for part in ("shape", "min", "scale", "step", "offset", "halo"):
        if part in found:
            return len(found[part])
    return None


def number(value: Any) -> int | float | None:
    """A number that is one; None for anything else, true and false too."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def whole(value: Any) -> int | None:
    """A whole number, also one that is written 2.0; None for anything else."""
    found = number(value)
    return int(found) if found is not None and found == found and found == found // 1 else None


def given_halo(tensor: dict[str, Any]) -> Any:
    """The halo of a tensor: its own, else that in its shape, where early models have it."""
    shape, own = tensor.get("shape"), tensor.get("halo")
    return shape.get("halo") if own in (None, [], {}) and isinstance(shape, dict) else own


def spread(halo: Any, axes: str) -> list[Any] | None:
    """The halo of each axis, None for an axis without one; None where it cannot be told which axis has which.

    Args:
        halo: As it is written.
        axes: The letters of all axes.
    """
    able = [letter for letter in axes if letter in HALO_LETTERS]
    if isinstance(halo, list) and len(halo) == len(axes):
        by_letter = dict(zip(axes, halo, strict=True))
    elif isinstance(halo, list) and len(halo) == len(axes) - 1 and "b" in axes:
        by_letter = dict(zip(axes.replace("b", ""), halo, strict=True))
    elif isinstance(halo, list) and len(halo) == len(able):
        by_letter = dict(zip(able, halo, strict=True))
    elif isinstance(halo, dict):
        by_letter = {_letter(key): value for key, value in halo.items()}
        if not by_letter.keys() <= set(axes):
            return None
    elif number(halo) is not None:
        by_letter = dict.fromkeys(able, halo)
    else:
        return None
    found = [by_letter.get(letter) for letter in axes]
    return [one if whole(one) is None else whole(one) for one in found]


def _letter(key: Any) -> str:
    return next((letter for letter, words in LETTERS.items() if key in (letter, *words)), "?")


def bounds_of(value: Any) -> list[Any] | None:
    """Both bounds, None for one that is infinite; None when it is no range."""
    if isinstance(value, str) and (listed := re.fullmatch(r"\s*[\[(]([^,]+),([^,]+)[\])]\s*", value)):
        value = [_plain(one) for one in listed.groups()]
    if not isinstance(value, list) or len(value) != 2:
        return None
    bounds = [_bound(one) for one in value]
    return None if any(one == "" for one in bounds) else bounds


def _plain(text: str) -> Any:
    """A number that is written in a text, else the text."""
    try:
        found = float(text)
    except ValueError:
        return text
    return int(found) if found.is_integer() else found


def _bound(value: Any) -> Any:
    if value is None or str(value).strip().lower().lstrip("+-") in ("inf", ".inf", "infinity"):
        return None
    found = number(value)
    return "" if found is None or isnan(found) else None if isinf(found) else found


def is_model(data: Mapping[str, Any]) -> bool:
    """Whether it says so or, saying no type, has weights, inputs and outputs."""
    if data.get("type") is not None:
        return bool(data["type"] == "model")
    weights = data.get("weights") or mapping(data.get("prediction")).get("weights")
    return bool(weights and data.get("inputs") and data.get("outputs"))
