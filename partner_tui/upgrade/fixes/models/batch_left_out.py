"""Shapes that leave the batch axis out get a place for it: it is the one axis that needs no size."""

from __future__ import annotations

from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.models.tensors import SPATIAL, all_tensors, is_described_by_letters, letters, vectors


@fix(
    "batch-left-out",
    "Add batch size",
    "Each axis has a size of its own; only the batch axis may omit it.",
    FixKind.AUTO,
)
def batch_left_out(draft: Draft) -> None:
    for _, tensor in all_tensors(draft.data):
        axes = letters(tensor)
        if not is_described_by_letters(tensor) or not axes:
            continue
        found = vectors(tensor)
        if "b" in axes:
            short = {part: one for part, one in found.items() if len(one) == len(axes) - 1}
            rest = axes.replace("b", "")
            if len(short) == len(found) and len(rest) == len(axes) - 1 and _plausible(short, rest):
                for one in short.values():
                    one.insert(axes.index("b"), None)
        elif _has_one_more(found, axes) and _starts_with_a_batch(found):
            tensor["axes"] = draft.respell(axes, f"b{axes}")


def _has_one_more(found: dict[str, list[Any]], axes: str) -> bool:
    return (
        bool(found)
        and all(len(one) == len(axes) + 1 for one in found.values())
        and _plausible({part: one[1:] for part, one in found.items()}, axes)
    )


def _starts_with_a_batch(found: dict[str, list[Any]]) -> bool:
    first = {part: one[0] for part, one in found.items()}
    return (
        first.get("shape", 1) == 1
        and first.get("min", 1) == 1
        and first.get("scale", 1) in (0, 1, None)
        and first.get("halo", 0) == 0
    )


def _plausible(found: dict[str, list[Any]], axes: str) -> bool:
    """Whether halo and step stand at axes of space or time, and at x as at y."""
    for part in ("halo", "step"):
        values = dict(zip(axes, found.get(part, []), strict=False))
        if any(value for letter, value in values.items() if letter not in SPATIAL | {"t"}):
            return False
        if bool(values.get("x")) != bool(values.get("y")):
            return False
    return True
