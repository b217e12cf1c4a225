"""download_url was removed from the format: it becomes the source, repeats it, or moves to config."""

from __future__ import annotations

from partner_tui.addresses.forge import raw_of_blob
from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fix import FixKind, fix

FIELD = "download_url"


@fix(
    "download-url-to-source",
    "Rename download_url",
    "download_url was removed; use source instead.",
    FixKind.AUTO,
)
def download_url_to_source(draft: Draft) -> None:
    if FIELD in draft.data and draft.data.get("source") in (None, ""):
        draft.data.pop("source", None)
        draft.data["source"] = draft.data.pop(FIELD)


@fix(
    "download-url-repeats-source",
    "Dedupe download_url",
    "download_url was removed from the format, and source has the same value.",
    FixKind.AUTO,
)
def download_url_repeats_source(draft: Draft) -> None:
    given, source = draft.data.get(FIELD), draft.data.get("source")
    if not isinstance(given, str) or not isinstance(source, str):
        return
    if (raw_of_blob(given) or given) == (raw_of_blob(source) or source):
        draft.repeats(draft.data.pop(FIELD), source)


@fix(
    "download-url-to-config",
    "Move download_url",
    "download_url was removed from the format, and source has a different value.",
    FixKind.CONFIG,
)
def download_url_to_config(draft: Draft) -> None:
    if FIELD in draft.data:
        draft.to_config(FIELD, draft.data.pop(FIELD))
