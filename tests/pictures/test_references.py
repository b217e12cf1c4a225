"""Telling addresses, emojis and paths apart."""

from __future__ import annotations

import pytest

from partner_tui.pictures.references import is_emoji, is_site_path


@pytest.mark.parametrize(
    "text", ["", "a", "1", "extension", "ilastik 🦒", "->", "(c)", "https://example.org", "é", "+"]
)
def test_text_is_no_emoji(text: str) -> None:
    assert not is_emoji(text)


@pytest.mark.parametrize("text", ["🦒", "🔬", "❤️", "👩‍🔬", "👍🏽", "☀", " 🌱 "])
def test_an_emoji_is_one(text: str) -> None:
    assert is_emoji(text)


def test_paths_of_the_site_are_known_by_their_folder() -> None:
    assert is_site_path("static/img/zoo-background.svg")
    assert is_site_path("./static/img/zoo-background.svg")
    assert not is_site_path("images/static/a.svg")
    assert not is_site_path("https://example.org/static/a.svg")
