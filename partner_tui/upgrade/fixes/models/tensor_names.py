"""A tensor's name becomes its id: a lower-case identifier, unique in the model, that references follow."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import mapping, objects, put
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.models.tensors import SIDES, Side, tensors

_LONGEST = 32


@fix(
    "tensor-names",
    "Set tensor ids",
    "Since format 0.5, a tensor has an id, an identifier of at most 32 characters.",
    FixKind.AUTO,
)
def tensor_names(draft: Draft) -> None:
    taken: set[str] = set()
    inputs: dict[str, str] = {}
    for side in SIDES:
        there = tensors(draft.data, side)
        for place, tensor in enumerate(there):
            old = tensor.get("id", tensor.get("name"))
            default = side[:-1] if len(there) == 1 else f"{side[:-1]}{place}"
            new = _free(identifier(old if isinstance(old, str) and old else default), side, taken)
            taken.add(new)
            if old != new:
                draft.adds(new)
            if side == "inputs" and isinstance(old, str):
                inputs[old] = new
            if tensor.get("id") != new:
                _rename(tensor, new)
    if len(inputs) == 1:
        _name_the_only_input(draft.data, next(iter(inputs.values())))
    for holder, key in references(draft.data):
        name, dot, axis = holder[key].partition(".")
        if name in inputs:
            holder[key] = inputs[name] + dot + axis


def identifier(name: str) -> str:
    text = re.sub(r"\W+", "_", name.strip(), flags=re.ASCII).lower() or "tensor"
    if name.isidentifier() and name.isascii():
        text = name  # the spec lowers it by itself
    if text[0].isdigit():
        text = f"_{text}"
    return (f"{text}_" if keyword.iskeyword(text.lower()) else text)[:_LONGEST]


def _free(name: str, side: Side, taken: set[str]) -> str:
    lowered = {one.lower() for one in taken}
    candidate, number = name, 1
    while candidate.lower() in lowered:
        suffix = f"_{side[:-1]}" if number == 1 else f"_{number}"
        candidate = name[: _LONGEST - len(suffix)] + suffix
        number += 1
    return candidate


def _rename(tensor: dict[str, Any], new: str) -> None:
    if "id" not in tensor and "name" not in tensor:
        rest = dict(tensor)
        tensor.clear()
        tensor |= {"id": new, **rest}
    put(tensor, "id", new, ("id", "name"))


def _name_the_only_input(data: dict[str, Any], input: str) -> None:
    """Let shapes that are scaled, and do not say from what, say so."""
    for tensor in tensors(data, "outputs"):
        shape = mapping(tensor.get("shape"))
        if "scale" in shape and not shape.get("reference_tensor") and not shape.get("reference_input"):
            shape["reference_tensor"] = input


def references(data: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Where an input is named by a text: (mapping, key)."""
    for side in SIDES:
        for tensor in tensors(data, side):
            shape = mapping(tensor.get("shape"))
            if isinstance(shape.get("reference_input"), str):
                shape.setdefault("reference_tensor", shape.pop("reference_input"))
            holders = [shape]
            for field in ("preprocessing", "postprocessing"):
                holders += [mapping(step.get("kwargs")) for step in objects(tensor.get(field))]
            for holder in holders:
                if isinstance(holder.get("reference_tensor"), str):
                    yield holder, "reference_tensor"
