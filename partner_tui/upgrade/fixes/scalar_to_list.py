"""A single value becomes a list of one where the format has a list."""

from __future__ import annotations

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import LISTS

NAME = "scalar-to-list"
TITLE = "Wrap in lists"
WHY = "Covers, citations, links, tags, badges and people are lists, also of one."
CLASS = "auto"


def fix(draft: Draft) -> None:
    for field in LISTS:
        value = draft.data.get(field)
        if isinstance(value, str) or (isinstance(value, dict) and field != "attachments"):
            draft.data[field] = [value]
