"""A halo in every way that old models write it: one number for each axis, for each axis of space and time, for all of these, or by axis."""

from __future__ import annotations

from typing import Any

from partner_tui.upgrade.models.tensors import LETTERS, SPATIAL, number, whole

_HAVE_ONE = SPATIAL | {"t"}


def given_halo(tensor: dict[str, Any]) -> Any:
    """The halo of a tensor: its own, else that in its shape, where early models have it."""
    shape = tensor.get("shape")
    own = tensor.get("halo")
    return shape.get("halo") if own in (None, [], {}) and isinstance(shape, dict) else own


def spread(halo: Any, axes: str) -> list[Any] | None:
    """The halo of each axis, None for an axis without one; None where it cannot be told which axis has which.

    Args:
        halo: As it is written.
        axes: The letters of all axes.
    """
    able = [letter for letter in axes if letter in _HAVE_ONE]
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
