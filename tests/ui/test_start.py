"""The start screen: everything that can be opened is one or two keys away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from partner_tui.settings import Directories, Recent, RecentRepositories
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.screens.start import SourceSuggester, StartScreen, sum_of_statuses
from partner_tui.ui.screens.workspace import WorkspaceScreen
from tests.ui.waiting import until

MakeApp = Callable[..., PartnerApp]


async def test_the_newest_repository_is_opened_with_enter(
    make_app: MakeApp, repository: Path, directories: Directories
) -> None:
    recent = RecentRepositories(directories.state)
    recent.remember(Recent(str(repository), "Meadow", "2 latest"))
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        assert app.screen.workspace.folder == repository


async def test_a_repository_is_remembered_before_it_is_checked_with_the_sum_it_had(
    make_app: MakeApp, repository: Path, directories: Directories
) -> None:
    recent = RecentRepositories(directories.state)
    recent.remember(Recent(str(repository), "Meadow", "2 latest"))
    recent.remember(Recent("/elsewhere", "Elsewhere", ""))
    app = make_app(repository)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        await until(pilot, lambda: recent.load()[0].source == str(repository))
    assert recent.load()[0].summary


async def test_a_folder_is_opened_from_the_field(make_app: MakeApp, repository: Path) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("slash")
        app.screen.query_one("#address", Input).value = str(repository)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))


async def test_without_recent_repositories_the_partners_have_the_focus(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        assert app.focused is app.screen.query_one("#left")
        await pilot.press("l", "j")
        assert app.focused is app.screen.query_one("#right")
        assert app.screen.query_one("#right", OptionList).highlighted == 1


async def test_up_from_the_first_row_goes_to_the_field_and_down_comes_back(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("k")
        assert isinstance(app.focused, Input)
        await pilot.press("down")
        assert app.focused is app.screen.query_one("#left")


async def test_letters_typed_into_the_field_are_no_commands(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("slash", *"dq?")
        assert app.screen.query_one("#address", Input).value == "dq?"
        assert isinstance(app.screen, StartScreen)


async def test_everything_fits_at_80_by_24(make_app: MakeApp, directories: Directories) -> None:
    recent = RecentRepositories(directories.state)
    for number in range(12):
        recent.remember(Recent(f"/nowhere/{number}", f"[b]Partner {number}", "2 latest, 11 outdated"))
    app = make_app()
    async with app.run_test(size=(80, 24)):
        partners = app.screen.query_one("#partners-panel").region
        assert partners.bottom <= 23
        assert partners.height >= 8


@pytest.mark.parametrize(
    ("typed", "completed"), [("ila", "ilastik"), ("zzz", None), ("deepimagej/", "deepimagej/models")]
)
async def test_partners_are_completed(typed: str, completed: str | None) -> None:
    suggester = SourceSuggester(["ilastik", "deepimagej/models"])
    assert await suggester.get_suggestion(typed) == completed


async def test_folders_are_completed(tmp_path: Path) -> None:
    (tmp_path / "meadow").mkdir()
    (tmp_path / ".hidden").mkdir()
    assert await SourceSuggester([]).get_suggestion(f"{tmp_path}/") == f"{tmp_path}/meadow/"
    assert await SourceSuggester([]).get_suggestion(f"{tmp_path}/.h") == f"{tmp_path}/.hidden/"


def test_the_sum_has_a_glyph_and_a_word_for_each_status() -> None:
    text = "".join(part for part, _ in sum_of_statuses("2 latest, 1 invalid"))
    assert text.strip() == "● 2 latest  ✗ 1 invalid"


async def test_on_a_small_screen_two_clones_of_a_partner_are_told_apart_by_their_folders(
    make_app: MakeApp, directories: Directories, tmp_path: Path
) -> None:
    recent = RecentRepositories(directories.state)
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        recent.remember(
            Recent(str(tmp_path / name), "Meadow", "5 latest, 6 outdated, 3 invalid, 2 unresolved")
        )
    app = make_app()
    async with app.run_test(size=(80, 24)):
        lines = [str(option.prompt) for option in app.screen.query_one("#recent", OptionList).options]
        assert [line.rpartition("/")[2] for line in lines] == ["second", "first"]
        assert all(len(line) <= 74 for line in lines)


async def test_d_makes_the_demo_and_opens_it(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        assert app.screen.workspace.manifest.partner.name == "Microscopy Meadow"
        folder = app.screen.workspace.folder
        assert folder.exists()
    assert not folder.exists(), "it is gone with the app"


async def test_what_is_gone_is_not_offered(
    make_app: MakeApp, repository: Path, directories: Directories
) -> None:
    recent = RecentRepositories(directories.state)
    recent.remember(Recent(str(repository), "Meadow", ""))
    recent.remember(Recent(str(repository / "gone"), "Gone", ""))
    app = make_app()
    async with app.run_test():
        offered = app.screen.query_one("#recent", OptionList).options
        assert [option.id for option in offered] == [str(repository)]
