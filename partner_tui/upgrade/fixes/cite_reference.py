"""A citation needs a doi or url; where its text names one, that is it, else it is asked for."""

from __future__ import annotations

import re
from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import called, citations
from partner_tui.upgrade.question import Question
from partner_tui.upgrade.urls import is_url, strings, without_punctuation

NAME = "cite-reference"
TITLE = "Add missing DOIs/URLs"
WHY = "A citation needs a doi or a url."
CLASS = "ask"

IN_CONFIG = "config"
_DOI = re.compile(r"10\.\d{4,9}/[^\s,;<>\"]+")
_BARE = re.compile(r"10\.\d{4}.+")
_URL = re.compile(r"https?://[^\s,;<>\"]+")


def fix(draft: Draft) -> None:
    without: list[dict[str, Any]] = []
    for one in list(citations(draft.data)):
        doi, url = one.get("doi"), one.get("url")
        if (isinstance(doi, str) and _BARE.match(doi)) or (not doi and is_url(url)):
            continue
        reference = _named_in(" ".join(strings(one)))
        if reference is None:
            reference = _asked(draft, str(one.get("text") or doi or url or ""))
        if reference == IN_CONFIG:
            without.append(one)
            continue
        for field in ("doi", "url"):
            if isinstance(one.get(field), dict | list):
                draft.to_config("cite", [{**called("cite", one), field: one.pop(field)}])
            elif field in one and one[field] != reference:
                one["text"] = _kept(draft, str(one.get("text") or ""), str(one.pop(field)))
        one["doi" if _BARE.match(reference) else "url"] = draft.adds(reference)
        if not one.get("text"):
            one["text"] = reference
    if without:
        draft.data["cite"] = [one for one in draft.data["cite"] if all(one is not other for other in without)]
        draft.to_config("cite", without)
        draft.drop_if_empty("cite")


def _named_in(text: str) -> str | None:
    """The one DOI, else the one link, that a text names."""
    for pattern in (_DOI, _URL):
        found = {one.rstrip(".)") for one in pattern.findall(text)}
        if len(found) == 1:
            return without_punctuation(found.pop())
    return None


def _kept(draft: Draft, text: str, value: str) -> str:
    """A text that holds what stood as reference and is none."""
    longer = f"{text} ({value})" if text and value not in text else text or value
    if text:
        draft.respell(text, longer)
    draft.repeats(value, longer)
    return longer


def _asked(draft: Draft, text: str) -> str:
    answer = draft.ask(
        Question(
            f"{NAME}:{text}",
            NAME,
            f"What is the DOI or URL of the citation “{text[:120]}”?",
            WHY,
            proposal=IN_CONFIG,
            derived="no DOI or URL found; the text would be moved to config",
            check=_objection,
        )
    )
    return str(answer)


def _objection(answer: Any) -> str | None:
    if isinstance(answer, str) and (answer == IN_CONFIG or is_url(answer) or _BARE.match(answer)):
        return None
    return "Type a DOI (10...), a URL (https://...), or config to keep the citation there."
