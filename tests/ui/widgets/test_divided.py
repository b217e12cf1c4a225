"""The border between the table and the entry is where the user put it, also the next time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from partner_tui.settings import Directories
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.entries.view import EntriesView
from partner_tui.ui.widgets.divided import LEAST, STEP
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.ui.waiting import until

MakeApp = Callable[..., PartnerApp]


@asynccontextmanager
async def opened(app: PartnerApp, width: int = 120) -> AsyncIterator[tuple[Pilot[None], EntriesView]]:
    async with app.run_test(size=(width, 36)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        await until(pilot, lambda: app.screen.query_one(EntriesView).detail.has_content)
        yield pilot, app.screen.query_one(EntriesView)


def border(view: EntriesView) -> int:
    return view.detail.region.x


@pytest.mark.slow
async def test_keys_move_the_border_and_it_stays_there(make_app: MakeApp, repository: Path) -> None:
    async with opened(make_app(repository)) as (pilot, view):
        before = border(view)
        await pilot.press(*">>>")
        await until(pilot, lambda: border(view) == before + 3 * STEP)
        await pilot.press("<")
        await until(pilot, lambda: border(view) == before + 2 * STEP)
        assert view.table.has_focus
    async with opened(make_app(repository)) as (pilot, view):
        assert border(view) == before + 2 * STEP
    async with opened(make_app(repository), 200) as (pilot, view):
        assert border(view) == round(200 * (before + 2 * STEP) / 120)


@pytest.mark.slow
async def test_neither_pane_can_be_pushed_out(make_app: MakeApp, repository: Path) -> None:
    async with opened(make_app(repository)) as (pilot, view):
        await pilot.press(*">" * 30)
        await until(pilot, lambda: view.detail.region.width == LEAST)
        await pilot.press(*"<" * 30)
        await until(pilot, lambda: border(view) == LEAST)


@pytest.mark.parametrize("side", [0, 1])
async def test_the_mouse_drags_the_border(make_app: MakeApp, repository: Path, side: int) -> None:
    async with opened(make_app(repository)) as (pilot, view):
        await pilot.mouse_down(offset=(border(view) - side, 12))
        await pilot.hover(offset=(60, 14))
        await pilot.hover(offset=(50, 13))
        await until(pilot, lambda: border(view) == 50)
        await pilot.mouse_up(offset=(50, 13))
        assert view.table.has_focus, "a drag is no click"
        await pilot.hover(offset=(80, 13))
        await pilot.pause()
        assert border(view) == 50
    async with opened(make_app(repository)) as (_, view):
        assert border(view) == 50


async def test_a_torn_file_is_the_default(
    make_app: MakeApp, repository: Path, directories: Directories
) -> None:
    directories.state.mkdir(parents=True)
    (directories.state / "border-entries").write_text("7x")
    async with opened(make_app(repository)) as (_, view):
        assert border(view) == 72


async def test_where_there_is_one_pane_the_key_says_so(make_app: MakeApp, repository: Path) -> None:
    app = make_app(repository)
    async with opened(app, 80) as (pilot, _):
        await pilot.press(">")
        await until(pilot, lambda: any("not side by side" in note.message for note in app._notifications))
