"""Classifies picture and page references (URL, emoji, path) by their text.

`logo`, `icon` and `background_image` mix four kinds in one field: addresses, emojis, files of the clone and files of the
website. Only the spelling tells them apart.
"""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

#: Folders of the classic website: a relative picture that starts with one of them is not looked for in the clone first.
SITE_FOLDERS = ("static/",)

_PUNCTUATION_AFTER_URL = ",;\"'<> "


def is_url(text: str) -> bool:
    """True for an http or https address with a host."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(map(str.isspace, text))


def is_emoji(text: str) -> bool:
    """True for an emoji, with its modifiers and joiners: at least one pictograph, no letters or digits."""
    text = text.strip()
    if not text or len(text) > 12:
        return False
    pictographs = 0
    for character in text:
        category = unicodedata.category(character)
        if (category in ("So", "Sk", "Sm") and ord(character) > 0xFF) or 0x1F000 <= ord(character) <= 0x1FAFF:
            pictographs += 1
        elif category not in ("Mn", "Me", "Cf"):
            return False
    return pictographs > 0


def is_site_path(text: str) -> bool:
    """True for a path of the website, such as ``static/img/zoo-background.svg``."""
    return text.lstrip("./").startswith(SITE_FOLDERS) and not is_url(text)


def url_flaw(text: str) -> str | None:
    """What is wrong with the spelling of an address, as a sentence; None when nothing is."""
    if is_url(text):
        if text[-1] in _PUNCTUATION_AFTER_URL:
            return f"The URL ends in {text[-1]!r}, which becomes part of it."
        return None
    if any(map(str.isspace, text.strip())):
        return "URLs cannot contain spaces."
    if text != text.strip():
        return "Leading or trailing spaces around the URL."
    if "://" not in text:
        return "Not a URL: it must start with https://."
    if text.startswith(("http://", "https://")):
        return "The URL has no host."
    return f"The site links http and https URLs, not {text.split(':', 1)[0]}."
