"""Covers, icon, documentation and attachments are descriptions of files: objects with a `source`."""

from __future__ import annotations

from partner_tui.upgrade.draft import Draft

NAME = "source-objects"
TITLE = "Files as objects"
WHY = "Covers, icon, documentation and attachments are objects with a source."
CLASS = "auto"


def fix(draft: Draft) -> None:
    covers = draft.data.get("covers")
    if isinstance(covers, list):
        draft.data["covers"] = [{"source": one} if isinstance(one, str) else one for one in covers]
