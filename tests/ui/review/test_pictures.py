"""Covers that another host has are a box in the review that names the key, until the user agrees once for the repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.review.pictures_pane import PicturesPane
from partner_tui.ui.widgets.picture import Picture
from tests.contributed import FERN
from tests.real_git import git, write
from tests.ui.review.conftest import Reviewing
from tests.ui.waiting import screen_text, until

COVER = "https://pictures.example.org/fern.png"


@pytest.mark.slow
@pytest.mark.drawn
async def test_a_remote_cover_is_shown_after_one_consent(
    reviewing: Reviewing, clone: Path, asked_for_pictures: list[str]
) -> None:
    git("switch", "--quiet", "--detach", cwd=clone)
    text = (clone / "collection.yaml").read_text() + FERN + f"    covers: [{COVER}]\n"
    write(clone, "collection.yaml", text)
    git("commit", "--quiet", "--all", "-m", "Add fern", cwd=clone)
    git("push", "--quiet", "origin", "HEAD:refs/pull/8/head", cwd=clone)
    git("switch", "--quiet", "main", cwd=clone)
    async with reviewing("8") as (pilot, screen):
        await pilot.press("enter", "right")
        await until(pilot, lambda: "Press P to" in screen_text(pilot.app))
        await pilot.press("right")
        await until(pilot, lambda: f"{COVER}: new" in screen_text(pilot.app))
        await until(pilot, lambda: "Press P to download it" in screen_text(pilot.app))
        await pilot.press("P")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen))
        assert "pictures.example.org: 1 picture" in screen_text(pilot.app)
        assert asked_for_pictures == []
        await pilot.press("y")
        shown = screen.query_one(PicturesPane).query(Picture).first()
        await until(pilot, lambda: bool(shown.placed))
        assert asked_for_pictures == [COVER]
