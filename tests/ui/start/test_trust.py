"""The question whether a folder is trusted: before anything of it is used, and once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Button

from partner_tui.repository.trust.decision import untrusted
from partner_tui.settings import Directories, Recent, RecentRepositories
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.start.screen import StartScreen
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.repository.plants import PLANTS, make_program
from tests.small_partner import git
from tests.ui.waiting import frame_of, until

MakeApp = Callable[..., PartnerApp]


@pytest.fixture
def witness(repository: Path, tmp_path: Path) -> Path:
    """The user's folder runs a program; tells that it did."""
    PLANTS["filter.clean"].put(repository, make_program(tmp_path / "witness"))
    return tmp_path / "witness"


@pytest.mark.parametrize("key", ["enter", "escape", "n"])
async def test_a_hasty_key_trusts_nothing(
    make_app: MakeApp, repository: Path, witness: Path, key: str
) -> None:
    app = make_app(repository)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        assert app.focused is app.screen.query_one("#no", Button)
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        await until(pilot, lambda: "not trusted" in frame_of(app).workspace.place[1])
        assert len(untrusted(repository)) == 1
    assert not witness.exists()


@pytest.mark.slow
async def test_a_yes_holds_until_it_is_taken_back(make_app: MakeApp, repository: Path, witness: Path) -> None:
    app = make_app(repository)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, witness.exists)
    app = make_app(repository)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        assert untrusted(repository) == ()
        frame_of(app).action_trust()
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        assert untrusted(repository) == ()
        frame_of(app).action_trust()
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: untrusted(repository) != ())
    app = make_app(repository)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))


async def test_the_start_screen_runs_nothing_of_what_was_open_before(
    make_app: MakeApp, repository: Path, witness: Path, directories: Directories
) -> None:
    RecentRepositories(directories.state).remember(Recent(str(repository), "Meadow", "2 latest"))
    app = make_app()
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, StartScreen))
        await pilot.pause(1)
    assert not witness.exists()


async def test_a_folder_without_such_settings_is_opened_at_once(make_app: MakeApp, repository: Path) -> None:
    git(repository, "config", "user.name", "Bea")
    git(repository, "remote", "add", "origin", "https://host.invalid/x.git")
    app = make_app(repository)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        frame_of(app).action_trust()
        await until(pilot, lambda: any("no git settings" in note.message for note in app._notifications))
