"""An empty value is removed where the format takes none: null is no list, no text and no mapping."""

from __future__ import annotations

from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import COMMON, LISTS, NULLABLE

NAME = "drop-null"
TITLE = "Remove empty values"
WHY = "The format does not accept null; fields without a value are removed."
CLASS = "auto"


def fix(draft: Draft) -> None:
    data = draft.data
    for field in list(data):
        value = data[field]
        if (value is None and (field not in NULLABLE or _is_needed(field, draft))) or (
            value == "" and field not in ("description", "name")
        ):
            del data[field]
        elif field in LISTS and isinstance(value, list):
            data[field] = [_without(one) for one in value if one is not None and one != ""]
        elif value is None and field not in COMMON:
            del data[field]


def _is_needed(field: str, draft: Draft) -> bool:
    return field == "source" and draft.type == "notebook"


def _without(member: Any) -> Any:
    """An object of a list without its empty values."""
    if isinstance(member, dict):
        return {key: value for key, value in member.items() if value is not None and value != ""}
    return member
