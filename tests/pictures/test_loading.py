from __future__ import annotations

from partner_tui.manifest.files import NoFiles
from partner_tui.pictures.loading import load_pictures


def test_an_emoji_and_nothing_are_no_pictures_that_are_missing() -> None:
    found = load_pictures([("🦒", ""), ("", ""), ("gone.png", "")], NoFiles(), 100)
    assert found.kinds["🦒", ""] == "emoji"
    assert [key for key, _ in found.problems] == ["gone.png"]
