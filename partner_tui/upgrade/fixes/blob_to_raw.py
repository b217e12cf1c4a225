"""Files are named by their raw address: GitHub's blob page is HTML around them."""

from __future__ import annotations

from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.urls import raw_of_blob, suffix

NAME = "blob-to-raw"
TITLE = "Use raw GitHub URLs"
WHY = "A GitHub blob page is HTML, not the picture or text that it shows."
CLASS = "auto"


def fix(draft: Draft) -> None:
    for field in ("covers", "icon", "attachments"):
        if field in draft.data:
            draft.data[field] = _raw(draft, draft.data[field])
    documentation = draft.data.get("documentation")
    if isinstance(documentation, str) and suffix(documentation) == ".md":
        draft.data["documentation"] = _raw(draft, documentation)
    source = draft.data.get("source")
    if draft.type == "notebook" and isinstance(source, str) and suffix(source) == ".ipynb":
        draft.data["source"] = _raw(draft, source)


def _raw(draft: Draft, value: Any) -> Any:
    if isinstance(value, list):
        return [_raw(draft, one) for one in value]
    if isinstance(value, dict):
        return {key: _raw(draft, one) for key, one in value.items()}
    raw = raw_of_blob(value) if isinstance(value, str) else None
    return draft.respell(value, raw) if raw else value
