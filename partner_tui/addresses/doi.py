"""DOIs in any of their spellings: bare, with ``doi:`` before them, or as the URL of the resolver."""

from __future__ import annotations

import re

_DOI = re.compile(r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_PREFIXED = re.compile(
    r"\s*(?:https?://)?(?:dx\.|www\.)?(?:doi\.org/|doi:\s*)(10\.\d{4,9}/\S+?)[\s.,;]*", re.IGNORECASE
)


def read_doi(text: str) -> str | None:
    """The DOI, bare, that a text is nothing but; None for anything else."""
    found = _DOI.fullmatch(text)
    return found[1] if found else None


def bare(text: str) -> str | None:
    """The DOI in a text that is nothing but one with a prefix, also with spaces or punctuation around; None for anything else."""
    found = _PREFIXED.fullmatch(text)
    return found[1] if found else None
