"""The review of one contribution: what needs care, what it touches, and what is selected, with keys alone."""

from __future__ import annotations

import pytest
from textual.widgets import Static

from partner_tui.ui.entries.card import EntryCard
from partner_tui.ui.review.file_diff import FileDiff
from tests.ui.review.conftest import Reviewing
from tests.ui.waiting import screen_text, until


@pytest.mark.slow
async def test_what_needs_care_is_at_the_top_in_words(reviewing: Reviewing) -> None:
    async with reviewing("3") as (pilot, screen):
        said = str(screen.query_one("#cautions Static", Static).content)
        assert "It changes what CI runs: .github/workflows/ci.yml" in said
        row = screen.rows.chosen
        assert row is not None and row.label.plain.endswith("▲ workflow")
        await until(pilot, lambda: "pull_request_target" in screen_text(pilot.app))


async def test_an_entry_shows_its_fields_card_and_findings(reviewing: Reviewing) -> None:
    async with reviewing("7") as (pilot, screen):
        await until(pilot, lambda: "Ivy growth" in screen_text(pilot.app))
        await pilot.press("enter", "right")
        await until(pilot, lambda: screen.detail.shown_tab == "card")
        await until(pilot, lambda: "Ivy that grows" in screen_text(pilot.app))
        await pilot.press("right")
        await until(pilot, lambda: "No pictures." in screen_text(pilot.app))
        await pilot.press("right")
        await until(pilot, lambda: "Remaining" in screen_text(pilot.app))


@pytest.mark.slow
async def test_brackets_go_to_the_next_row_and_the_focus_stays_beside(reviewing: Reviewing) -> None:
    async with reviewing("7") as (pilot, screen):
        await pilot.press("enter", "right_square_bracket", "right_square_bracket")
        await until(pilot, lambda: isinstance(screen.focused, FileDiff))
        row = screen.rows.chosen
        assert row is not None and row.key == "file:docs/ivy.md"
        await pilot.press(*["right_square_bracket"] * 4)
        await until(pilot, lambda: bool(pilot.app._notifications))


@pytest.mark.slow
async def test_in_a_narrow_terminal_what_is_opened_is_over_the_list(reviewing: Reviewing) -> None:
    async with reviewing("7", (80, 24)) as (pilot, screen):
        assert not screen.detail.display
        await pilot.press("enter")
        await until(pilot, lambda: screen.detail.has_focus_within and not screen.query_one("#rows").display)
        await pilot.press("escape")
        await until(pilot, lambda: screen.rows.has_focus)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is not screen)


async def test_a_removed_manifest_is_said_and_opens_nothing(reviewing: Reviewing) -> None:
    async with reviewing("4") as (_, screen):
        said = str(screen.query_one("#cautions Static", Static).content)
        assert "It removes or renames the manifest: collection.yaml" in said


async def test_a_contributed_link_is_copied_and_not_opened(
    reviewing: Reviewing, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("partner_tui.ui.browser.open_in_browser", opened.append)
    async with reviewing("7") as (pilot, screen):
        screen.detail.query_one(EntryCard).post_message(EntryCard.LinkClicked("https://example.org/a"))
        await until(pilot, lambda: pilot.app.clipboard == "https://example.org/a")
    assert not opened
