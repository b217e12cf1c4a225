"""A contribution that was merged is reverted from its review, whole or by entry, with a commit that can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.review.merge_preview import MergePreview
from partner_tui.ui.review.reverting import ChooseEntriesScreen
from partner_tui.ui.review.screen import ReviewScreen
from partner_tui.ui.review.verdict import VerdictScreen
from tests.contributed import FERN as FERN_ENTRY
from tests.contributed import IVY as IVY_ENTRY
from tests.real_git import git, write
from tests.ui.review.conftest import Reviewing
from tests.ui.review.test_merging import FERN, choose
from tests.ui.waiting import screen_text, until

MOSS = "1"
"""Was merged on the forge."""


async def committed(pilot: Pilot[None], screen: ReviewScreen, verdict: str | None) -> None:
    await until(pilot, lambda: pilot.app.screen is screen and screen.kept.verdict == verdict)
    await until(pilot, lambda: not screen.app.background.running)


async def confirmed(pilot: Pilot[None], key: str) -> None:
    await pilot.press(key)
    await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen))
    await pilot.press("y")


@pytest.mark.slow
async def test_one_that_the_forge_merged_is_reverted_whole_and_that_is_undone(
    reviewing: Reviewing, clone: Path
) -> None:
    before = git("rev-parse", "HEAD", cwd=clone)
    async with reviewing(MOSS) as (pilot, screen):
        await pilot.press("v")
        await until(pilot, lambda: isinstance(pilot.app.screen, VerdictScreen))
        assert "merged already" in screen_text(pilot.app)
        assert not {"Approve", "Decline"} & set(screen_text(pilot.app).split()), "it is decided"
        await pilot.press("escape")
        await choose(pilot, "down")
        await until(pilot, lambda: isinstance(pilot.app.screen, MergePreview))
        assert "Revert #1" in screen_text(pilot.app)
        assert git("rev-parse", "HEAD", cwd=clone) == before
        await pilot.press("ctrl+s")
        await committed(pilot, screen, "reverted")
        text = (clone / "collection.yaml").read_text()
        assert "id: moss" not in text and "splash_title: The Meadow" in text, "later edits stay"
        await confirmed(pilot, "ctrl+z")
        await committed(pilot, screen, None)
        assert git("rev-parse", "HEAD", cwd=clone) == before


async def test_one_that_was_merged_here_is_reverted_by_entry(reviewing: Reviewing, clone: Path) -> None:
    async with reviewing(FERN) as (pilot, screen):
        await choose(pilot)
        await until(pilot, lambda: isinstance(pilot.app.screen, MergePreview))
        await pilot.press("ctrl+s")
        await committed(pilot, screen, "merged")
        merge = git("rev-parse", "HEAD", cwd=clone)
        git("update-ref", "refs/remotes/origin/main", merge, cwd=clone)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: "press v in its review" in str([*pilot.app._notifications]))
        assert pilot.app.screen is screen, "nothing is asked that cannot be done"
        await choose(pilot)
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseEntriesScreen))
        await pilot.press("space")
        assert "[x] + fern" in screen_text(pilot.app)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, MergePreview))
        assert "Revert fern" in screen_text(pilot.app)
        await pilot.press("ctrl+s")
        await committed(pilot, screen, "reverted")
        text = (clone / "collection.yaml").read_text()
        assert "id: fern" not in text and "id: moss" in text
        assert git("rev-parse", "HEAD^", cwd=clone) == merge
        await confirmed(pilot, "ctrl+z")
        await committed(pilot, screen, "merged")
        assert git("rev-parse", "HEAD", cwd=clone) == merge


@pytest.mark.slow
async def test_one_that_was_fast_forwarded_is_reverted_whole_and_by_entry(
    reviewing: Reviewing, clone: Path
) -> None:
    before = git("rev-parse", "HEAD", cwd=clone)
    write(clone, "collection.yaml", (clone / "collection.yaml").read_text() + FERN_ENTRY + IVY_ENTRY)
    git("commit", "--quiet", "--all", "-m", "Add two", "--author=Zoe <zoe@example.org>", cwd=clone)
    git("push", "--quiet", "origin", "HEAD:main", "HEAD:refs/pull/8/head", cwd=clone)
    async with reviewing("8") as (pilot, screen):
        assert screen.review is not None and screen.review.base == before
        await choose(pilot)
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseEntriesScreen))
        await pilot.press("space", "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, MergePreview))
        await pilot.press("ctrl+s")
        await committed(pilot, screen, "reverted")
        text = (clone / "collection.yaml").read_text()
        assert ("id: fern" in text, "id: ivy" in text) == (False, True)
        await choose(pilot, "down")
        await until(pilot, lambda: isinstance(pilot.app.screen, MergePreview))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "id: ivy" not in (clone / "collection.yaml").read_text())
