"""The source of a dataset or generic resource is a URL; what is none is kept in config."""

from __future__ import annotations

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.urls import is_path, is_url

NAME = "source-to-config"
TITLE = "Sources that are no URL kept in config"
WHY = "The source of this type is a URL."
CLASS = "config"


def fix(draft: Draft) -> None:
    source = draft.data.get("source")
    if source is None or draft.type in ("notebook", "model") or is_url(source):
        return
    if draft.type == "application" and is_path(source):
        return
    text = source.strip() if isinstance(source, str) else ""
    if is_url(text):
        draft.data["source"] = draft.respell(source, text)
    else:
        draft.to_config("source", draft.data.pop("source"))
