"""A DOI is written bare: without the resolver's address or a `doi:` in front."""

from __future__ import annotations

import re

from partner_tui.upgrade.draft import Draft

NAME = "doi-prefix"
TITLE = "Strip DOI prefixes"
WHY = "A citation's doi is the DOI alone, such as 10.1038/s41592-019-0582-9."
CLASS = "auto"

_PREFIXED = re.compile(
    r"\s*(?:https?://)?(?:dx\.|www\.)?(?:doi\.org/|doi:\s*)(10\.\d{4,9}/\S+?)[\s.,;]*", re.IGNORECASE
)


def bare(text: str) -> str | None:
    """The DOI in a text that is nothing but one with a prefix; None for anything else."""
    found = _PREFIXED.fullmatch(text)
    return found[1] if found else None


def fix(draft: Draft) -> None:
    cite = draft.data.get("cite")
    for one in cite if isinstance(cite, list) else []:
        if isinstance(one, dict) and isinstance(doi := one.get("doi"), str) and (found := bare(doi)):
            one["doi"] = draft.respell(doi, found)
