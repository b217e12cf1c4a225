from __future__ import annotations

from partner_tui.manifest.files import NoFiles
from partner_tui.pictures.loading import load_pictures
from partner_tui.pictures.raster import STANDS_IN
from partner_tui.splash.scene.blocks import Box, Picture


def test_an_emoji_and_nothing_are_no_pictures_that_are_missing() -> None:
    found = load_pictures([("🦒", ""), ("", ""), ("gone.png", "")], NoFiles(), 100)
    assert found.kinds["🦒", ""] == "emoji"
    assert [key for key, _ in found.problems] == ["gone.png"]


def test_a_picture_of_the_site_is_there_and_not_looked_up_again() -> None:
    reference = "static/img/zoo-background.svg"
    found = load_pictures([(reference, "")], NoFiles(), 100)
    assert found.problem_of(Picture("background", Box(0, 0, 1, 1), reference)) == STANDS_IN
    assert not found.forget_missing()
    assert found.kinds.keys() == found.images.keys() == {(reference, "")}
