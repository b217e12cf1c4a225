"""The typing error `if:` for `id:`, where there is no id."""

from __future__ import annotations

from partner_tui.upgrade.draft import Draft

NAME = "if-for-id"
TITLE = "Rename if to id"
WHY = "`if` is not a field; it is a typo for `id`."
CLASS = "auto"


def fix(draft: Draft) -> None:
    if "if" in draft.data and "id" not in draft.data and isinstance(draft.data["if"], str):
        draft.data["id"] = draft.data.pop("if")
