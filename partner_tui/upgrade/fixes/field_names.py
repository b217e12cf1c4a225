"""Names of fields: those of earlier formats, those that no format knows, and those that an entry must not inherit."""

from __future__ import annotations

from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import COMMON, LISTS, MEMBERS, NULLABLE, called, objects
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.new_files import CannotUpgrade


@fix(
    "unknown-to-config",
    "Move unknown fields",
    "Unknown fields are not allowed; generic resources lose them silently.",
    FixKind.CONFIG,
)
def unknown_to_config(draft: Draft) -> None:
    others = () if draft.type == "model" else [one for one in draft.data if one not in COMMON]
    for field in others:  # a model's fields have a fix of their own
        draft.to_config(field, draft.data.pop(field))
    for field, known in MEMBERS.items():
        kept = [_taken(field, one, known) for one in objects(draft.data.get(field))]
        if extras := [one for one in kept if one]:
            draft.to_config(field, extras)


def _taken(field: str, member: dict[str, Any], known: frozenset[str]) -> dict[str, Any]:
    """What an object has beyond its known keys, taken out of it, behind what says whose it is."""
    extra = {key: member.pop(key) for key in list(member) if key not in known}
    return {**called(field, member), **extra} if extra else {}


_NAMES = {
    "cover": "covers",
    "author": "authors",
    "badge": "badges",
    "maintainer": "maintainers",
    "tag": "tags",
}


@fix(
    "old-names",
    "Rename old fields",
    "The fields are now called covers, authors and badges.",
    FixKind.AUTO,
)
def old_names(draft: Draft) -> None:
    for old, new in _NAMES.items():
        if old in draft.data and new not in draft.data:
            draft.data[new] = draft.data.pop(old)


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
