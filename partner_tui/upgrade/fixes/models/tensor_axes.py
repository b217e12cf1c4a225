"""Axes, shape and halo of old tensors become axis objects: the letters' types, each with its size."""

from __future__ import annotations

from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.models.sizes import (
    MOST_CHANNELS,
    Axis,
    UnknownSize,
    axis_of,
    channel_names,
    input_size,
    output_axis,
)
from partner_tui.upgrade.models.tensors import (
    HALO_LETTERS,
    LETTERS,
    Side,
    given_halo,
    is_described_by_letters,
    letters,
    name,
    number,
    spread,
    tensors,
    whole,
)
from partner_tui.upgrade.new_files import CannotUpgrade


@fix(
    "tensor-axes",
    "Convert axes",
    "Since format 0.5, each axis is an object with its type and size.",
    FixKind.AUTO,
)
def tensor_axes(draft: Draft) -> None:
    for tensor in tensors(draft.data, "inputs"):
        if is_described_by_letters(tensor):
            _write(draft, tensor, [_input(draft, tensor, place) for place in range(len(letters(tensor)))])
    inputs = tensors(draft.data, "inputs")
    for tensor in tensors(draft.data, "outputs"):
        if is_described_by_letters(tensor):
            axes = [_output(draft, tensor, place, inputs) for place in range(len(letters(tensor)))]
            _write(draft, tensor, axes)


def _write(draft: Draft, tensor: dict[str, Any], axes: list[Axis]) -> None:
    tensor["axes"] = draft.adds(axes)
    for field in ("shape", "halo"):
        tensor.pop(field, None)


def _input(draft: Draft, tensor: dict[str, Any], place: int) -> Axis:
    letter = letters(tensor)[place]
    size = input_size(tensor, place)
    if letter == "b":
        return {"type": "batch", "size": 1} if size == 1 else {"type": "batch"}
    if isinstance(size, UnknownSize) or (letter == "c" and not isinstance(size, int)):
        size = _asked(draft, "inputs", tensor, letter, size)
    return _axis(letter, size)


def _output(draft: Draft, tensor: dict[str, Any], place: int, inputs: list[dict[str, Any]]) -> Axis:
    letter = letters(tensor)[place]
    if letter == "b":
        fixed = isinstance(shape := tensor.get("shape"), list) and place < len(shape) and shape[place] == 1
        return {"type": "batch", "size": 1} if fixed else {"type": "batch"}
    found = output_axis(tensor, place, letter, inputs)
    if isinstance(found, UnknownSize):
        found = {"size": _asked(draft, "outputs", tensor, letter, found, inputs)}
    axis = _axis(letter, found["size"])
    if "scale" in found:
        axis["scale"] = found["scale"]
    _add_halo(tensor, place, axis, inputs)
    return axis


def _axis(letter: str, size: Any) -> Axis:
    kind, id = LETTERS[letter]
    axis: Axis = {"type": kind}
    if kind == "space":
        axis["id"] = id
    if kind != "channel":
        return {**axis, "size": size}
    if size > MOST_CHANNELS:
        raise CannotUpgrade(f"{size} channels are more than can be named")
    return {**axis, "channel_names": channel_names(size)}


def _add_halo(tensor: dict[str, Any], place: int, axis: Axis, inputs: list[dict[str, Any]]) -> None:
    """A halo needs a size that refers to an input; `meaning` tells of one that is left without."""
    letter, size = letters(tensor)[place], axis.get("size")
    halos = spread(given_halo(tensor), letters(tensor))
    halo = number(halos[place]) if halos else None
    if not halo:
        return
    if isinstance(size, int):
        size = _reference(size, letter, inputs)
    cropped = whole(halo * axis.get("scale", 1))
    if letter in HALO_LETTERS and isinstance(size, dict) and "tensor_id" in size and cropped and whole(halo):
        axis["size"] = size
        axis["halo"] = whole(halo)


def _reference(size: int, letter: str, inputs: list[dict[str, Any]]) -> dict[str, Any] | None:
    """A fixed size told by the input's axis of a fixed size."""
    for one in inputs:
        axis = axis_of(one, letter)
        if axis is not None and isinstance(fixed := axis.get("size"), int):
            more = {"offset": size - fixed} if size != fixed else {}
            return {
                "tensor_id": name(one),
                "axis_id": axis["id"] if "id" in axis else LETTERS[letter][1],
                **more,
            }
    return None


def _asked(
    draft: Draft,
    side: Side,
    tensor: dict[str, Any],
    letter: str,
    told: object,
    inputs: list[dict[str, Any]] | None = None,
) -> Any:
    """Ask for a size: a number; for an input's axis also `{min, step}`; for an output's, an input's axis."""
    proposal: Any = None
    derived = ""
    if letter != "c":
        if side == "inputs":
            proposal, derived = {"min": 1, "step": 1}, "any size"
        elif letter == "i":
            proposal, derived = {"min": 1}, "the number of rows depends on the data"
        for one in inputs or ():
            axis = axis_of(one, letter)
            if axis is not None:
                reference = {"tensor_id": name(one), "axis_id": axis.get("id", LETTERS[letter][1])}
                proposal, derived = reference, f"as the input {name(one)}"
                break
    elif isinstance(told, dict):
        proposal, derived = told["min"], "the smallest number that the shape gives"
    reason = told.reason if isinstance(told, UnknownSize) else str(told)
    return draft.ask(
        f"size:{draft.context.id}:{side}:{name(tensor)}:{letter}",
        "axis-size",
        f"What is the size of axis {letter} of the {side[:-1]} {name(tensor)} of {draft.called}?",
        f"The shape says {reason}, which format 0.5 cannot express.",
        proposal=proposal,
        derived=derived,
        check=lambda value: None if _is_size(value, letter, side) else "Write a whole number from 1 on.",
    )


def _is_size(value: Any, letter: str, side: Side) -> bool:
    if isinstance(value, dict) and letter != "c":
        if side == "outputs":
            return value.keys() == {"tensor_id", "axis_id"} or (letter == "i" and value.keys() == {"min"})
        return value.keys() == {"min", "step"} and all((whole(one) or 0) > 0 for one in value.values())
    size = whole(value)
    return size is not None and size > 0 and (letter != "c" or size <= MOST_CHANNELS)
