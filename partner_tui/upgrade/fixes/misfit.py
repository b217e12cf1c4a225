"""The last resort: what the spec still refuses in an optional field is kept in config word for word."""

from __future__ import annotations

from typing import Any

from partner_tui.manifest.text.document import Path
from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import LISTS, MEMBERS, NEEDED, called
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.fixes.field_names import root_hidden

_NEEDED_IN = {
    "authors": ("name",),
    "maintainers": ("github_user",),
    "cite": ("text", "doi", "url"),
    "badges": ("label", "url"),
    "covers": ("source",),
    "attachments": ("source",),
}
"""Keys without which an object of a list is none."""


def move(draft: Draft, locations: list[Path]) -> bool:
    """Move what is refused at these places into config; whether anything could be moved."""
    members: dict[str, set[int]] = {}
    for place in locations:
        field = place[0] if place else None
        if not isinstance(field, str) or field not in draft.data or field in NEEDED | {"config"}:
            continue
        value = draft.data[field]
        if _move_part(draft, field, place):
            members.setdefault(field, set())
        elif field in LISTS and isinstance(value, list) and len(place) > 1 and isinstance(place[1], int):
            members.setdefault(field, set()).add(place[1])
        elif not (field == "source" and draft.type == "notebook"):
            members.setdefault(field, set()).add(-1)
    for field, indices in members.items():
        _move(draft, field, indices)
        draft.add_note(f"{field} has a value that the format does not accept; moved to config")
    root_hidden.apply(draft)
    return bool(members)


def _move_part(draft: Draft, field: str, place: Path) -> bool:
    """Move the one key of a person, citation or badge that is refused, where the rest can do without it."""
    if (
        len(place) < 3
        or field not in MEMBERS
        or not isinstance(place[1], int)
        or place[2] in _NEEDED_IN[field]
    ):
        return False
    value = draft.data[field]
    member = value[place[1]] if isinstance(value, list) and place[1] < len(value) else None
    if not isinstance(member, dict) or place[2] not in member:
        return False
    draft.to_config(field, [{**called(field, member), place[2]: member.pop(place[2])}])
    return True


def _move(draft: Draft, field: str, indices: set[int]) -> None:
    if not indices:
        return
    value: Any = draft.data.pop(field)
    if -1 in indices:
        draft.to_config(field, value)
        return
    draft.to_config(field, [one for at, one in enumerate(value) if at in indices])
    rest = [one for at, one in enumerate(value) if at not in indices]
    if rest:
        draft.data[field] = rest


@fix(
    "misfit-to-config",
    "Move rejected values",
    "The format rejects the value, and the intended value is unclear.",
    FixKind.CONFIG,
)
def misfit_to_config(draft: Draft) -> None:
    """Nothing before the spec has judged; see `move`."""
