"""Amending and undoing the last commit in the app."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Button, TextArea

from partner_tui.manifest.editing.edits import Replace
from partner_tui.ui.changes.change_list import ChangeList
from partner_tui.ui.changes.commit_form import CommitForm
from partner_tui.ui.changes.view import ChangesView
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.widgets.toggles import CheckBox
from tests.small_partner import git
from tests.ui.changes.driving import TITLE, MakeApp, changes_of, edit, on_screen, told, until


def subjects(clone: Path) -> list[str]:
    return git(clone, "log", "--format=%s").splitlines()


def commit(clone: Path) -> None:
    manifest = clone / "collection.yaml"
    manifest.write_text(manifest.read_text().replace("splash_title: Microscopy Meadow", "splash_title: Mine"))
    git(clone, "commit", "--quiet", "--all", "--message", "Give it a title\n\nBecause.")


async def test_the_last_commit_is_amended_with_its_message_and_a_new_edit(
    make_app: MakeApp, clone: Path
) -> None:
    commit(clone)
    async with changes_of(make_app(clone), (80, 24)) as (pilot, view):
        await edit(pilot, Replace(TITLE, "Yours"))
        await until(pilot, lambda: view.query_one(ChangeList).rows, "the edit")
        await pilot.press("A")
        form = view.query_one(CommitForm)
        await until(pilot, lambda: form.message == "Give it a title\n\nBecause.", "the old message")
        assert str(form.query_one("#commit", Button).label) == "Amend"
        assert form.query_one("#message", TextArea).has_focus
        form.query_one("#message", TextArea).load_text("Give it a better title")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Amended: " in told(), "the amended commit")
        assert subjects(clone) == ["Give it a better title", "Begin"]
        assert "splash_title: Yours" in git(clone, "show", "HEAD:collection.yaml")
        assert not form.query_one("#amend", CheckBox).value
        await until(pilot, lambda: form.message == "", "a form for the next commit")


@pytest.mark.slow
async def test_the_message_alone_can_be_amended_and_the_box_gives_the_suggestion_back(
    make_app: MakeApp, clone: Path
) -> None:
    commit(clone)
    async with changes_of(make_app(clone)) as (pilot, view):
        form = view.query_one(CommitForm)
        assert form.query_one("#commit", Button).disabled, "nothing is edited"
        await pilot.press("A")
        await until(pilot, lambda: form.message.startswith("Give it a title"), "the old message")
        form.query_one("#amend", CheckBox).value = False
        await until(pilot, lambda: form.message == "", "the suggestion")
        form.query_one("#amend", CheckBox).value = True
        await until(pilot, lambda: not form.query_one("#commit", Button).disabled, "the button")
        form.query_one("#message", TextArea).load_text("Other words")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Amended: " in told(), "the amended commit")
        assert subjects(clone) == ["Other words", "Begin"]


@pytest.mark.slow
async def test_the_last_commit_is_undone_after_a_question_and_its_message_is_given_back(
    make_app: MakeApp, clone: Path
) -> None:
    commit(clone)
    async with changes_of(make_app(clone)) as (pilot, view):
        await pilot.press("u")
        await on_screen(pilot, ConfirmScreen)
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(pilot.app.screen, ConfirmScreen), "cancelled")
        assert subjects(clone)[0] == "Give it a title"
        await pilot.press("A")
        await until(pilot, lambda: view.query_one(CommitForm).message, "the old message")
        await pilot.press("escape", "u")
        await on_screen(pilot, ConfirmScreen)
        await pilot.press("y")
        await until(pilot, lambda: "Undone: commit" in told(), "undone")
        await until(pilot, lambda: view.query_one(ChangeList).rows, "the changes")
        assert subjects(clone) == ["Begin"]
        assert "splash_title: Mine" in (clone / "collection.yaml").read_text()
        form = view.query_one(CommitForm)
        await until(pilot, lambda: not form.query_one("#amend", CheckBox).value, "a commit of its own")
        assert form.message == "Give it a title\n\nBecause."
        await pilot.press("ctrl+z")
        await until(pilot, lambda: not view.query_one(ChangeList).rows, "ctrl+z undoes the changes")
        await pilot.press("ctrl+y")
        await until(pilot, lambda: view.query_one(ChangeList).rows, "ctrl+y redoes them")


@pytest.mark.slow
async def test_a_merge_is_undone_as_a_whole_after_a_question(make_app: MakeApp, clone: Path) -> None:
    before = (clone / "collection.yaml").read_text()
    git(clone, "switch", "--quiet", "--create", "side")
    commit(clone)
    git(clone, "switch", "--quiet", "main")
    git(clone, "merge", "--quiet", "--no-ff", "-m", "Merge it", "side")
    async with changes_of(make_app(clone)) as (pilot, view):
        await pilot.press("u")
        await on_screen(pilot, ConfirmScreen)
        await pilot.press("y")
        await until(pilot, lambda: "Undone: merge" in told(), "undone")
        assert subjects(clone) == ["Begin"]
        assert (clone / "collection.yaml").read_text() == before
        assert isinstance(view, ChangesView) and view.query_one(CommitForm).message == ""


@pytest.mark.slow
@pytest.mark.parametrize("key", ["A", "u"])
async def test_a_pushed_commit_says_why_it_stays(make_app: MakeApp, clone: Path, key: str) -> None:
    commit(clone)
    git(clone, "push", "--quiet")
    async with changes_of(make_app(clone)) as (pilot, view):
        await pilot.press(key)
        await until(pilot, lambda: "is pushed, so others may have it" in told(), "why")
        form = view.query_one(CommitForm)
        form.query_one("#amend", CheckBox).value = True
        await until(pilot, lambda: not form.query_one("#amend", CheckBox).value, "the box goes back")
        assert isinstance(view, ChangesView) and subjects(clone)[0] == "Give it a title"
