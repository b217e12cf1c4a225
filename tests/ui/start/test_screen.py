"""The start screen: everything that can be opened is one or two keys away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import OptionList

from partner_tui.settings import Directories, Recent, RecentRepositories
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.join.screen import JoinScreen
from partner_tui.ui.start.recent_list import RecentPanel, sum_of_statuses
from partner_tui.ui.start.screen import StartScreen
from partner_tui.ui.start.source_field import SourceField
from partner_tui.ui.widgets.footer import Footer
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.small_partner import MANIFEST, git
from tests.ui.waiting import frame_of, until

MakeApp = Callable[..., PartnerApp]


@pytest.mark.parametrize("keys", [("enter",), ("down", "enter")])
async def test_the_newest_repository_is_opened_with_enter(
    make_app: MakeApp, repository: Path, directories: Directories, keys: tuple[str, ...]
) -> None:
    recent = RecentRepositories(directories.state)
    recent.remember(Recent(str(repository), "Meadow", "2 latest"))
    app = make_app()
    async with app.run_test() as pilot:
        await until(pilot, lambda: "Reopen" in str(app.screen.query_one(Footer).render()))
        await pilot.press(*keys)
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        assert frame_of(app).workspace.folder == repository


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


@pytest.mark.slow
async def test_a_folder_is_opened_from_the_field(make_app: MakeApp, repository: Path) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press(*str(repository), "enter")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))


async def test_the_arrows_walk_from_the_field_through_both_columns_and_back(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        assert isinstance(app.focused, SourceField)
        await pilot.press("down")
        assert app.focused is app.screen.query_one("#left")
        await pilot.press("right", "down")
        assert app.focused is app.screen.query_one("#right")
        assert app.screen.query_one("#right", OptionList).highlighted == 1
        await pilot.press("up", "up")
        assert isinstance(app.focused, SourceField)


async def focus_by(pilot: Pilot[None], keys: tuple[str, ...]) -> None:
    """An empty field that has the focus, and then these keys."""
    field = pilot.app.screen.query_one(SourceField)
    field.value = ""
    field.focus()
    await until(pilot, lambda: field.has_focus)
    await pilot.press(*keys)


@pytest.mark.slow
async def test_what_is_typed_goes_to_the_field_wherever_the_focus_is(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        for before in ((), ("down",), ("down", "right"), ("tab",)):
            for typed in ("qupath", "dq?", "/srv/x", "khljo", "é:~"):
                await focus_by(pilot, before)
                await pilot.press(*typed)
                assert app.screen.query_one(SourceField).value == typed, before
                assert isinstance(app.screen, StartScreen)
                assert isinstance(app.focused, SourceField)
                await pilot.press("down", "backspace")
                assert app.screen.query_one(SourceField).value == typed[:-1], before


URL = "https://github.com/owner/name"
PASTED = (URL, f"{URL}\n", f"\n  {URL}  \r\n", f'"{URL}"', f"git clone {URL}", f"{URL}\nnext line")


@pytest.mark.slow
async def test_what_is_pasted_goes_to_the_field_wherever_the_focus_is(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        for before in ((), ("down",), ("tab", "tab")):
            for pasted in PASTED:
                await focus_by(pilot, before)
                app.post_message(events.Paste(pasted))
                await until(pilot, lambda: app.screen.query_one(SourceField).value == URL)
                assert isinstance(app.focused, SourceField), (before, pasted)


async def test_enter_after_a_paste_opens_what_was_pasted_and_not_what_had_the_cursor(
    make_app: MakeApp, repository: Path, directories: Directories, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    RecentRepositories(directories.state).remember(Recent(str(tmp_path / "other"), "Other"))
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("down")
        app.post_message(events.Paste(f"{repository}\n"))
        app.post_message(events.Key("enter", "\r"))
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        assert frame_of(app).workspace.folder == repository


async def test_a_paste_into_a_text_is_added_to_it(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press(*"owner/")
        app.post_message(events.Paste("name\n"))
        await until(pilot, lambda: app.screen.query_one(SourceField).value == "owner/name")


async def test_enter_says_what_to_do_where_nothing_is_typed_and_nothing_was_open(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await until(pilot, lambda: "Open" in str(app.screen.query_one(Footer).render()))
        assert "Reopen" not in str(app.screen.query_one(Footer).render())
        await pilot.press("enter")
        await until(pilot, lambda: bool(app._notifications))
        assert "Type what to open" in next(iter(app._notifications)).message
        assert isinstance(app.screen, StartScreen)


async def test_escape_clears_then_quits_and_the_footer_says_which(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        footer = app.screen.query_one(Footer)
        await pilot.press("x")
        await until(pilot, lambda: "esc Clear" in str(footer.render()))
        assert "^q Quit" in str(footer.render())
        await pilot.press("escape")
        await until(pilot, lambda: "esc Quit" in str(footer.render()))
        assert app.screen.query_one(SourceField).value == ""
        await pilot.press("down", "escape")
        assert isinstance(app.focused, SourceField)
        await pilot.press("escape")
        await until(pilot, lambda: not app.is_running or app._exit)


async def test_everything_fits_at_80_by_24(make_app: MakeApp, directories: Directories) -> None:
    recent = RecentRepositories(directories.state)
    for number in range(12):
        recent.remember(Recent(f"/nowhere/{number}", f"[b]Partner {number}", "2 latest, 11 outdated"))
    app = make_app()
    async with app.run_test(size=(80, 24)):
        partners = app.screen.query_one("#partners-panel").region
        assert partners.bottom <= 23
        assert partners.height >= 8


def test_the_sum_has_a_glyph_and_a_word_for_each_status() -> None:
    text = "".join(part for part, _ in sum_of_statuses("2 latest, 1 invalid"))
    assert text.strip() == "● 2 latest  ✗ 1 invalid"


def rows(app: PartnerApp) -> list[str]:
    return [str(option.prompt) for option in app.screen.query_one("#recent", OptionList).options]


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
    async with app.run_test(size=(80, 24)) as pilot:
        first, second = (line[:18].rstrip() for line in rows(app))
        assert first.endswith("second") and second.endswith("first")
        assert all(len(line) <= 76 for line in rows(app))
        await pilot.press("down")
        assert str(app.screen.query_one(RecentPanel).border_subtitle).endswith("second")


async def test_a_recent_repository_shows_where_it_stands(
    make_app: MakeApp, repository: Path, directories: Directories
) -> None:
    git(repository, "switch", "--quiet", "--create", "add-moss")
    (repository / "collection.yaml").write_text(MANIFEST + "# edited\n")
    recent = RecentRepositories(directories.state)
    recent.remember(Recent(str(repository / "gone"), "Gone", "3 latest"))
    recent.remember(Recent(str(repository), "Meadow", "2 latest"))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "1" in rows(app)[0] and "folder not found" in rows(app)[1])
        assert "add-moss" in rows(app)[0]
        assert "● 3" in rows(app)[1], "what was known of it last"
        await until(pilot, lambda: "…" not in rows(app)[0])
        assert len(rows(app)[0]) <= 76


async def test_recent_repositories_are_looked_at_further_once_another_screen_is_left(
    make_app: MakeApp, repository: Path, directories: Directories
) -> None:
    recent = RecentRepositories(directories.state)
    recent.remember(Recent(str(repository / "gone"), "Gone", ""))
    recent.remember(Recent(str(repository), "Meadow", "2 latest"))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, JoinScreen))
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, JoinScreen))
        await until(pilot, lambda: "main" in rows(app)[0] and "…" not in "".join(rows(app)))


async def test_a_repository_is_removed_from_the_list_and_stays_on_disk(
    make_app: MakeApp, repository: Path, directories: Directories
) -> None:
    recent = RecentRepositories(directories.state)
    recent.remember(Recent(str(repository), "Meadow", ""))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "delete")
        await until(pilot, lambda: not rows(app))
        assert recent.load() == () and repository.is_dir()
        assert app.screen.query_one("#no-recent").display
        await pilot.press("d")
        assert app.screen.query_one(SourceField).value == "d"


async def test_j_opens_join_from_a_list_and_is_a_letter_in_the_field_or_after_one(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        field = app.screen.query_one(SourceField)
        await pilot.press("j")
        assert field.value == "j"
        await until(pilot, lambda: "f4 Join" in str(app.screen.query_one(Footer).render()))
        await pilot.press("down", "j")
        assert (field.value, app.focused) == ("jj", field)
        await pilot.press("backspace", "backspace", "down")
        await until(pilot, lambda: "j Join" in str(app.screen.query_one(Footer).render()))
        await pilot.press("j")
        await until(pilot, lambda: isinstance(app.screen, JoinScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, StartScreen))
        assert field.value == ""


async def test_f3_makes_the_demo_and_opens_it(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        assert frame_of(app).workspace.manifest.partner.name == "Microscopy Meadow"
        folder = frame_of(app).workspace.folder
        assert folder.exists()
    assert not folder.exists(), "it is gone with the app"
