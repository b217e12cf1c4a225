"""Where lines break."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from partner_tui.splash.scene.font import has_glyph, letter_dots, runs, text_width
from partner_tui.splash.scene.wrapping import clip, clip_lines, wrap_cells, wrap_pixels


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("", 8, ()),
        ("one two three", 7, ("one two", "three")),
        ("user-friendly", 8, ("user-", "friendly")),
        ("- a", 8, ("- a",)),
        ("xxxxxxxxxx", 4, ("xxxx", "xxxx", "xx")),
        ("a xxxxxx", 4, ("a", "xxxx", "xx")),
        ("漢字漢字", 5, ("漢字", "漢字")),
        ("ab漢字", 4, ("ab漢", "字")),
        ("e\u0301e\u0301e\u0301", 2, ("e\u0301e\u0301", "e\u0301")),
        ("  one\n two ", 20, ("one two",)),
    ],
)
def test_lines_break_at_blanks_hyphens_wide_characters_and_in_long_words(
    text: str, room: int, lines: tuple[str, ...]
) -> None:
    assert wrap_cells(text, room) == lines


def test_a_character_that_no_line_holds_has_a_line() -> None:
    assert wrap_pixels("WWW", 64, 600, 10) == ("W", "W", "W")


def test_a_text_is_cut_off_with_an_ellipsis() -> None:
    assert clip("one two", 7) == "one two"
    assert clip("one two", 6) == "one t…"
    assert clip("one two", 5) == "one…"
    assert clip("one", 0) == ""
    assert clip_lines(("one", "two", "three"), 2, 8) == ("one", "two thr…")
    assert cell_len(clip("漢字漢字", 4)) <= 4


def test_widths_grow_with_the_size_and_count_characters_that_the_font_lacks() -> None:
    assert text_width("Muñoz", 64) == pytest.approx(2 * text_width("Muñoz", 32))
    assert text_width("Microscopy", 64, 600) > text_width("Microscopy", 64)
    assert text_width("漢字", 10) == 20
    assert text_width("", 10) == 0
    assert has_glyph("ñ") and has_glyph("Ж") and has_glyph(" ")
    assert not has_glyph("漢") and not has_glyph("🦒")


def test_large_letters_are_dots_of_one_width() -> None:
    dots = letter_dots("Meadow", 16, 600)
    assert len({len(row) for row in dots}) == 1
    assert any(dots[0]) and any(dots[-1])
    assert letter_dots("   ", 16, 600) == ()


@pytest.mark.parametrize("emoji", ["🦒", "👩\u200d🔬", "👨\u200d👩\u200d👧", "👍🏽", "🇩🇪", "❤\ufe0f", "⭐"])
def test_an_emoji_is_as_wide_as_any_other_and_is_kept_together(emoji: str) -> None:
    assert text_width(emoji, 100) == pytest.approx(124.8)  # as browsers draw them
    assert text_width(f"a{emoji * 2}b", 100) == pytest.approx(
        text_width("a", 100) + text_width("b", 100) + 249.6
    )
    assert [run for _, run in runs(f"to {emoji} on")] == ["to ", emoji, " on"]


@pytest.mark.parametrize("emoji", ["🦒", "👩\u200d🔬", "👨\u200d👩\u200d👧"])
def test_no_line_breaks_inside_an_emoji(emoji: str) -> None:
    assert wrap_pixels(emoji * 3, 100, 400, 130) == (emoji,) * 3
