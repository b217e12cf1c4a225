"""A halo in every way that old models write it: a list with one number for each axis, one number for all, or by axis."""

from __future__ import annotations

from typing import Any

from partner_tui.upgrade.models.tensors import LETTERS, SPATIAL, whole


def given_halo(tensor: dict[str, Any]) -> Any:
    """The halo of a tensor: its own, else that in its shape, where early models have it."""
    shape = tensor.get("shape")
    own = tensor.get("halo")
    return shape.get("halo") if own in (None, [], {}) and isinstance(shape, dict) else own


def halo_at(halo: Any, place: int, letter: str, axes: str) -> int | float | None:
    """The halo of one axis; None where it gives none, what is no number as it is.

    Args:
        halo: As it is written.
        place: Of the axis among all axes.
        axes: The letters of all axes.
    """
    if isinstance(halo, list):
        if len(halo) == len(axes) - 1 and "b" in axes:
            batch = axes.index("b")
            halo = [*halo[:batch], None, *halo[batch:]]
        value = halo[place] if place < len(halo) else None
    elif isinstance(halo, dict):
        value = halo.get(letter, halo.get(LETTERS[letter][1]))
    else:
        value = halo if letter in SPATIAL | {"t"} else None
    found = whole(value)
    return found if found is not None else value
