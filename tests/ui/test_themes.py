"""The words in a list can be read under its cursor, whichever theme is chosen."""

from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from partner_tui.ui.themes import DARK, LIGHT, pale_cursor


@pytest.mark.parametrize("name", BUILTIN_THEMES)
def test_a_theme_of_textual_has_a_cursor_on_which_its_words_can_be_read(name: str) -> None:
    variables = BUILTIN_THEMES[name].to_color_system().generate()
    variables |= pale_cursor(variables)
    foreground, cursor = (Color.parse(variables[one]) for one in ("foreground", "block-cursor-background"))
    if cursor.ansi is None:
        quiet = cursor.blend(foreground, 0.6)
        assert abs(quiet.brightness - cursor.brightness) > 0.2
        assert abs(foreground.brightness - cursor.brightness) > 0.35


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_so_have_ours(theme: Theme) -> None:
    variables = theme.variables
    words, cursor = (
        Color.parse(variables[f"block-cursor-{one}"]).brightness for one in ("foreground", "background")
    )
    assert abs(words - cursor) > 0.5
