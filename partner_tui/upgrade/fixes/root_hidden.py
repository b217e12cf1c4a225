"""A field that an entry has no more, but its root has, is written empty: left out, the root would show through."""

from __future__ import annotations

from typing import Any

from partner_tui.upgrade.draft import CannotUpgrade, Draft
from partner_tui.upgrade.fields import LISTS, NULLABLE

NAME = "root-hidden"
TITLE = "Empty fields that hide the root's"
WHY = "Entries inherit what they leave out; what an entry empties stays empty."
CLASS = "auto"


def fix(draft: Draft) -> None:
    for field in sorted(draft.inherited - draft.data.keys()):
        draft.data[field] = _empty(field)


def _empty(field: str) -> Any:
    if field in LISTS:
        return []
    if field == "description":
        return ""
    if field in NULLABLE:
        return None
    raise CannotUpgrade(f"the manifest's root has {field}, which no entry can have: move it to config there")
