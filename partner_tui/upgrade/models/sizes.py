"""Sizes of axes in the format 0.5, from the shapes of old dialects.

A size is a number, `{min, step}`, a reference to an input's axis, or `{min}` when it depends on the data. Rules:
bioimageio.spec's axis classes; `size = reference size * reference scale / scale + offset`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from partner_tui.upgrade.fields import objects
from partner_tui.upgrade.models.tensors import LETTERS, name, number, vectors, whole

Axis: TypeAlias = dict[str, Any]

MOST_CHANNELS = 4096


@dataclass(frozen=True, slots=True)
class UnknownSize:
    """A size that the shape does not tell, or tells in a way that the spec has no words for.

    Attributes:
        reason: What stands there.
    """

    reason: str


def input_size(tensor: dict[str, Any], place: int) -> int | dict[str, Any] | UnknownSize:
    """The size of an input's axis."""
    found = vectors(tensor)
    if "min" in found and isinstance(tensor["shape"], dict):
        least, step = (_at(found, part, place) for part in ("min", "step"))
        smallest, grows = whole(least), whole(step if step is not None else 0)
        if smallest is None or grows is None or grows < 0 or smallest < 0 or (not grows and not smallest):
            return UnknownSize(f"min {least} and step {step}")
        if not grows:
            return smallest
        return {"min": smallest or grows, "step": grows}
    size = whole(_at(found, "shape", place))
    return size if size is not None and size > 0 else UnknownSize(f"{_at(found, 'shape', place)}")


def output_axis(
    tensor: dict[str, Any], place: int, letter: str, inputs: list[dict[str, Any]]
) -> Axis | UnknownSize:
    """`{size}` and, for a scaled axis, `{size, scale}` of an output's axis.

    Args:
        inputs: The input tensors in the format 0.5.
    """
    found, shape = vectors(tensor), tensor.get("shape")
    if isinstance(shape, dict) and isinstance(shape.get("reference_tensor"), str):
        return _referred(tensor, place, letter, inputs)
    if isinstance(shape, dict):
        same = _of_the_same_size(input_size(tensor, place), letter, inputs)
        return UnknownSize(f"min {_at(found, 'min', place)}") if same is None else same
    size = whole(_at(found, "shape", place))
    if size is not None and size > 0:
        return {"size": size}
    if letter == "i":
        return {"size": {"min": 1}}
    return UnknownSize(f"{_at(found, 'shape', place)}")


def axis_of(tensor: dict[str, Any], letter: str) -> Axis | None:
    """An axis of a tensor in the format 0.5."""
    kind, id = LETTERS[letter]
    axes = objects(tensor.get("axes"))
    return next((one for one in axes if one.get("type") == kind and one.get("id", id) == id), None)


def smallest(size: Any) -> int | None:
    """The smallest number of a size that stands for itself."""
    return size if isinstance(size, int) else size.get("min") if isinstance(size, dict) else None


def channels(axis: Axis) -> int | None:
    """How many channels a channel axis names."""
    names = axis.get("channel_names")
    return len(names) if isinstance(names, list) else None


def channel_names(count: int) -> list[str]:
    """Names for channels that have none, as the spec library makes them."""
    return [f"channel{index}" for index in range(count)]


def _referred(
    tensor: dict[str, Any], place: int, letter: str, inputs: list[dict[str, Any]]
) -> Axis | UnknownSize:
    found = vectors(tensor)
    scale, offset = number(_at(found, "scale", place)), number(_at(found, "offset", place)) or 0
    extra = whole(2 * offset)
    if extra is None:
        return UnknownSize(f"the offset {offset}")
    if not scale:  # a new axis: twice the offset long
        if extra > 0:
            return {"size": extra}
        return {"size": {"min": 1}} if letter == "i" else UnknownSize(f"scale {scale} and offset {offset}")
    reference, _, named = tensor["shape"]["reference_tensor"].partition(".")
    source = next((one for one in inputs if name(one) == reference), None)
    at = named if named in LETTERS else letter
    axis = axis_of(source, at) if source is not None else None
    if axis is None:
        return UnknownSize(f"{scale} times an axis that {reference} has not")
    if letter == "c" or axis.get("type") == "channel":
        count = channels(axis) if axis.get("type") == "channel" else axis.get("size")
        product = whole(count * scale + extra) if isinstance(count, int) else None
        return (
            {"size": product}
            if product is not None and product > 0
            else UnknownSize(f"{scale} times {count}")
        )
    size = {"tensor_id": reference, "axis_id": axis.get("id", LETTERS[at][1])}
    if letter == "i":  # an index has no scale
        fixed = axis.get("size")
        if scale == 1:
            return {"size": {**size, **({"offset": extra} if extra else {})}}
        times = whole(fixed * scale + extra) if isinstance(fixed, int) else None
        return {"size": times} if times and times > 0 else UnknownSize(f"{scale} times {fixed}")
    least = smallest(axis.get("size"))
    if least is not None and least * scale + extra < 1:
        return UnknownSize(f"{scale} times {least} and {extra} more")
    result: Axis = {"size": {**size, **({"offset": extra} if extra else {})}}
    return result if scale == 1 else {**result, "scale": float(f"{1 / scale:.15g}")}


def _of_the_same_size(size: Any, letter: str, inputs: list[dict[str, Any]]) -> Axis | None:
    """A size of an output that is given as `min` and `step`: as the input's axis with the same."""
    if isinstance(size, int):
        return {"size": size}
    for one in inputs:
        axis = axis_of(one, letter)
        if isinstance(size, dict) and axis is not None and axis.get("size") == size:
            return {"size": {"tensor_id": name(one), "axis_id": axis.get("id", LETTERS[letter][1])}}
    return {"size": {"min": size["min"]}} if letter == "i" and isinstance(size, dict) else None


def _at(found: dict[str, list[Any]], part: str, place: int) -> Any:
    values = found.get(part, [])
    return values[place] if place < len(values) else None
