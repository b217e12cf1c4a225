"""Links that name an entry follow it when its id changes; those of other repositories cannot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_NAMING = ("links", "parent", "training_data")


def spellings(renamed: Mapping[str, str], partner_id: str) -> dict[str, str]:
    """New links by old ones: with or without the partner's id in front.

    Args:
        renamed: New ids of entries by old ones.
    """
    return {**renamed, **{f"{partner_id}/{old}": f"{partner_id}/{new}" for old, new in renamed.items()}}


def followed(data: Mapping[str, Any], spelled: Mapping[str, str]) -> dict[str, Any]:
    """The fields of an entry or RDF whose links change, with their new values; those of an RDF in the entry too.

    Args:
        spelled: See `spellings`.
    """
    found = {}
    for field in _NAMING:
        value = data.get(field)
        new = _new(value, spelled)
        if new != value:
            found[field] = new
    if isinstance(inline := data.get("rdf_source"), dict) and (inner := followed(inline, spelled)):
        found["rdf_source"] = {**inline, **inner}
    return found


def _new(value: Any, spelled: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return spelled.get(value, value)
    if isinstance(value, list):
        return [_new(one, spelled) for one in value]
    if isinstance(value, dict) and isinstance(value.get("id"), str):
        return {**value, "id": spelled.get(value["id"], value["id"])}
    return value
