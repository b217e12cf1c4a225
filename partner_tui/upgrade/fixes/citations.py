"""Citations: references as mappings, a DOI without its prefix, and links where links belong."""

from __future__ import annotations

import re
from typing import Any

from partner_tui.addresses.doi import bare, read_doi
from partner_tui.addresses.urls import is_url, without_punctuation
from partner_tui.manifest.text.values import texts_in
from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import called, objects
from partner_tui.upgrade.fix import FixKind, fix

_NAMES = {
    "name": "text",
    "title": "text",
    "citation": "text",
    "link": "url",
    "DOI": "doi",
    "Doi": "doi",
    "URL": "url",
}


IN_CONFIG = "config"
_DOI_WITHIN = re.compile(r"10\.\d{4,9}/[^\s,;<>\"]+")
_BARE = re.compile(r"10\.\d{4}.+")
_URL_WITHIN = re.compile(r"https?://[^\s,;<>\"]+")


@fix(
    "cite-text-to-entry",
    "Convert citations",
    "A citation is an object with a text and a doi or url.",
    FixKind.AUTO,
)
def cite_text_to_entry(draft: Draft) -> None:
    if isinstance(cite := draft.data.get("cite"), list):
        draft.data["cite"] = [_object(one) for one in cite]
    for one in objects(draft.data.get("cite")):
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
    if read_doi(text):
        return {"text": text, "doi": text}
    return {"text": text, "url": text} if is_url(text) else {"text": value}


@fix(
    "doi-is-url",
    "Move links from doi",
    "doi takes only a DOI; other links belong in url.",
    FixKind.AUTO,
)
def doi_is_url(draft: Draft) -> None:
    for one in objects(draft.data.get("cite")):
        doi = one.get("doi")
        if isinstance(doi, str) and is_url(doi.strip()) and bare(doi) is None:
            url = one.get("url")
            if url == doi:
                draft.repeats(one.pop("doi"))
            elif not url:
                one["url"] = draft.respell(one.pop("doi"), doi.strip())


@fix(
    "doi-prefix",
    "Strip DOI prefixes",
    "A citation's doi is the DOI alone, such as 10.1038/s41592-019-0582-9.",
    FixKind.AUTO,
)
def doi_prefix(draft: Draft) -> None:
    for one in objects(draft.data.get("cite")):
        if isinstance(doi := one.get("doi"), str) and (found := bare(doi)):
            one["doi"] = draft.respell(doi, found)


@fix(
    "cite-url-is-doi",
    "Move DOI links to doi",
    "A DOI link belongs in doi; url is for other links.",
    FixKind.AUTO,
)
def cite_url_is_doi(draft: Draft) -> None:
    for one in objects(draft.data.get("cite")):
        url = one.get("url")
        if not isinstance(url, str) or is_url(url) or one.get("doi"):
            continue
        if (found := bare(url) or bare(f"doi:{url}")) is not None:
            one["doi"] = draft.respell(one.pop("url"), found)


@fix(
    "cite-reference",
    "Add missing DOIs/URLs",
    "A citation needs a doi or a url.",
    FixKind.ASK,
)
def cite_reference(draft: Draft) -> None:
    """Where the text of a citation names a DOI or URL, that is it; else it is asked for."""
    without: list[dict[str, Any]] = []
    for one in objects(draft.data.get("cite")):
        doi, url = one.get("doi"), one.get("url")
        if (isinstance(doi, str) and _BARE.match(doi)) or (not doi and is_url(url)):
            continue
        reference = _named_in(" ".join(texts_in(one)))
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
    for pattern in (_DOI_WITHIN, _URL_WITHIN):
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
        f"{cite_reference.name}:{text}",
        cite_reference.name,
        f"What is the DOI or URL of the citation “{text[:120]}”?",
        cite_reference.why,
        proposal=IN_CONFIG,
        derived="no DOI or URL found; the text would be moved to config",
        check=_objection,
    )
    return str(answer)


def _objection(answer: Any) -> str | None:
    if isinstance(answer, str) and (answer == IN_CONFIG or is_url(answer) or _BARE.match(answer)):
        return None
    return "Type a DOI (10...), a URL (https://...), or config to keep the citation there."
