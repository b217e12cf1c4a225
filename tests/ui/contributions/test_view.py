"""The Contributions view lists what waits, tells what each does, and opens its review."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from partner_tui.contributions.checked import Checked
from partner_tui.contributions.contribution import Contribution
from partner_tui.repository.git import run as git_of_the_app
from partner_tui.settings import Directories, Settings
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.contributions.contribution_list import ContributionList, ListHeading
from partner_tui.ui.contributions.merging_several import BatchScreen
from partner_tui.ui.contributions.view import ContributionsView
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.review.screen import ReviewScreen
from partner_tui.ui.widgets.box import Box
from partner_tui.ui.widgets.filter_line import FilterLine
from partner_tui.ui.workspace.screen import WorkspaceScreen
from partner_tui.ui.workspace.view_bar import ViewTab
from partner_tui.workspace.contributions import known
from partner_tui.workspace.contributions.contributions import Contributions
from partner_tui.workspace.contributions.reviewer import ReviewedClone, Reviewer
from tests.contributed import make_contributed
from tests.real_git import git, make_clone
from tests.repository.http_remote import HttpRemote
from tests.ui.waiting import opened_frame, until


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    return make_clone(make_contributed(tmp_path), tmp_path / "clone")


@asynccontextmanager
async def shown(
    clone: Path,
    directories: Directories,
    *,
    fetch: bool = True,
    size: tuple[int, int] = (120, 36),
    github_api: str = "",
) -> AsyncIterator[tuple[Pilot[None], ContributionsView]]:
    """The view in front, once nothing is under way."""
    app = PartnerApp(Settings(fetch_on_open=fetch, github_api=github_api), directories, str(clone))
    async with app.run_test(size=size) as pilot:
        await opened_frame(pilot)
        await pilot.press("2")
        await until(pilot, lambda: bool(app.screen.query(ContributionsView)))
        view = app.screen.query_one(ContributionsView)
        await until(pilot, lambda: view.workspace.repository is not None and not app.background.running)
        yield pilot, view


def names(view: ContributionsView) -> list[str]:
    rows = (view.sent.get_option_at_index(at).prompt for at in range(view.sent.option_count))
    return [str(row).lstrip("✓●○? ").split()[0] for row in rows]


def cells(view: ContributionsView, name: str) -> list[str]:
    """The cells of a row; none has two spaces in it."""
    return re.split(r"\s{2,}", prompt(view, name).strip())


def prompt(view: ContributionsView, name: str) -> str:
    return str(view.sent.get_option_at_index(names(view).index(name)).prompt)


def title(pilot: Pilot[None]) -> str:
    """Of the dialog in front."""
    return "".join(str(box.border_title) for box in pilot.app.screen.query(Box))


def overview(view: ContributionsView) -> str:
    return str(view.query_one("#overview", Static).content)


@pytest.mark.slow
async def test_what_waits_is_fetched_listed_and_reviewed_in_the_background(
    clone: Path, directories: Directories
) -> None:
    aside = git("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "Aside", cwd=clone)
    git(
        "push", "--quiet", "origin", f"{aside}:refs/heads/aside", cwd=clone
    )  # listed before anything is fetched
    async with shown(clone, directories) as (pilot, view):
        await until(pilot, lambda: names(view)[:2] == ["To", "#2"])
        assert sorted(names(view)[1:]) == ["#2", "#3", "#4", "#5", "#6", "#7", "aside"]
        assert view.chosen is not None and view.chosen.one.name == "2", (
            "the first, as nobody moved the cursor"
        )
        await until(pilot, lambda: all(row.summary for row in view.known.rows if not row.is_over))
        assert cells(view, "#5")[-3:] == ["+1", "–", "✓ by entry"]
        tabs = {tab.view: tab.count for tab in view.screen.query(ViewTab)}
        assert tabs["contributions"] == "7"
        await until(pilot, lambda: "→ veins (was leaf-veins)" in overview(view))
        assert git("status", "--porcelain", cwd=clone) == ""


@pytest.mark.slow
async def test_a_second_start_shows_what_is_known_at_once(clone: Path, directories: Directories) -> None:
    async with shown(clone, directories) as (pilot, view):
        await until(
            pilot,
            lambda: bool(view.known.rows) and all(row.summary or row.is_over for row in view.known.rows),
        )
        await until(pilot, lambda: not view.app.background.running)
    kept = list(directories.state.rglob("contributions.json"))
    assert len(kept) == 1
    async with shown(clone, directories, fetch=False) as (pilot, view):
        await until(pilot, lambda: len(names(view)) > 1)
        assert "by entry" in prompt(view, "#5")
        await until(pilot, lambda: "→ veins (was leaf-veins)" in overview(view))


async def test_the_review_is_opened_and_left(clone: Path, directories: Directories) -> None:
    async with shown(clone, directories) as (pilot, view):
        await until(pilot, lambda: "#2" in names(view))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        await until(pilot, lambda: not view.app.background.running)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, WorkspaceScreen))
        await until(pilot, lambda: view.sent.has_focus)


@pytest.mark.slow
async def test_merged_ones_are_shown_when_asked_for(clone: Path, directories: Directories) -> None:
    async with shown(clone, directories) as (pilot, view):
        await until(pilot, lambda: "#2" in names(view))
        assert "#1" not in names(view)
        await pilot.press("t")
        await until(pilot, lambda: "#1" in names(view))
        assert "merged" in prompt(view, "#1")
        assert any("1 more contribution below" in one.message for one in pilot.app._notifications)
        await pilot.press("end", "space")
        await until(
            pilot, lambda: any("on the branch already" in one.message for one in pilot.app._notifications)
        )
        assert not view.sent.marked
        await pilot.press("t")
        await until(pilot, lambda: "#1" not in names(view))


@pytest.mark.slow
async def test_the_filter_leaves_what_fits(clone: Path, directories: Directories) -> None:
    async with shown(clone, directories) as (pilot, view):
        await until(
            pilot,
            lambda: bool(view.known.rows) and all(row.summary or row.is_over for row in view.known.rows),
        )
        await pilot.press("slash", *"touches:ci", "enter")
        await until(pilot, lambda: names(view)[1:] == ["#3"])
        await pilot.press("escape")
        await until(pilot, lambda: len(names(view)) == 7)
        await pilot.press("slash")
        line = view.query_one(FilterLine)
        await until(pilot, lambda: bool(line.region))
        place = line.region
        await pilot.press(*"zzz")
        await until(pilot, lambda: not view.sent.display)
        await pilot.pause()
        assert line.region == place, "nobody types in a line that moves"


@pytest.mark.slow
async def test_a_contribution_opens_over_the_list_where_there_is_little_room(
    clone: Path, directories: Directories
) -> None:
    async with shown(clone, directories, size=(80, 24)) as (pilot, view):
        await until(pilot, lambda: "#2" in names(view))
        pane = view.query_one("#contribution")
        assert not pane.region
        await pilot.press("tab")
        await until(pilot, lambda: bool(pane.region) and not view.sent.region)
        await pilot.press("escape")
        await until(pilot, lambda: bool(view.sent.region) and view.sent.has_focus)


async def test_a_repository_without_contributions_says_what_to_do(
    repository: Path, directories: Directories
) -> None:
    async with shown(repository, directories) as (pilot, view):
        empty = view.query_one("#none-sent", Static)
        await until(pilot, lambda: "this clone has no remote" in str(empty.content))
        assert empty.has_focus


@pytest.mark.slow
async def test_a_first_fetch_and_the_listing_are_said_stopped_and_done_again(
    tmp_path: Path, directories: Directories, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed, is_held = Contributions.listed, Event()

    def held(contributions: Contributions, *arguments: Any, **options: Any) -> tuple[Contribution, ...]:
        while is_held.is_set():
            git_of_the_app(["rev-parse", "HEAD"], cwd=contributions.root)  # raises when it is stopped
        return listed(contributions, *arguments, **options)

    monkeypatch.setattr(Contributions, "listed", held)
    (tmp_path / "remote").mkdir()
    made = make_contributed(tmp_path / "remote")
    with HttpRemote(made.parent, delay=0.1, piece=1) as remote:
        clone = make_clone(made, tmp_path / "clone")
        git("remote", "set-url", "origin", remote.url(made.name), cwd=clone)
        app = PartnerApp(Settings(fetch_on_open=True), directories, str(clone))
        async with app.run_test(size=(80, 24)) as pilot:
            await opened_frame(pilot)
            await pilot.press("2")
            await until(pilot, lambda: bool(app.screen.query("#none-sent")))
            view = app.screen.query_one(ContributionsView)
            empty = view.query_one("#none-sent", Static)
            await until(pilot, lambda: "Fetching contributions" in str(empty.content))
            assert "esc stop" in str(empty.content)
            await pilot.press("escape")
            await until(pilot, lambda: "No contributions known." in str(empty.content))
            remote.delay = 0
            is_held.set()
            await pilot.press("f5")
            await until(pilot, lambda: str(empty.content) == "Listing contributions…\n\nesc stop")
            await pilot.press("escape")
            await until(pilot, lambda: "you stopped it" in str(empty.content))
            is_held.clear()
            await pilot.press("f5")
            await until(pilot, lambda: "#2" in names(view) and view.sent.has_focus)


@pytest.mark.slow
@pytest.mark.all_views
async def test_escape_stops_all_reviews_and_f5_goes_on_with_them(
    clone: Path, directories: Directories, monkeypatch: pytest.MonkeyPatch
) -> None:
    check, is_held, asked = Reviewer.check, Event(), []

    def held(reviewer: Reviewer, clone: ReviewedClone, one: Contribution, cancelled: Event) -> Checked:
        asked.append(one)
        if not is_held.is_set():
            cancelled.wait()
        return check(reviewer, clone, one, cancelled)

    monkeypatch.setattr(Reviewer, "check", held)
    app = PartnerApp(Settings(fetch_on_open=True), directories, str(clone))
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        await until(pilot, lambda: bool(app.screen.query(ContributionList)))
        view = app.screen.query_one(ContributionsView)
        await until(pilot, lambda: len(view.known.waiting) == 6)
        assert not asked, "nothing is reviewed before the view is looked at"
        await pilot.press("2")
        both = {"reading the contribution", "reviewing contributions"}
        await until(pilot, lambda: len(asked) > 1 and {one.title for one in app.background.running} == both)
        asked.clear()  # the first one is read again where a longer list comes meanwhile
        await pilot.press("escape", "escape")
        await until(pilot, lambda: not app.background.running)
        assert len(view.known.waiting) == 6 and not asked
        is_held.set()
        await pilot.press("f5")
        await until(pilot, lambda: not view.known.waiting)


async def test_escape_ends_the_child_that_reviews(
    clone: Path, directories: Directories, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pid = tmp_path / "pid"
    hangs = (
        "import os, pathlib, sys, time; print('ready', flush=True); sys.stdin.readline();"
        f" pathlib.Path({str(pid)!r}).write_text(f'{{os.getpid()}}.'); time.sleep(600)"
    )
    monkeypatch.setattr(known, "Reviewer", lambda: Reviewer(command=(sys.executable, "-c", hangs)))
    app = PartnerApp(Settings(fetch_on_open=True), directories, str(clone))
    async with app.run_test(size=(120, 36)) as pilot:
        await opened_frame(pilot)
        await pilot.press("2")
        await until(pilot, lambda: pid.exists() and pid.read_text().endswith("."))
        child = int(pid.read_text()[:-1])
        os.kill(child, 0)
        await pilot.press("escape", "escape")
        await until(pilot, lambda: not app.background.running)

        def is_gone() -> bool:
            with suppress(ProcessLookupError):
                os.kill(child, 0)
                return False
            return True

        await until(pilot, is_gone)


@pytest.mark.all_views
async def test_the_counter_is_right_before_the_view_was_looked_at(
    clone: Path, directories: Directories
) -> None:
    app = PartnerApp(Settings(fetch_on_open=True), directories, str(clone))
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        tabs = app.screen.query(ViewTab)
        await until(pilot, lambda: {tab.view: tab.count for tab in tabs}.get("contributions") == "6")


@pytest.mark.slow
async def test_a_click_selects_and_another_one_opens(clone: Path, directories: Directories) -> None:
    async with shown(clone, directories) as (pilot, view):
        await until(pilot, lambda: "#2" in names(view))
        line = names(view).index("#5")
        await pilot.click(view.sent, offset=(5, line))
        await until(pilot, lambda: view.chosen is not None and view.chosen.one.name == "5")
        assert isinstance(pilot.app.screen, WorkspaceScreen)
        await pilot.click(view.sent, offset=(5, line))
        await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))


@pytest.mark.slow
async def test_several_are_merged_in_one_go_and_undone_in_one(clone: Path, directories: Directories) -> None:
    git("config", "user.name", "Ada", cwd=clone)
    git("config", "user.email", "ada@example.org", cwd=clone)
    before = git("rev-parse", "HEAD", cwd=clone)
    async with shown(clone, directories) as (pilot, view):
        await until(pilot, lambda: bool(view.known.rows) and not view.known.waiting)
        for name in ("5", "6", "7"):
            view.sent.highlighted = names(view).index(f"#{name}")
            await pilot.press("space")
        assert prompt(view, "#5").startswith("✓")
        await pilot.press("m")
        await until(pilot, lambda: isinstance(pilot.app.screen, BatchScreen))
        said = "\n".join(str(one.content) for one in pilot.app.screen.query(Static))
        assert "2 in this order, one commit each; 1 not merged." in said
        assert "merged by entry, where git alone conflicts; entries 1 added" in said
        assert "not merged: needs a decision" in said
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, BatchScreen), "Enter is not the answer"
        await pilot.press("s")
        await until(pilot, lambda: "Squash 3" in title(pilot))
        await pilot.press("s")
        await until(pilot, lambda: "Merge 3" in title(pilot))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "#5" in "".join(names(view)).partition("Merged")[2])
        assert {"5", "7"} == {row.one.name for row in view.known.rows if row.is_merged_here}
        manifest = git("show", "HEAD:collection.yaml", cwd=clone)
        assert "id: fern" in manifest and "id: ivy" in manifest and "Their Meadow" not in manifest
        assert git("rev-list", "--count", "--first-parent", f"{before}..HEAD", cwd=clone) == "2"
        await until(pilot, lambda: not view.sent.marked)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: git("rev-parse", "HEAD", cwd=clone) == before)
        await until(pilot, lambda: "Merged" not in names(view))
        assert not any(row.is_merged_here for row in view.known.rows)


def heading(view: ContributionsView) -> str:
    return str(view.query_one(ListHeading).content)


@pytest.mark.slow
async def test_the_list_is_sorted_by_keys_and_by_clicks_on_headings(
    clone: Path, directories: Directories
) -> None:
    async with shown(clone, directories) as (pilot, view):
        await until(pilot, lambda: bool(view.known.rows) and not view.known.waiting)
        await pilot.press("s")
        await until(pilot, lambda: names(view)[1:] == ["#2", "#3", "#4", "#5", "#6", "#7"])
        assert heading(view).startswith("# ▴")
        await pilot.press("S")
        await until(pilot, lambda: names(view)[1:] == ["#7", "#6", "#5", "#4", "#3", "#2"])
        assert heading(view).startswith("# ▾")
        x = heading(view).index("Merges")
        await pilot.click(ListHeading, offset=(x + 1, 0))
        await until(pilot, lambda: names(view)[-2:] == ["#6", "#4"])
        await pilot.click(ListHeading, offset=(x + 1, 0))
        await until(pilot, lambda: names(view)[1:3] == ["#6", "#4"])
        assert "Merges ▾" in heading(view)
        await pilot.press("s", "s")
        await until(pilot, lambda: view.panel.sort == ("verdict", False))
        assert "by verdict ▴" in str(view.panel.border_subtitle), "no row has one, so there is no column"
