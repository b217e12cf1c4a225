"""Branches in the app: switched to with what is uncommitted, deleted after a question, and what the next start opens."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.widgets import OptionList, TextArea

from partner_tui.manifest.editing.edits import Replace
from partner_tui.plain import age
from partner_tui.repository.branches.switching import Branch
from partner_tui.ui.changes.branches import BranchesScreen, branch_row
from partner_tui.ui.changes.change_list import ChangeList
from partner_tui.ui.changes.commit_form import CommitForm
from partner_tui.ui.changes.git_log import GitLogPane
from partner_tui.ui.changes.remote_box import RemoteBox
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.dialogs.failure import FailureScreen
from partner_tui.ui.start.lost_manifest import LostManifestScreen
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.small_partner import git
from tests.ui.changes.driving import (
    TITLE,
    MakeApp,
    changes_of,
    edit,
    lines_of,
    on_screen,
    screen_text,
    told,
    until,
)

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def make_branch(clone: Path, name: str, path: str, content: str | None) -> None:
    """A branch with one commit more than main, which is current afterwards."""
    git(clone, "switch", "--quiet", "--create", name)
    if content is None:
        git(clone, "rm", "--quiet", path)
    else:
        (clone / path).write_text(content)
        git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message", f"On {name}")
    git(clone, "switch", "--quiet", "main")


def current(clone: Path) -> str:
    return git(clone, "branch", "--show-current").strip()


@pytest.mark.slow
async def test_a_switch_keeps_edits_and_the_message_and_the_next_start_opens_that_branch(
    make_app: MakeApp, clone: Path
) -> None:
    make_branch(clone, "side", "notes.md", "x\n")
    async with changes_of(make_app(clone)) as (pilot, view):
        await edit(pilot, Replace(TITLE, "Mine"))
        form = view.query_one(CommitForm)
        await until(pilot, lambda: view.query_one(ChangeList).rows, "the edit")
        form.query_one("#message", TextArea).load_text("A message of my own")
        await pilot.press("b")
        await on_screen(pilot, BranchesScreen)
        await pilot.press("j", "enter")
        await until(pilot, lambda: "Switched to side" in told(), "the switch")
        assert current(clone) == "side"
        assert "uncommitted changes are kept" in told()
        await until(pilot, lambda: "side" in view.workspace.place[1], "the top line")
        assert "splash_title: Mine" in (clone / "collection.yaml").read_text()
        await until(pilot, lambda: view.query_one(ChangeList).rows, "the edit on the other branch")
        assert form.message == "A message of my own"
        assert any("switch" in one.brief for one in view.workspace.repository.log.commands)  # type: ignore[union-attr]
        assert view.query_one(GitLogPane)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: not view.query_one(ChangeList).rows, "undo works there, too")
    async with changes_of(make_app(clone)) as (pilot, view):
        assert view.workspace.place[1].startswith("side")


@pytest.mark.slow
async def test_the_branches_are_a_click_away(make_app: MakeApp, clone: Path) -> None:
    async with changes_of(make_app(clone), (80, 24)) as (pilot, view):
        box = view.query_one(RemoteBox)
        await until(pilot, lambda: box.border_subtitle, "the words")
        await pilot.click(box, offset=(4, 1))
        assert not isinstance(pilot.app.screen, BranchesScreen)
        await pilot.click(box, offset=(box.outer_size.width - 8, box.outer_size.height - 1))
        await on_screen(pilot, BranchesScreen)


@pytest.mark.slow
async def test_edits_in_the_way_are_named_and_kept(make_app: MakeApp, clone: Path) -> None:
    other = (clone / "collection.yaml").read_text().replace("Nuclei of petals", "Nuclei")
    make_branch(clone, "side", "collection.yaml", other)
    async with changes_of(make_app(clone), (80, 24)) as (pilot, view):
        await edit(pilot, Replace(TITLE, "Mine"))
        await pilot.press("b")
        await on_screen(pilot, BranchesScreen)
        await pilot.press("j", "enter")
        await on_screen(pilot, FailureScreen)
        text = screen_text(pilot.app)
        assert "Switching to side would overwrite" in text and "collection.yaml" in text
        assert current(clone) == "main"
        assert "splash_title: Mine" in (clone / "collection.yaml").read_text()
        assert view.workspace.steps.done


@pytest.mark.slow
async def test_a_branch_without_a_manifest_leads_to_what_can_be_done(make_app: MakeApp, clone: Path) -> None:
    make_branch(clone, "empty", "collection.yaml", None)
    async with changes_of(make_app(clone)) as (pilot, _):
        await pilot.press("b")
        await on_screen(pilot, BranchesScreen)
        await pilot.press("j", "enter")
        await on_screen(pilot, LostManifestScreen)
        assert current(clone) == "empty"
        assert any("Switch to main" in line for line in lines_of(pilot))


@pytest.mark.slow
async def test_a_branch_with_another_manifest_opens_that(make_app: MakeApp, clone: Path) -> None:
    git(clone, "switch", "--quiet", "--create", "renamed")
    git(clone, "mv", "collection.yaml", "manifest.bioimage.io.yaml")
    git(clone, "commit", "--quiet", "--message", "Rename it")
    git(clone, "switch", "--quiet", "main")
    async with changes_of(make_app(clone)) as (pilot, view):
        first = view.workspace
        await pilot.press("b")
        await on_screen(pilot, BranchesScreen)
        await pilot.press("j", "enter")
        await until(
            pilot,
            lambda: isinstance(pilot.app.screen, WorkspaceScreen) and pilot.app.screen.workspace is not first,
            "the other manifest",
        )
        assert isinstance(pilot.app.screen, WorkspaceScreen)
        assert pilot.app.screen.workspace.manifest_name == "manifest.bioimage.io.yaml"


async def test_a_branch_is_deleted_by_a_letter_and_not_by_enter(
    make_app: MakeApp, clone: Path, bare: Path
) -> None:
    make_branch(clone, "gone", "notes.md", "x\n")
    git(clone, "push", "--quiet", "--set-upstream", "origin", "gone")
    git(bare, "branch", "--delete", "--force", "gone")
    git(clone, "fetch", "--quiet", "--prune")
    async with changes_of(make_app(clone), (80, 24)) as (pilot, _):
        await pilot.press("b")
        await on_screen(pilot, BranchesScreen)
        await pilot.press("d")
        await until(pilot, lambda: "main is checked out here" in screen_text(pilot.app), "why not")
        assert "gone (origin" in lines_of(pilot)[1]
        for answer in ("enter", "y"):
            pilot.app.screen.query_one(OptionList).highlighted = 1
            await pilot.press("d")
            await on_screen(pilot, ConfirmScreen)
            assert "1 commit is on no other branch" in screen_text(pilot.app)
            await pilot.press(answer)
            await on_screen(pilot, BranchesScreen)
            assert ("gone" in git(clone, "branch")) == (answer == "enter")
        assert "To restore it: git branch gone " in screen_text(pilot.app)


@pytest.mark.parametrize("width", [40, 66, 92])
def test_a_row_is_as_wide_as_the_room(width: int) -> None:
    branch = Branch("partner-tui/a-very-long-name-of-a-branch-that-goes-on", None, "a" * 40, NOW)
    for listed in (branch, replace(branch, upstream="origin/x", is_gone=True)):
        assert branch_row(listed, width, NOW).cell_length <= width


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(seconds=-50), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=23), "23 hours ago"),
        (timedelta(days=45), "1 month ago"),
        (timedelta(days=800), "2 years ago"),
    ],
)
def test_an_age_is_told_in_its_largest_unit(ago: timedelta, words: str) -> None:
    assert age(NOW - ago, NOW) == words
