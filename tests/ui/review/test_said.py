"""What a reviewer says is on the disk with each key, is there again after a start, and is exported as Markdown."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from partner_tui.contributions.kept import KeptReview
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.dialogs.save_file import SaveFileScreen
from partner_tui.ui.review.screen import ReviewScreen
from partner_tui.ui.review.verdict import VerdictScreen
from partner_tui.ui.review.words_screen import WordsScreen
from partner_tui.workspace.contributions.kept_reviews import find_review
from tests.real_git import git, make_clone, write
from tests.ui.review.conftest import Reviewing
from tests.ui.waiting import frame_of, screen_text, until


def on_disk(screen: ReviewScreen) -> KeptReview:
    return find_review(screen.frame.workspace.state, screen.one)


async def write_words(pilot: Pilot[None], screen: ReviewScreen, words: str) -> None:
    """Fill the dialog that comes up, and save."""
    await until(pilot, lambda: isinstance(pilot.app.screen, WordsScreen))
    pilot.app.screen.query_one(TextArea).text = words
    await pilot.press("ctrl+s")
    await until(pilot, lambda: pilot.app.screen is screen and not screen.app.background.running)


async def test_a_field_a_line_and_an_entry_are_commented_on(reviewing: Reviewing) -> None:
    async with reviewing("7") as (pilot, screen):
        await pilot.press("c")
        await write_words(pilot, screen, "A nice one.")
        await pilot.press("enter", "j", "c")
        await write_words(pilot, screen, "Is it a dataset?")
        await pilot.press("right_square_bracket", "right_square_bracket")
        await until(
            pilot, lambda: "Ivy" in screen_text(pilot.app) and screen.detail.diff.selected_line is not None
        )
        await pilot.press("c")
        await write_words(pilot, screen, "More words, please.")
        said = [(one.place, one.at, one.text, one.quote) for one in on_disk(screen).comments]
        assert said == [
            ("entry:ivy", "", "A nice one.", ""),
            ("entry:ivy", "type", "Is it a dataset?", "dataset"),
            ("file:docs/ivy.md", "line 1", "More words, please.", "Ivy"),
        ]
    async with reviewing("7") as (pilot, screen):
        await until(pilot, lambda: len(screen.kept.comments) == 3)
        await pilot.press("G", "enter")
        await until(pilot, lambda: "More words, please." in screen_text(pilot.app))


@pytest.mark.slow
async def test_what_was_typed_and_cancelled_is_there_the_next_time(reviewing: Reviewing) -> None:
    async with reviewing("7") as (pilot, screen):
        await pilot.press("c")
        await until(pilot, lambda: isinstance(pilot.app.screen, WordsScreen))
        await pilot.press("H", "m", "escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        await pilot.press("c")
        await until(pilot, lambda: isinstance(pilot.app.screen, WordsScreen))
        assert pilot.app.screen.query_one(TextArea).text == "Hm"


@pytest.mark.slow
async def test_a_comment_is_edited_and_deleted_after_a_question(reviewing: Reviewing) -> None:
    async with reviewing("7") as (pilot, screen):
        await pilot.press("c")
        await write_words(pilot, screen, "First")
        await pilot.press("G", "enter", "e")
        await write_words(pilot, screen, "Second")
        assert [one.text for one in on_disk(screen).comments] == ["Second"]
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: pilot.app.screen is screen and not on_disk(screen).comments)


@pytest.mark.slow
async def test_the_reviewers_answers_go_before_the_machines_and_are_cleared(reviewing: Reviewing) -> None:
    async with reviewing("7") as (pilot, screen):
        await pilot.press("G", "k", "enter", "p", "f")
        await until(pilot, lambda: len(on_disk(screen).answers) == 2)
        assert [one.state for one in on_disk(screen).answers.values()] == ["pass", "fail"]
        await pilot.press("k", "enter")
        await write_words(pilot, screen, "No maintainers.")
        assert "No maintainers." in [one.remark for one in on_disk(screen).answers.values()]
        await pilot.press("u")
        await until(pilot, lambda: len(on_disk(screen).answers) == 1)


@pytest.mark.slow
async def test_asking_for_changes_keeps_the_verdict_and_offers_the_markdown(
    reviewing: Reviewing, tmp_path: Path
) -> None:
    async with reviewing("7") as (pilot, screen):
        await pilot.press("c")
        await write_words(pilot, screen, "Which license?")
        await pilot.press("v")
        await until(pilot, lambda: isinstance(pilot.app.screen, VerdictScreen))
        await pilot.press("down", "down", "down", "enter")
        await until(pilot, lambda: on_disk(screen).verdict == "changes")
        await until(pilot, lambda: "tell the author" in screen_text(pilot.app))
        await pilot.press("enter")
        await until(pilot, lambda: "Which license?" in pilot.app.clipboard)
        assert "**Verdict: changes requested**" in pilot.app.clipboard
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, SaveFileScreen))
        file = tmp_path / "review.md"
        file.write_text("mine")
        pilot.app.screen.query_one(Input).value = str(file)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, SaveFileScreen))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert file.read_text() == "mine"


@pytest.mark.slow
async def test_what_changed_since_the_last_look_is_first_and_its_answers_are_open_again(
    reviewing: Reviewing, tmp_path: Path
) -> None:
    async with reviewing("7") as (pilot, screen):
        await pilot.press("G", "k", "enter", "p")
        await until(pilot, lambda: len(on_disk(screen).answers) == 1)
        assert on_disk(screen).head == screen.one.head
        await pilot.press("escape", "escape")
        await until(pilot, lambda: pilot.app.screen is not screen)
    (key,) = on_disk_at(screen, tmp_path)
    assert key[1] == "The name is descriptive"
    work = make_clone(tmp_path / "partner.git", tmp_path / "work")
    git("config", "user.name", "Author 7", cwd=work)
    git("config", "user.email", "author7@example.org", cwd=work)
    git("fetch", "--quiet", "origin", "refs/pull/7/head", cwd=work)
    git("switch", "--quiet", "--detach", screen.one.head, cwd=work)
    text = (work / "collection.yaml").read_text().replace("name: Ivy growth", "name: Ivy that climbs")
    write(work, "collection.yaml", text)
    git("commit", "--quiet", "--all", "-m", "Better name", cwd=work)
    git("push", "--quiet", "--force", "origin", "HEAD:refs/pull/7/head", cwd=work)
    async with reviewing("7") as (pilot, screen):
        await until(pilot, lambda: "1 entry and 1 file changed" in screen_text(pilot.app))
        row = screen.rows.chosen
        assert row is not None and (row.part, row.key) == ("Changed since your last look", "entry:ivy")
        await until(pilot, lambda: "Ivy that climbs" in screen_text(pilot.app))
        assert not screen.kept.answers


def on_disk_at(screen: ReviewScreen, tmp_path: Path) -> list[tuple[str, str]]:
    (folder,) = (tmp_path / "home" / "state" / "clones").iterdir()
    kept = find_review(folder, screen.one)
    assert kept.head == screen.one.head
    return list(kept.answers)


async def test_a_look_without_a_word_is_known_the_next_time(reviewing: Reviewing) -> None:
    async with reviewing("7") as (pilot, screen):
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is not screen)
        assert on_disk_head(screen, pilot) == screen.one.head


def on_disk_head(screen: ReviewScreen, pilot: Pilot[None]) -> str:
    return find_review(frame_of(pilot.app).workspace.state, screen.one).head


async def test_a_page_that_is_not_known_says_so(reviewing: Reviewing) -> None:
    async with reviewing("7") as (pilot, screen):
        await pilot.press("o")
        await until(pilot, lambda: bool(pilot.app._notifications))
        assert await asyncio.to_thread(screen.contributions.page_of, screen.one) == ""
