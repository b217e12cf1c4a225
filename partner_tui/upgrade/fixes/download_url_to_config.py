"""download_url is gone from the format: where source says something else, it is kept in config."""

from __future__ import annotations

from partner_tui.upgrade.downloads import FIELD
from partner_tui.upgrade.draft import Draft

NAME = "download-url-to-config"
TITLE = "Move download_url"
WHY = "download_url was removed from the format, and source has a different value."
CLASS = "config"


def fix(draft: Draft) -> None:
    if FIELD in draft.data:
        draft.to_config(FIELD, draft.data.pop(FIELD))
