"""A parent, and training data, are linked by their id alone; addresses and checksums are kept in `config`."""

from __future__ import annotations

import re
from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fix import FixKind, fix

_ID = re.compile(r"(?!/)[a-z0-9_\-/.]+(?<!/)")


@fix(
    "parent-link",
    "Link parent by id",
    "A parent is linked by its id; 0.4 took a URL with a checksum.",
    FixKind.CONFIG,
)
def parent_link(draft: Draft) -> None:
    for field in ("parent", "training_data"):
        value = draft.data.get(field)
        if field not in draft.data or (field == "training_data" and _is_dataset(value)):
            continue
        linked = _linked(draft, value)
        if linked is not None and not linked[1]:
            draft.data[field] = linked[0]
            continue
        if linked is None:
            del draft.data[field]
        else:
            draft.data[field] = linked[0]
        kept = value if linked is None else linked[1]
        if kept not in (None, "", {}, []):
            draft.to_config(field, kept)


def _is_dataset(value: Any) -> bool:
    return isinstance(value, dict) and "name" in value


def _linked(draft: Draft, value: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """The link, and what it does not say; None when the value links to nothing by an id."""
    if isinstance(value, str):
        value = {"id": value} if _ID.fullmatch(value) and value != "null" and "//" not in value else None
    if not isinstance(value, dict) or not isinstance(id := value.get("id"), str) or not _ID.fullmatch(id):
        return None
    link: dict[str, Any] = {"id": id}
    for field in ("version", "version_number"):
        if value.get(field) is not None and "version" not in link:
            link["version"] = value[field]
    rest = {
        key: one
        for key, one in value.items()
        if key != "id"
        and one is not None
        and not (key in ("version", "version_number") and link.get("version") == one)
    }
    return link, rest
