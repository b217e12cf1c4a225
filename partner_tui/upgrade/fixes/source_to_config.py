"""The source of a dataset or generic resource is a URL, a DOI's that of its page; what is none is kept in config."""

from __future__ import annotations

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fixes.doi_prefix import bare
from partner_tui.upgrade.urls import is_path, is_url

NAME = "source-to-config"
TITLE = "Move non-URL sources"
WHY = "The source of this type is a URL."
CLASS = "config"


def fix(draft: Draft) -> None:
    source = draft.data.get("source")
    if source is None or draft.type in ("notebook", "model") or is_url(source):
        return
    if draft.type == "application" and is_path(source):
        return
    text = source.strip() if isinstance(source, str) else ""
    if (doi := bare(text) or bare(f"doi:{text}")) is not None:
        draft.data["source"] = draft.respell(source, f"https://doi.org/{doi}")
    elif is_url(text):
        draft.data["source"] = draft.respell(source, text)
    else:
        draft.to_config("source", draft.data.pop("source"))
