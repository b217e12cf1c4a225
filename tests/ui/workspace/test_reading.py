"""The repository is read once at a start, and the views are made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from partner_tui.ui.app import PartnerApp
from partner_tui.ui.contributions.view import ContributionsView
from partner_tui.ui.workspace import screen
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.small_partner import git
from tests.ui.waiting import until

MakeApp = Callable[..., PartnerApp]


@pytest.fixture
def clone(repository: Path, tmp_path: Path) -> Path:
    git(tmp_path, "clone", "--quiet", str(repository), "clone")
    return tmp_path / "clone"


@pytest.mark.slow
@pytest.mark.all_views
@pytest.mark.parametrize("keys", [[], ["2"], ["1", "2", "3", "4", "5"]])
async def test_it_is_fetched_once_whatever_is_pressed_meanwhile(
    make_app: MakeApp, clone: Path, keys: list[str]
) -> None:
    app = make_app(clone, fetch_on_open=True)
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen) and app.screen.focused is not None)
        frame = app.screen
        assert isinstance(frame, WorkspaceScreen)
        await pilot.press(*keys)
        await until(pilot, lambda: {view.id for view in frame.views} == set(frame.VIEWS))
        await until(pilot, lambda: frame.workspace.repository is not None and not app.background.running)
        fetched = [one for one in frame.workspace.log.commands if " fetch " in one.command]
        assert len(fetched) == 1, fetched


@pytest.mark.slow
@pytest.mark.all_views
async def test_it_is_not_read_again_where_it_was_fetched_before_the_start_came_to_it(
    make_app: MakeApp, clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "AFTER_FIRST_ROWS", 4.0)
    app = make_app(clone, fetch_on_open=True)
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen) and app.screen.focused is not None)
        frame = app.screen
        assert isinstance(frame, WorkspaceScreen)
        await pilot.press("f5")
        await until(pilot, lambda: frame.workspace.repository is not None and not app.background.running)
        await until(pilot, lambda: {view.id for view in frame.views} == set(frame.VIEWS))
        await until(pilot, lambda: not app.background.running)
        fetched = [one for one in frame.workspace.log.commands if " fetch " in one.command]
        assert len(fetched) == 1, fetched


async def test_the_view_that_is_asked_for_is_made_before_the_others(make_app: MakeApp, clone: Path) -> None:
    app = make_app(clone)
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen) and app.screen.focused is not None)
        await pilot.press("2")
        await until(pilot, lambda: bool(app.screen.query(ContributionsView)))
        assert isinstance(app.screen, WorkspaceScreen)
        assert [view.id for view in app.screen.views][:2] == ["entries", "contributions"]
