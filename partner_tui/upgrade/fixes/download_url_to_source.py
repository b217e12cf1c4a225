"""download_url is gone from the format: where there is no source, it is the source."""

from __future__ import annotations

from partner_tui.upgrade.downloads import FIELD, fits_source
from partner_tui.upgrade.draft import Draft

NAME = "download-url-to-source"
TITLE = "Rename download_url"
WHY = "download_url was removed; use source instead."
CLASS = "auto"


def fix(draft: Draft) -> None:
    if fits_source(draft):
        draft.data.pop("source", None)
        draft.data["source"] = draft.data.pop(FIELD)
