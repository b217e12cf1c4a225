"""download_url is gone from the format: where source says something else, it is kept in config."""

from __future__ import annotations

from partner_tui.upgrade.downloads import FIELD
from partner_tui.upgrade.draft import Draft

NAME = "download-url-to-config"
TITLE = "download_url kept in config"
WHY = "download_url is gone, and source says something else."
CLASS = "config"


def fix(draft: Draft) -> None:
    if FIELD in draft.data:
        draft.to_config(FIELD, draft.data.pop(FIELD))
