"""A tensor's data type and range become one `data`; a range without bounds says nothing, and an infinite bound is none."""

from __future__ import annotations

from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import put
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.models.tensors import all_tensors, bounds_of, name
from partner_tui.upgrade.question import each

_TYPES = (
    "float32",
    "float64",
    "uint8",
    "int8",
    "uint16",
    "int16",
    "uint32",
    "int32",
    "uint64",
    "int64",
    "bool",
)
_OTHER_NAMES = {
    "float": "float32",
    "single": "float32",
    "double": "float64",
    "boolean": "bool",
    "int": "int32",
}
_LONGEST = 128  # of a tensor's description


@fix(
    "tensor-data",
    "Merge type and range",
    "Since format 0.5, a tensor's data has a type and a range.",
    FixKind.AUTO,
)
def tensor_data(draft: Draft) -> None:
    for side, tensor in all_tensors(draft.data):
        if "data_type" not in tensor and "data_range" not in tensor:
            continue
        data: dict[str, Any] = {"type": _type(draft, side, tensor)}
        bounds = bounds_of(tensor.get("data_range"))
        if data["type"] == "bool":
            data["values"] = draft.adds([False, True])
        elif bounds is not None and bounds != [None, None]:
            data["range"] = bounds if isinstance(tensor["data_range"], list) else draft.adds(bounds)
        put(tensor, "data", data, ("data_type", "data_range"))
    for _, tensor in all_tensors(draft.data):
        if not isinstance(text := tensor.get("description"), str) or len(text) > _LONGEST:
            tensor.pop("description", None)


def _type(draft: Draft, side: str, tensor: dict[str, Any]) -> Any:
    said = tensor.get("data_type")
    if said in _TYPES:
        return said
    lower = str(said).strip().lower()
    proposal = _OTHER_NAMES.get(lower, lower if lower in _TYPES else None)
    return draft.ask(
        f"data-type:{said}" if said else f"data-type:{draft.context.id}:{side}:{name(tensor)}",
        "data-type",
        f"Which data type is {said!r}?" if said else f"What is the data type of {name(tensor)}?",
        "This is not one of the eleven data types of the format.",
        proposal=proposal,
        derived="its usual meaning" if proposal else "",
        choices=each(_TYPES),
    )
