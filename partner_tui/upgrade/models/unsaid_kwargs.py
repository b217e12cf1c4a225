"""The kwargs of an old processing step that its new steps do not say: a conversion that takes some leaves none unsaid."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from partner_tui.manifest.text.values import same
from partner_tui.upgrade.models.tensors import LETTERS

INEXPRESSIBLE = "cannot be expressed in the new format; moved to config"
_WITHOUT: dict[str, tuple[Any, ...]] = {
    "mode": ("fixed", "per_sample", "per_dataset"),
    "gain": (1, [1]),
    "offset": (0, [0]),
    "min_percentile": (0,),
    "max_percentile": (100,),
}
"""Values that need not be said: they are those of a step without them, or `axes` says them."""


def unsaid_kwargs(kwargs: dict[str, Any], steps: Iterable[dict[str, Any]]) -> list[str]:
    """The kwargs that the new steps do not say, and that are not what a step does without them."""
    new = [(key, value) for step in steps for key, value in step.get("kwargs", {}).items()]
    found = []
    for key, value in kwargs.items():
        if value is None or value in _WITHOUT.get(key, ()):
            continue
        if key == "axes":
            is_said = (
                all(str(letter) in LETTERS for letter in value) if isinstance(value, str | list) else False
            )
        elif key == "axis":
            is_said = any(other == "axis" for other, _ in new)
        else:
            is_said = any(other == key and (same(one, value) or value == [one]) for other, one in new)
        if not is_said:
            found.append(f"{key} {value}")
    return found
