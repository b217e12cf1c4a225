"""A field that an entry has no more, but its root has, is written empty: left out, the root would show through."""

from __future__ import annotations

from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import LISTS, NULLABLE
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.new_files import CannotUpgrade


@fix(
    "root-hidden",
    "Override root fields",
    "Entries inherit root fields they omit; an empty field stops that.",
    FixKind.AUTO,
)
def root_hidden(draft: Draft) -> None:
    for field in sorted(draft.context.inherited - draft.data.keys()):
        draft.data[field] = _empty(field)


def _empty(field: str) -> Any:
    if field in LISTS:
        return []
    if field == "description":
        return ""
    if field in NULLABLE:
        return None
    raise CannotUpgrade(
        f"{field} at the manifest root is not valid for entries; move it to config at the root"
    )
