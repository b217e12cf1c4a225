"""A merge from the review: decided, shown, agreed to, committed, and undone; nothing moves before."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from partner_tui.ui.changes.conflicts import ConflictCard, ConflictsScreen
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.review.merge_preview import MergePreview
from partner_tui.ui.review.screen import ReviewScreen
from partner_tui.ui.review.verdict import VerdictScreen
from tests.real_git import git
from tests.ui.review.conftest import Reviewing
from tests.ui.waiting import screen_text, until

FERN = "5"
"""Adds an entry where the branch added another: git alone conflicts."""
TITLE = "6"
"""Changes a title that the branch changed, too."""
GONE = "4"
"""Removes the manifest."""


async def choose(pilot: Pilot[None], *down: str) -> None:
    await pilot.press("v")
    await until(pilot, lambda: isinstance(pilot.app.screen, VerdictScreen))
    await pilot.press(*down, "enter")


async def merged(pilot: Pilot[None], screen: ReviewScreen) -> None:
    await until(pilot, lambda: pilot.app.screen is screen and screen.kept.merged is not None)
    await until(pilot, lambda: not screen.app.background.running)


async def test_what_git_cannot_merge_is_merged_by_entry_and_undone(reviewing: Reviewing, clone: Path) -> None:
    before = git("rev-parse", "HEAD", cwd=clone)
    async with reviewing(FERN) as (pilot, screen):
        await choose(pilot)
        await until(pilot, lambda: isinstance(pilot.app.screen, MergePreview))
        assert "Merge pull request #5" in screen_text(pilot.app)
        assert git("rev-parse", "HEAD", cwd=clone) == before
        await pilot.press("ctrl+s")
        await merged(pilot, screen)
        text = (clone / "collection.yaml").read_text()
        assert "id: moss" in text and "id: fern" in text
        assert git("rev-parse", "HEAD^2", cwd=clone) == screen.one.head
        assert git("log", "-1", "--format=%an", "HEAD^2", cwd=clone) == "Author 5"
        assert "merged" in screen_text(pilot.app)
        await choose(pilot, "down", "down")
        await until(pilot, lambda: "tell the author" in screen_text(pilot.app))
        assert "Open its page" not in screen_text(pilot.app), "the remote is a folder"
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen and screen.kept.verdict == "changes")
        assert {one.id for one in screen.frame.workspace.manifest.entries} >= {"moss", "fern"}
        await pilot.press("ctrl+z")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: screen.kept.merged is None)
        assert git("rev-parse", "HEAD", cwd=clone) == before
        assert any("reset" in one.command for one in screen.frame.workspace.log.commands)


@pytest.mark.slow
async def test_a_squash_names_the_author_of_the_contribution(reviewing: Reviewing, clone: Path) -> None:
    async with reviewing(FERN) as (pilot, screen):
        await choose(pilot, "down")
        await until(pilot, lambda: isinstance(pilot.app.screen, MergePreview))
        assert "Co-authored-by: Author 5 <author5@example.org>" in screen_text(pilot.app)
        await pilot.press("ctrl+s")
        await merged(pilot, screen)
        assert screen.kept.verdict == "squashed"
        assert "Co-authored-by: Author 5" in git("log", "-1", "--format=%B", cwd=clone)


async def test_a_value_that_both_changed_is_decided_by_a_person(reviewing: Reviewing, clone: Path) -> None:
    async with reviewing(TITLE) as (pilot, screen):
        await choose(pilot)
        await until(pilot, lambda: isinstance(pilot.app.screen, ConflictsScreen))
        await until(pilot, lambda: isinstance(pilot.app.focused, ConflictCard))
        assert "Their Meadow" in screen_text(pilot.app) and "Contribution" in screen_text(pilot.app)
        await pilot.press("right", "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, MergePreview))
        await pilot.press("ctrl+s")
        await merged(pilot, screen)
        assert "splash_title: Their Meadow" in (clone / "collection.yaml").read_text()


@pytest.mark.slow
async def test_a_result_that_cannot_be_read_has_to_be_agreed_to_and_enter_does_not(
    reviewing: Reviewing, clone: Path
) -> None:
    before = git("rev-parse", "HEAD", cwd=clone)
    async with reviewing(GONE) as (pilot, screen):
        await choose(pilot)
        await until(pilot, lambda: isinstance(pilot.app.screen, ConflictsScreen))
        await pilot.press("right", "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, MergePreview))
        assert "The manifest is gone" in screen_text(pilot.app)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen))
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert git("rev-parse", "HEAD", cwd=clone) == before and screen.kept.verdict is None


@pytest.mark.slow
async def test_an_uncommitted_change_in_the_way_is_said_and_nothing_moves(
    reviewing: Reviewing, clone: Path
) -> None:
    before = git("rev-parse", "HEAD", cwd=clone)
    async with reviewing(FERN) as (pilot, screen):
        (clone / "collection.yaml").write_text((clone / "collection.yaml").read_text() + "# mine\n")
        await choose(pilot)
        await until(pilot, lambda: isinstance(pilot.app.screen, MergePreview))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: any("uncommitted" in one.title for one in pilot.app._notifications))
        assert git("rev-parse", "HEAD", cwd=clone) == before
        assert screen.kept.merged is None
        assert (clone / "collection.yaml").read_text().endswith("# mine\n")


@pytest.mark.slow
async def test_fixes_on_top_are_a_second_commit(reviewing: Reviewing, clone: Path) -> None:
    async with reviewing(FERN) as (pilot, screen):
        await choose(pilot, "down", "down")
        await until(pilot, lambda: isinstance(pilot.app.screen, MergePreview))
        assert "Fix fern" in screen_text(pilot.app) and "Our fixes on top" in screen_text(pilot.app)
        await pilot.press("ctrl+s")
        await merged(pilot, screen)
        assert git("log", "-1", "--format=%s", cwd=clone) == "Fix fern"
        assert git("rev-parse", "HEAD^^2", cwd=clone) == screen.one.head
        await pilot.press("ctrl+z")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: screen.kept.merged is None)
        assert "id: fern" not in (clone / "collection.yaml").read_text()
