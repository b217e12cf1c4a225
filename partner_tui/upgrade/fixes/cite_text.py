"""A citation that is a text becomes an object; one without a text gets its reference as text."""

from __future__ import annotations

import re
from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import citations
from partner_tui.upgrade.urls import is_url

NAME = "cite-text-to-entry"
TITLE = "Convert citations"
WHY = "A citation is an object with a text and a doi or url."
CLASS = "auto"

_NAMES = {
    "name": "text",
    "title": "text",
    "citation": "text",
    "link": "url",
    "DOI": "doi",
    "Doi": "doi",
    "URL": "url",
}
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.\d{4,9}/\S+", re.IGNORECASE)


def fix(draft: Draft) -> None:
    cite = draft.data.get("cite")
    if isinstance(cite, list):
        draft.data["cite"] = [_object(one) for one in cite]
    for one in citations(draft.data):
        for old, new in _NAMES.items():
            if old in one and new not in one:
                one[new] = one.pop(old)
        reference = one.get("doi") or one.get("url")
        if not one.get("text") and isinstance(reference, str):
            one["text"] = reference


def _object(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    text = value.strip()
    if _DOI.fullmatch(text):
        return {"text": text, "doi": text}
    return {"text": text, "url": text} if is_url(text) else {"text": value}
