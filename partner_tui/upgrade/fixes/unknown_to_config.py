"""Fields that the format does not know are kept in config word for word, also those inside citations and people."""

from __future__ import annotations

from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import COMMON, MEMBERS, called
from partner_tui.upgrade.fix import FixKind, fix


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
        value = draft.data.get(field)
        kept = [_taken(field, one, known) for one in (value if isinstance(value, list) else [])]
        if extras := [one for one in kept if one]:
            draft.to_config(field, extras)


def _taken(field: str, member: Any, known: frozenset[str]) -> dict[str, Any]:
    """What an object has beyond its known keys, taken out of it, behind what says whose it is."""
    if not isinstance(member, dict):
        return {}
    extra = {key: member.pop(key) for key in list(member) if key not in known}
    return {**called(field, member), **extra} if extra else {}
