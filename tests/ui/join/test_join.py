"""Becoming a partner on the screen: what is asked, shown and written; the files themselves are `tests/workspace/central`'s."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from partner_tui.central.joining import QUESTIONS, WHO_MAY_JOIN
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.join.answers_page import AnswersPage
from partner_tui.ui.join.planned_page import PlannedList
from partner_tui.ui.join.screen import JoinScreen
from partner_tui.ui.start.screen import StartScreen
from partner_tui.ui.widgets.toggles import CheckBox
from tests.real_git import git
from tests.small_partner import MANIFEST, make_repository
from tests.ui.waiting import frame_of, until

MakeApp = Callable[..., PartnerApp]
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])


def value_of(app: PartnerApp, name: str) -> str:
    return app.screen.query_one(f"#{name}", Input).value


def meaning(app: PartnerApp) -> str:
    return str(app.screen.query_one("#meaning", Static).content)


async def answers_page(pilot: Pilot[None]) -> JoinScreen:
    await pilot.press("f4")
    await until(pilot, lambda: isinstance(pilot.app.focused, CheckBox))
    await pilot.press("space", "ctrl+s")
    await until(pilot, lambda: isinstance(pilot.app.focused, Input))
    screen = pilot.app.screen
    assert isinstance(screen, JoinScreen)
    return screen


async def test_the_row_of_the_start_screen_is_reached_by_the_arrows_and_left_with_escape(
    make_app: MakeApp,
) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press(*["down"] * 7)
        assert app.focused is app.screen.query_one("#join")
        await pilot.press("up")
        assert app.focused is app.screen.query_one("#left")
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, JoinScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, StartScreen))


@pytest.mark.slow
@SIZES
async def test_answers_are_checked_as_they_are_typed_and_not_lost_by_a_key(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        screen = await answers_page(pilot)
        await pilot.press("ctrl+s")
        assert "required" in meaning(app)
        await pilot.press("tab", *"Leaf Lab")
        assert value_of(app, "id") == "leaf-lab"
        await pilot.press("down", "end", "backspace", "X")
        assert "a-z" in meaning(app)
        await pilot.press("up", *" 2")
        assert value_of(app, "id") == "leaf-laX", "what was typed is replaced"
        assert set(screen.answers.problems) == {
            "folder",
            "id",
            "description",
            "website",
            "repository",
            "author",
        }

        # The boxes of the types are one line, in which right goes to the next.
        license = screen.query_one("#license", Input)
        license.focus()
        await pilot.press("down", "right", "right", "space")
        assert screen.answers.filled().answers.types == ("model", "application", "notebook")
        await pilot.press("down")
        assert app.focused is screen.query_one("#logo")
        await pilot.press("up", "up")
        assert app.focused is license

        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, StartScreen))


@SIZES
async def test_an_existing_repository_says_what_it_lacks_and_gets_that_alone(
    make_app: MakeApp, tmp_path: Path, size: tuple[int, int]
) -> None:
    top = make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST, "README.md": "Meadow\n"})
    git("remote", "add", "origin", "https://github.com/meadow/zoo.git", cwd=top)
    app = make_app()
    async with app.run_test(size=size) as pilot:
        screen = await answers_page(pilot)
        screen.query_one("#folder", Input).value = str(top)
        await until(pilot, lambda: value_of(app, "repository") == "meadow/zoo")
        assert (value_of(app, "id"), value_of(app, "name")) == ("meadow", "Microscopy Meadow")
        assert screen.query_one(AnswersPage).filled().answers.types == ("model", "dataset")
        assert "what it has is kept" in meaning(app)
        for name, value in (("description", "Plants"), ("website", "https://m.org"), ("author", "Ada")):
            screen.query_one(f"#{name}", Input).value = value
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.focused, PlannedList))
        listed = [str(option.prompt) for option in screen.query_one(PlannedList).options]
        added = [".github/workflows/partner-tui.yml", "LICENSE", "images/logo.svg"]
        assert sorted(row[2:] for row in listed if row[0] == "+") == added
        assert [row[2:] for row in listed if row[0] == "="] == [
            "collection.yaml is kept",
            "README.md is kept",
        ]
        assert git("status", "--porcelain", cwd=top) == ""

        await pilot.press("y")
        assert f"- {WHO_MAY_JOIN[0]}\n" in app.clipboard
        await pilot.press("ctrl+s")
        await until(pilot, lambda: screen.check_action("open", ()) is True)
        changed = git("status", "--porcelain", "--untracked-files=all", cwd=top).splitlines()
        assert sorted(line.removeprefix("?? ") for line in changed) == added
        await pilot.press("ctrl+s")
        await until(pilot, lambda: bool(app.screen.query("EntriesView")))
        assert frame_of(app).workspace.folder == top


def test_each_question_is_one_of_the_answers() -> None:
    from partner_tui.central.joining import Answers

    assert {one.name for one in QUESTIONS} == {*Answers.__dataclass_fields__} - {"claims"}


async def test_a_folder_that_no_system_takes_is_said_so(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        screen = await answers_page(pilot)
        app.screen.query_one("#folder", Input).value = "x" * 300
        await until(pilot, lambda: "cannot be read" in screen.answers.problems.get("folder", ""))
