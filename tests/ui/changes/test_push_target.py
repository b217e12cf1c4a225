"""A push of which it is open where it goes asks; a branch that is gone is never "up to date", and never made again unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from partner_tui.manifest.editing.edits import Replace
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.changes.commit_form import CommitForm
from partner_tui.ui.changes.push_dialogs import NewBranchScreen, PushTargetScreen
from partner_tui.ui.changes.remote_box import RemoteBox
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.workspace.top_line import TopLine
from tests.small_partner import git
from tests.ui.changes.driving import (
    TITLE,
    MakeApp,
    changes_of,
    edit,
    on_screen,
    push_from_elsewhere,
    remote_manifest,
    screen_text,
    text_of,
    told,
    until,
)


def renamed(bare: Path) -> None:
    git(bare, "branch", "--move", "main", "trunk")
    git(bare, "symbolic-ref", "HEAD", "refs/heads/trunk")


def options(app: PartnerApp) -> list[str]:
    rows = app.screen.query_one(OptionList)
    return [str(rows.get_option_at_index(index).prompt) for index in range(rows.option_count)]


async def commit_title(pilot: Pilot[None], view: object, title: str = "Whales") -> None:
    await edit(pilot, Replace(TITLE, title))
    form = view.query_one(CommitForm)  # type: ignore[attr-defined]
    await until(pilot, lambda: form.message)


@pytest.mark.slow
async def test_a_renamed_default_branch_is_shown_and_followed(
    make_app: MakeApp,
    clone: Path,
    bare: Path,
    tmp_path: Path,
) -> None:
    renamed(bare)
    push_from_elsewhere(bare, tmp_path, "Petal nuclei", "Petals of theirs")
    app = make_app(clone, fetch_on_open=True)
    async with changes_of(app, size=(80, 24)) as (pilot, view):
        await until(pilot, lambda: "origin/main is gone" in text_of(view, RemoteBox))
        assert "Default branch: origin/trunk" in text_of(view, RemoteBox)
        assert "Up to date" not in text_of(view, RemoteBox)
        await until(pilot, lambda: "origin/main is gone" in str(app.screen.query_one(TopLine).render()))
        await commit_title(pilot, view)
        await pilot.press("c", "ctrl+g")
        await on_screen(pilot, PushTargetScreen)
        assert options(app) == [
            "Rebase onto origin/trunk and follow it from now on",
            "Push to a new branch",
            "Create origin/main again",
        ]
        await pilot.press("enter")
        await on_screen(pilot, ConfirmScreen)
        assert "Theirs came first" in screen_text(app)
        await pilot.press("y")
        await until(pilot, lambda: "Pushed" in told())
        await until(pilot, lambda: "Up to date with origin/trunk" in text_of(view, RemoteBox))
    assert "Whales" in remote_manifest(bare, "trunk") and "Petals of theirs" in remote_manifest(bare, "trunk")
    assert "main" not in git(bare, "branch", "--list", "main")
    assert git(clone, "branch", "--show-current").strip() == "trunk"


@pytest.mark.slow
async def test_a_branch_that_is_gone_without_another_one_is_asked_about(
    make_app: MakeApp,
    clone: Path,
    bare: Path,
) -> None:
    app = make_app(clone)
    async with changes_of(app) as (pilot, view):
        await commit_title(pilot, view)
        git(bare, "branch", "--move", "main", "elsewhere")
        git(bare, "symbolic-ref", "HEAD", "refs/heads/none")
        await pilot.press("c", "ctrl+g")
        await on_screen(pilot, PushTargetScreen)
        assert options(app) == ["Push to a new branch", "Create origin/main again"]
        await pilot.press("escape")
        await until(pilot, lambda: "Nothing was pushed" in told())
        assert not git(bare, "branch", "--list", "main")
        await pilot.press("P")
        await on_screen(pilot, PushTargetScreen)
        await pilot.press("down", "enter")
        await until(pilot, lambda: "Pushed" in told())
    assert "Whales" in remote_manifest(bare)


@pytest.mark.slow
async def test_p_follows_the_new_default_branch_when_there_is_nothing_to_push(
    make_app: MakeApp,
    clone: Path,
    bare: Path,
) -> None:
    git(bare, "branch", "trunk", "main")
    git(bare, "symbolic-ref", "HEAD", "refs/heads/trunk")
    app = make_app(clone, fetch_on_open=True)
    async with changes_of(app) as (pilot, view):
        await until(pilot, lambda: "Default branch: origin/trunk" in text_of(view, RemoteBox))
        await pilot.press("p")
        await on_screen(pilot, ConfirmScreen)
        await pilot.press("y")
        await until(pilot, lambda: "Up to date with origin/trunk" in text_of(view, RemoteBox))
    assert git(clone, "branch", "--show-current").strip() == "trunk"


@pytest.mark.slow
async def test_where_git_leaves_it_open_the_user_chooses(
    make_app: MakeApp,
    clone: Path,
    bare: Path,
    git_configuration: Path,
) -> None:
    git(clone, "config", "push.default", "nothing")
    app = make_app(clone)
    async with changes_of(app) as (pilot, view):
        await commit_title(pilot, view)
        await until(pilot, lambda: view.query_one(CommitForm).message)
        await pilot.press("c", "ctrl+g")
        await on_screen(pilot, PushTargetScreen)
        assert "push.default is nothing" in screen_text(app)
        assert options(app) == ["Push to origin/main", "Push to a new branch"]
        await pilot.press("down", "enter")
        await on_screen(pilot, NewBranchScreen)
        await pilot.press("escape")
        await until(pilot, lambda: "Nothing was pushed" in told())
        await pilot.press("P")
        await on_screen(pilot, PushTargetScreen)
        await pilot.press("enter")
        await until(pilot, lambda: "Pushed" in told())
    assert "Whales" in remote_manifest(bare)


@pytest.mark.slow
async def test_the_fork_that_is_pushed_to_is_named(make_app: MakeApp, clone: Path, bare: Path) -> None:
    git(bare.parent, "clone", "--quiet", "--bare", bare.as_uri(), "fork.git")
    git(clone, "remote", "add", "fork", (bare.parent / "fork.git").as_uri())
    git(clone, "config", "remote.pushDefault", "fork")
    app = make_app(clone)
    async with changes_of(app) as (pilot, view):
        await commit_title(pilot, view)
        await pilot.press("c", "ctrl+s")
        await until(pilot, lambda: "P pushes to fork/main" in text_of(view, RemoteBox))
        await pilot.press("P")
        await until(pilot, lambda: "Pushed" in told())
        await until(pilot, lambda: "Every commit is on fork/main or origin/main." in text_of(view, RemoteBox))
    assert "Whales" in remote_manifest(bare.parent / "fork.git") and "Whales" not in remote_manifest(bare)


@pytest.mark.slow
@pytest.mark.parametrize("fetched", [True, False])
async def test_a_branch_that_is_in_the_way_leads_to_a_free_name(
    make_app: MakeApp,
    clone: Path,
    bare: Path,
    fetched: bool,
) -> None:
    git(bare, "branch", "partner-tui", "main")
    if fetched:
        git(clone, "fetch", "--quiet")
    app = make_app(clone)
    async with changes_of(app) as (pilot, view):
        await commit_title(pilot, view)
        await pilot.press("c", "ctrl+s")
        await until(pilot, lambda: "not pushed" in text_of(view, RemoteBox))
        await pilot.press("B")
        await on_screen(pilot, NewBranchScreen)
        await until(pilot, lambda: app.screen.query(Input))
        proposed = app.screen.query_one(Input).value
        assert proposed == ("partner-tui-" if fetched else "partner-tui/") + "splash-title-changed"
        await pilot.press("enter")
        if not fetched:
            await until(pilot, lambda: "in the way" in screen_text(app))
            assert app.screen.query_one(Input).value == "partner-tui-splash-title-changed"
            await pilot.press("enter")
        await until(pilot, lambda: "Pushed" in told())
    assert "Whales" in remote_manifest(bare, "partner-tui-splash-title-changed")


@pytest.mark.slow
async def test_the_commit_form_proposes_a_name_that_is_free(
    make_app: MakeApp,
    clone: Path,
    bare: Path,
) -> None:
    git(clone, "branch", "partner-tui")
    async with changes_of(make_app(clone)) as (pilot, view):
        await commit_title(pilot, view)
        assert view.query_one("#branch", Input).value == "partner-tui-splash-title-changed"
