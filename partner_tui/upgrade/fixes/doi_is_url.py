"""What stands as a DOI but is a link is called url."""

from __future__ import annotations

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import citations
from partner_tui.upgrade.fixes.doi_prefix import bare
from partner_tui.upgrade.urls import is_url

NAME = "doi-is-url"
TITLE = "Move links from doi"
WHY = "doi takes only a DOI; other links belong in url."
CLASS = "auto"


def fix(draft: Draft) -> None:
    for one in citations(draft.data):
        doi = one.get("doi")
        if isinstance(doi, str) and is_url(doi.strip()) and bare(doi) is None:
            url = one.get("url")
            if url == doi:
                draft.repeats(one.pop("doi"))
            elif not url:
                one["url"] = draft.respell(one.pop("doi"), doi.strip())
