"""Names and descriptions: their length and characters."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fix import FixKind, fix

_LONGEST = 128
_SPELLED = str.maketrans(
    {
        "&": " and ",
        "µ": "u",
        "μ": "u",
        "ß": "ss",
        "ø": "o",
        "Ø": "O",
        "æ": "ae",
        "ł": "l",
        "×": "x",
        "–": "-",
        "—": "-",
    }
)
_SHORTEST = 5
_LONGEST_DESCRIPTION = 1024


@fix(
    "name-missing",
    "Add missing names",
    "A name of 5 to 128 characters is what the site shows.",
    FixKind.ASK,
)
def name_missing(draft: Draft) -> None:
    name = draft.data.get("name")
    if isinstance(name, str) and plain_name(name):
        return
    proposal, derived = _derived(draft)
    answer = draft.ask(
        f"{name_missing.name}:{draft.context.id}",
        name_missing.name,
        f"What should {draft.context.id} be called?",
        name_missing.why,
        proposal=proposal,
        derived=derived,
        check=objection,
    )
    if name not in (None, ""):
        draft.to_config("name", name)
    draft.data["name"] = answer


def _derived(draft: Draft) -> tuple[str | None, str]:
    description = draft.data.get("description")
    if isinstance(description, str):
        first = plain_name(re.split(r"(?<=[a-z0-9)])[.!?](?:\s|$)|\n", description.strip(), maxsplit=1)[0])
        if 5 <= len(first) <= 64:
            return first, "the first sentence of its description"
    for field, whose in (("id", "its id"), ("source", "its source")):
        text = draft.data.get(field)
        last = text.rstrip("/").rpartition("/")[2] if isinstance(text, str) else ""
        words = plain_name(re.sub(r"[_\-.?#=&]+", " ", last))
        if len(words) >= 5:
            return words, f"derived from {whose}"
        if words:
            return f"{words} {draft.type or 'resource'}", f"derived from {whose} and its type"
    return None, ""


def objection(answer: Any) -> str | None:
    """What is wrong with a name; None when nothing is."""
    if not isinstance(answer, str) or not 5 <= len(answer) <= 128:
        return "A name has 5 to 128 characters."
    if not re.fullmatch(r"[A-Za-z0-9_+\- ()]+", answer):
        return "A name may contain only letters, digits, spaces and _ + - ( )."
    return None


def plain_name(text: str) -> str:
    """A name in the characters that the format knows: `CREMI: MICCAI` is `CREMI - MICCAI`."""
    text = text.translate(_SPELLED)
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    text = re.sub(r"\[", "(", re.sub(r"\]", ")", text))
    text = re.sub(r"(?<=\d)\.(?=\d)", "-", text)  # a version's point
    text = re.sub(r"['\"`]", "", text)
    text = re.sub(r"\s*[:;|/\\,]\s*(?=\S)", " - ", text) if re.search(r"[:;|/\\]", text) else text
    text = re.sub(r"[^A-Za-z0-9_+\- ()]+", " ", text)
    return " ".join(text.split()).strip(" -")


@fix(
    "name-characters",
    "Fix name characters",
    "A name may contain only letters, digits, spaces and _ + - ( ), at most 128; the original is kept in config.",
    FixKind.CONFIG,
)
def name_characters(draft: Draft) -> None:
    name = draft.data.get("name")
    if not isinstance(name, str):
        return
    if len(name) <= _LONGEST and not re.search(r"[^A-Za-z0-9_+\- ()]", name):
        return
    plain = plain_name(name)
    if len(plain) > _LONGEST:
        plain = plain[: _LONGEST + 1].rpartition(" ")[0].rstrip(" -(") or plain[:_LONGEST]
    if plain:
        draft.to_config("name", name)
        draft.data["name"] = draft.respell(name, plain)


@fix(
    "name-short",
    "Lengthen short names",
    "A name has at least 5 characters.",
    FixKind.ASK,
)
def name_short(draft: Draft) -> None:
    name = draft.data.get("name")
    if not isinstance(name, str) or not 0 < len(name) < _SHORTEST:
        return
    answer = draft.ask(
        f"{name_short.name}:{name}",
        name_short.name,
        f"What is a longer name (5+ characters) for “{name}”?",
        name_short.why,
        proposal=f"{name} {draft.type or 'resource'}",
        derived="its name and its type",
        check=objection,
    )
    draft.data["name"] = draft.respell(name, answer)


@fix(
    "description-long",
    "Shorten descriptions",
    "A description has at most 1024 characters.",
    FixKind.CONFIG,
)
def description_long(draft: Draft) -> None:
    """A longer one is cut at a word and kept whole in config."""
    text = draft.data.get("description")
    if isinstance(text, str) and len(text) > _LONGEST_DESCRIPTION:
        draft.to_config("description", text)
        draft.data["description"] = draft.respell(text, text[:_LONGEST_DESCRIPTION].rpartition(" ")[0] + "…")
