"""A description has at most 1024 characters; a longer one is cut at a word and kept whole in config."""

from __future__ import annotations

from partner_tui.upgrade.draft import Draft

NAME = "description-long"
TITLE = "Shorten descriptions"
WHY = "A description has at most 1024 characters."
CLASS = "config"

_LONGEST = 1024


def fix(draft: Draft) -> None:
    text = draft.data.get("description")
    if isinstance(text, str) and len(text) > _LONGEST:
        draft.to_config("description", text)
        draft.data["description"] = draft.respell(text, text[:_LONGEST].rpartition(" ")[0] + "…")
