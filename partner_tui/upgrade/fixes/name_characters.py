"""A name of letters, digits, blanks and _ + - ( ); the original is kept in config word for word."""

from __future__ import annotations

import re
import unicodedata

from partner_tui.upgrade.draft import Draft

NAME = "name-characters"
TITLE = "Fix name characters"
WHY = "A name may contain only letters, digits, spaces and _ + - ( ), at most 128; the original is kept in config."
CLASS = "config"

_LONGEST = 128
_SPELLED = {
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


def plain_name(text: str) -> str:
    """A name in the characters that the format knows: `CREMI: MICCAI` is `CREMI - MICCAI`."""
    for character, spelled in _SPELLED.items():
        text = text.replace(character, spelled)
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    text = re.sub(r"\[", "(", re.sub(r"\]", ")", text))
    text = re.sub(r"(?<=\d)\.(?=\d)", "-", text)  # a version's point
    text = re.sub(r"['\"`]", "", text)
    text = re.sub(r"\s*[:;|/\\,]\s*(?=\S)", " - ", text) if re.search(r"[:;|/\\]", text) else text
    text = re.sub(r"[^A-Za-z0-9_+\- ()]+", " ", text)
    return " ".join(text.split()).strip(" -")


def fix(draft: Draft) -> None:
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
