"""The palette: every act, and every entry, by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.command import CommandPalette

from partner_tui.ui.app import PartnerApp
from partner_tui.ui.central.view import CentralView
from partner_tui.ui.commands import commands_of
from partner_tui.ui.entries.view import EntriesView
from partner_tui.ui.start.screen import StartScreen
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.ui.waiting import until

MakeApp = Callable[..., PartnerApp]


async def choose(app: PartnerApp, pilot: object, query: str) -> None:
    """Type into the palette and take the first hit."""
    from textual.widgets import Input, OptionList

    await pilot.press("ctrl+p")  # type: ignore[attr-defined]
    await until(pilot, lambda: isinstance(app.screen, CommandPalette))  # type: ignore[arg-type]
    app.screen.query_one(Input).value = query
    options = app.screen.query_one(OptionList)
    await until(pilot, lambda: options.option_count > 0 and options.highlighted is not None)  # type: ignore[arg-type]
    await pilot.pause(0.3)  # type: ignore[attr-defined]
    await pilot.press("enter")  # type: ignore[attr-defined]


async def test_acts_are_named_by_area_and_moves_are_left_out(make_app: MakeApp, repository: Path) -> None:
    app = make_app(repository)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        names = [command.name for command in commands_of(app.screen)]
        assert "entries: filter" in names
        assert "app: quit" in names
        assert "entries: down" not in names
        assert len(names) == len(set(names))


async def test_what_cannot_be_done_now_is_listed_and_says_why(make_app: MakeApp, repository: Path) -> None:
    app = make_app(repository)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        mend = next(
            command for command in commands_of(app.screen) if command.name == "entries: duplicate keys"
        )
        assert mend.help == "Not now: The manifest has no duplicate keys."
        await choose(app, pilot, "duplicate keys")
        await until(pilot, lambda: bool(app._notifications))
        assert "duplicate keys" in next(iter(app._notifications)).message


async def test_an_entry_is_found_by_its_name(make_app: MakeApp, repository: Path) -> None:
    app = make_app(repository)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        await choose(app, pilot, "leaf veins")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        assert app.screen.query_one(EntriesView).table.chosen == 1


async def test_the_theme_is_switched(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await choose(app, pilot, "switch to the light theme")
        await until(pilot, lambda: app.theme == "partner-light")


async def test_another_repository_is_opened_from_the_start_screen(
    make_app: MakeApp, repository: Path
) -> None:
    app = make_app(repository)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        await choose(app, pilot, "open another repository")
        await until(pilot, lambda: isinstance(app.screen, StartScreen))
        assert len(app.screen_stack) == 2


@pytest.mark.slow
async def test_a_page_of_central_is_found_by_its_title(make_app: MakeApp, repository: Path) -> None:
    app = make_app(repository)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        await choose(app, pilot, "central: trend")
        await until(pilot, lambda: any(view.tab == "trend" for view in app.screen.query(CentralView)))
        assert isinstance(app.screen, WorkspaceScreen)
        assert app.screen.current_view.id == "central"
