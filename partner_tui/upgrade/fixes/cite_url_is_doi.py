"""A citation's url that is a DOI's address, where there is no doi, is called doi."""

from __future__ import annotations

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import citations
from partner_tui.upgrade.fixes.doi_prefix import bare
from partner_tui.upgrade.urls import is_url

NAME = "cite-url-is-doi"
TITLE = "Move DOI links to doi"
WHY = "A DOI link belongs in doi; url is for other links."
CLASS = "auto"


def fix(draft: Draft) -> None:
    for one in citations(draft.data):
        url = one.get("url")
        if not isinstance(url, str) or is_url(url) or one.get("doi"):
            continue
        if (found := bare(url) or bare(f"doi:{url}")) is not None:
            one["doi"] = draft.respell(one.pop("url"), found)
