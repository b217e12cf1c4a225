"""download_url was removed from the format: it becomes the source, repeats it, or moves to config."""

from __future__ import annotations

from partner_tui.addresses.forge import raw_of_blob
from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fix import FixKind, fix

FIELD = "download_url"


def _fits_source(draft: Draft) -> bool:
    """Whether there is no source, so that the download can be it."""
    return FIELD in draft.data and draft.data.get("source") in (None, "")


def _repeats_source(draft: Draft) -> bool:
    """Whether the download is the source again, as it is or by its raw address."""
    given, source = draft.data.get(FIELD), draft.data.get("source")
    if not isinstance(given, str) or not isinstance(source, str):
        return False
    return given == source or (raw_of_blob(given) or given) == (raw_of_blob(source) or source)


@fix(
    "download-url-to-source",
    "Rename download_url",
    "download_url was removed; use source instead.",
    FixKind.AUTO,
)
def download_url_to_source(draft: Draft) -> None:
    """download_url is gone from the format: where there is no source, it is the source."""
    if _fits_source(draft):
        draft.data.pop("source", None)
        draft.data["source"] = draft.data.pop(FIELD)


@fix(
    "download-url-repeats-source",
    "Dedupe download_url",
    "download_url was removed from the format, and source has the same value.",
    FixKind.AUTO,
)
def download_url_repeats_source(draft: Draft) -> None:
    """download_url is gone from the format: where it is the source again, it is removed."""
    if _repeats_source(draft):
        draft.repeats(draft.data.pop(FIELD), draft.data["source"])


@fix(
    "download-url-to-config",
    "Move download_url",
    "download_url was removed from the format, and source has a different value.",
    FixKind.CONFIG,
)
def download_url_to_config(draft: Draft) -> None:
    """download_url is gone from the format: where source says something else, it is kept in config."""
    if FIELD in draft.data:
        draft.to_config(FIELD, draft.data.pop(FIELD))
