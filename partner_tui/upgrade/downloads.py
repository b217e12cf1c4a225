"""download_url is gone: it becomes the source where there is none, goes where it repeats it, else moves to config."""

from __future__ import annotations

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.urls import raw_of_blob

FIELD = "download_url"


def fits_source(draft: Draft) -> bool:
    """Whether there is no source, so that the download can be it."""
    return FIELD in draft.data and draft.data.get("source") in (None, "")


def repeats_source(draft: Draft) -> bool:
    """Whether the download is the source again, as it is or by its raw address."""
    given, source = draft.data.get(FIELD), draft.data.get("source")
    if not isinstance(given, str) or not isinstance(source, str):
        return False
    return given == source or (raw_of_blob(given) or given) == (raw_of_blob(source) or source)
