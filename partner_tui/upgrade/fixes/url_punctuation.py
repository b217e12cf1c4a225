"""A comma or bracket behind a URL that became part of it is taken away."""

from __future__ import annotations

from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.urls import is_url, without_punctuation

NAME = "url-punctuation"
TITLE = "Trim URL punctuation"
WHY = "A trailing comma passes the check but leads nowhere."
CLASS = "auto"

_FIELDS = ("source", "documentation", "git_repo", "icon", "download_url", "covers", "badges", "attachments")


def fix(draft: Draft) -> None:
    for field in _FIELDS:
        if field in draft.data:
            draft.data[field] = _mended(draft, draft.data[field])
    cite = draft.data.get("cite")
    for one in cite if isinstance(cite, list) else []:
        if isinstance(one, dict) and isinstance(one.get("url"), str):
            one["url"] = _mended(draft, one["url"])


def _mended(draft: Draft, value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _mended(draft, one) for key, one in value.items()}
    if isinstance(value, list):
        return [_mended(draft, one) for one in value]
    if isinstance(value, str) and is_url(value.strip()):
        return draft.respell(value, without_punctuation(value))
    return value
