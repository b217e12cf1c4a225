"""An input whose smallest size is eaten up by the halo gets a larger one: the maintainer says which."""

from __future__ import annotations

from math import ceil
from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import objects
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.models.sizes import smallest
from partner_tui.upgrade.models.tensors import name, number, tensors


@fix(
    "minimal-size",
    "Raise minimum sizes",
    "The smallest output has to be larger than its halo on both sides.",
    FixKind.ASK,
)
def minimal_size(draft: Draft) -> None:
    needs: dict[tuple[str, str], int] = {}
    axes = {
        (name(tensor), str(axis.get("id", axis.get("type")))): axis
        for tensor in tensors(draft.data, "inputs")
        for axis in objects(tensor.get("axes"))
    }
    for tensor in tensors(draft.data, "outputs"):
        for axis in objects(tensor.get("axes")):
            if "halo" not in axis or not isinstance(size := axis.get("size"), dict):
                continue
            place = (str(size.get("tensor_id", "")), str(size.get("axis_id", "")))
            source = axes.get(place)
            if source is None or not _is_measured(axis, source) or not _is_too_small(axis, source):
                continue
            if isinstance(source.get("size"), dict) and "step" in source["size"]:
                needs[place] = max(needs.get(place, 0), _needed(axis, source))
            else:
                del axis["halo"]  # larger than the input; `meaning` tells of it
    groups: dict[tuple[int, int, int], list[tuple[str, str]]] = {}
    for place, needed in needs.items():
        size = axes[place]["size"]
        groups.setdefault((size["min"], size["step"], needed), []).append(place)
    for (least, step, needed), places in groups.items():
        answer = _asked(draft, least, step, needed, places)
        for place in places:
            axes[place]["size"]["min"] = answer


def _is_measured(axis: dict[str, Any], source: dict[str, Any]) -> bool:
    """Whether all that is reckoned with is a number; the spec refuses anything else."""
    size = source.get("size")
    steps = (size.get("min"), size.get("step", 1)) if isinstance(size, dict) else (size, 1)
    needed = (axis.get("scale", 1.0), source.get("scale", 1.0), axis["halo"], *steps)
    return all((number(one) or 0) > 0 for one in needed) and number(axis["size"].get("offset", 0)) is not None


def _out(axis: dict[str, Any], source: dict[str, Any], size: int) -> int:
    ratio = source.get("scale", 1.0) / axis.get("scale", 1.0)
    return int(size * ratio + axis["size"].get("offset", 0))


def _is_too_small(axis: dict[str, Any], source: dict[str, Any]) -> bool:
    least = smallest(source.get("size"))
    return least is not None and _out(axis, source, least) - 2 * axis["halo"] < 1


def _needed(axis: dict[str, Any], source: dict[str, Any]) -> int:
    """The smallest `min + n * step` of the input that leaves something of the output."""
    least, step = source["size"]["min"], source["size"]["step"]
    ratio = source.get("scale", 1.0) / axis.get("scale", 1.0)
    wanted = (2 * axis["halo"] + 1 - axis["size"].get("offset", 0)) / ratio
    size = int(least + max(0, ceil((wanted - least) / step)) * step)
    while _out(axis, source, size) - 2 * axis["halo"] < 1:
        size += step
    return size


def _asked(draft: Draft, least: int, step: int, needed: int, places: list[tuple[str, str]]) -> Any:
    said = " and ".join(f"{axis} of {tensor}" for tensor, axis in places)
    return draft.ask(
        f"minimal-size:{draft.context.id}:{places[0][0]}:{','.join(axis for _, axis in places)}",
        "minimal-size",
        f"What is the minimum size of axis {said} in {draft.called}?",
        f"With the smallest size {least}, nothing is left between the halos of the output.",
        proposal=needed,
        derived=f"the smallest {least} + n * {step} that leaves something",
        check=lambda value: (
            None
            if isinstance(value, int)
            and not isinstance(value, bool)
            and value >= needed
            and (value - least) % step == 0
            else f"Write {needed} or more, in steps of {step} from {least} on."
        ),
    )
