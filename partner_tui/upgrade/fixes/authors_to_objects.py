"""People who are written as a text become objects with that name."""

from __future__ import annotations

from typing import Any

from partner_tui.upgrade.draft import Draft

NAME = "authors-to-objects"
TITLE = "Convert authors"
WHY = "Authors and maintainers are lists of objects with a name."
CLASS = "auto"


def fix(draft: Draft) -> None:
    for field in ("authors", "maintainers", "packaged_by", "uploader"):
        value = draft.data.get(field)
        if field == "uploader":
            continue
        if isinstance(value, str | dict):
            value = [value]
        if isinstance(value, list):
            draft.data[field] = [_person(one) for one in value]


def _person(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value
