"""Classifies picture and page references (URL, emoji, path) by their text.

`logo`, `icon` and `background_image` mix four kinds in one field: addresses, emojis, files of the clone and files of the
website. Only the spelling tells them apart.
"""

from __future__ import annotations

import unicodedata

from partner_tui.addresses.urls import is_url

#: Folders of the classic website: a relative picture that starts with one of them is not looked for in the clone first.
SITE_FOLDERS = ("static/",)


PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")
"""Of the pictures that the sites show."""
COVER_SUFFIXES = (".gif", ".jpeg", ".jpg", ".png", ".svg")
"""Of those that the spec allows as covers."""


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
