"""The last resort: what the spec still refuses in an optional field is kept in config word for word."""

from __future__ import annotations

from typing import Any

from partner_tui.manifest.document import Path
from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import LISTS, NEEDED

NAME = "misfit-to-config"
TITLE = "Values that fit nowhere kept in config"
WHY = "The format refuses the value, and nothing says what was meant."
CLASS = "config"


def move(draft: Draft, locations: list[Path]) -> bool:
    """Move what is refused at these places into config; whether anything could be moved."""
    members: dict[str, set[int]] = {}
    for place in locations:
        field = place[0] if place else None
        if not isinstance(field, str) or field not in draft.data or field in NEEDED | {"config"}:
            continue
        value = draft.data[field]
        if field in LISTS and isinstance(value, list) and len(place) > 1 and isinstance(place[1], int):
            members.setdefault(field, set()).add(place[1])
        elif not (field == "source" and draft.type == "notebook"):
            members.setdefault(field, set()).add(-1)
    for field, indices in members.items():
        _move(draft, field, indices)
    return bool(members)


def _move(draft: Draft, field: str, indices: set[int]) -> None:
    value: Any = draft.data.pop(field)
    if -1 in indices:
        draft.to_config(field, value)
        return
    draft.to_config(field, [one for at, one in enumerate(value) if at in indices])
    rest = [one for at, one in enumerate(value) if at not in indices]
    if rest:
        draft.data[field] = rest


def fix(draft: Draft) -> None:
    """Nothing before the spec has judged; see `move`."""
