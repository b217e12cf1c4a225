"""download_url is gone from the format: where it is the source again, it is removed."""

from __future__ import annotations

from partner_tui.upgrade.downloads import FIELD, repeats_source
from partner_tui.upgrade.draft import Draft

NAME = "download-url-repeats-source"
TITLE = "Dedupe download_url"
WHY = "download_url is gone, and source says the same."
CLASS = "auto"


def fix(draft: Draft) -> None:
    if repeats_source(draft):
        draft.repeats(draft.data.pop(FIELD), draft.data["source"])
