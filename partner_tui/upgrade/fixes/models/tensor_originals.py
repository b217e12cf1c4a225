"""Keeps word for word what a new tensor does not say in the same words: its axes string, its shape, an infinite range."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from typing import Any

from partner_tui.manifest.text.values import frozen
from partner_tui.upgrade.audit import scalars
from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.fixes.models.key_spelling import spelled
from partner_tui.upgrade.models.tensors import SIDES, name, tensors

_FIELDS = frozenset(["id", "description", "axes", "data", "test_tensor", "sample_tensor"])
_OWN = {
    "inputs": frozenset({"preprocessing", "optional", "pad", "output_of"}),
    "outputs": frozenset({"postprocessing"}),
}


@fix(
    "tensor-originals",
    "Move old axes",
    "Values without a place in the new format are moved to config.",
    FixKind.CONFIG,
)
def tensor_originals(draft: Draft) -> None:
    originals = spelled(draft.old)
    for side in SIDES:
        kept: dict[str, dict[str, Any]] = {}
        for old, new in zip(tensors(originals, side), tensors(draft.data, side), strict=False):
            for field in [one for one in new if one not in _FIELDS | _OWN[side]]:
                del new[field]
            left = Counter(map(frozen, scalars(new)))
            for field, value in old.items():
                if _take(left, value):
                    continue
                kept.setdefault(name(new), {})[field] = value
        if kept:
            draft.to_config(side, kept)


def _take(left: Counter[Hashable], value: Any) -> bool:
    """Whether the new tensor has each scalar of a value that no other field had before; they are taken then."""
    wanted = Counter(map(frozen, scalars(value)))
    if any(left[one] < count for one, count in wanted.items()):
        return False
    left.subtract(wanted)
    return True
