"""What closes itself takes itself away, though something else came over it meanwhile: by keys, in the real app."""

from __future__ import annotations

import asyncio
import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import OptionList

import partner_tui.ui
from partner_tui.demo.build import build_demo
from partner_tui.settings import Directories, Recent
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.changes.branches import BranchesScreen
from partner_tui.ui.closing import ClosesOnTop
from partner_tui.ui.contributions.add_screen import AddScreen
from partner_tui.ui.dialogs.help import HelpScreen
from partner_tui.ui.start.lost_manifest import LostManifestScreen
from partner_tui.ui.start.opening import OpeningScreen
from partner_tui.ui.start.screen import StartScreen
from partner_tui.ui.workspace.past import PastScreen
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.contributed import make_contributed
from tests.real_git import make_clone
from tests.sent_files import FILES, package
from tests.small_partner import MANIFEST, git, make_repository
from tests.ui.contributions.test_add import entered, opened
from tests.ui.contributions.test_view import shown
from tests.ui.upgrade.test_screen import one_approved
from tests.ui.waiting import opened_frame, until

MakeApp = Callable[..., PartnerApp]


@pytest.fixture
def lost(tmp_path: Path) -> Path:
    """A repository whose branch has no manifest any more; ``with-it`` has it."""
    root = make_repository(tmp_path / "zoo", {"collection.yaml": MANIFEST, "README.md": ""})
    git(root, "branch", "with-it")
    git(root, "rm", "--quiet", "collection.yaml")
    git(root, "commit", "--quiet", "--message", "Remove it")
    return root


def stack(pilot: Pilot[None]) -> list[type[Screen[Any]]]:
    """What is open, from below, without Textual's own."""
    return [type(one) for one in pilot.app.screen_stack if isinstance(one, ClosesOnTop)]


async def press_at_once(pilot: Pilot[None], *keys: str) -> None:
    """Without waiting for what comes of the first, which has hardly begun when the last one is there."""
    for key in keys:
        pilot.app.simulate_key(key)
    await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen), "the help")


async def help_stays_until_escape(pilot: Pilot[None], covered: Screen[Any]) -> None:
    """The help is on top though the screen below waits to close; both go by one key."""
    assert isinstance(covered, ClosesOnTop)
    await until(pilot, lambda: covered._waiting is not None, "it is done")
    assert isinstance(pilot.app.screen, HelpScreen) and pilot.app.screen_stack[-2] is covered
    await pilot.press("escape")
    await until(pilot, lambda: covered not in pilot.app.screen_stack)


@pytest.mark.slow
async def test_an_upgrade_that_is_applied_below_the_help(tmp_path: Path, directories: Directories) -> None:
    demo = build_demo(tmp_path / "demo").clone
    async with one_approved(demo, directories) as (pilot, frame, upgrade):
        async with frame._saving:
            await press_at_once(pilot, "ctrl+s", "f1")
        await help_stays_until_escape(pilot, upgrade)
        assert stack(pilot) == [WorkspaceScreen] and len(frame.workspace.steps.done) == 1


async def test_a_lost_manifest_that_is_found_below_the_help(lost: Path, make_app: MakeApp) -> None:
    app = make_app(lost)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, LostManifestScreen))
        found = app.screen
        await press_at_once(pilot, "enter", "f1")
        await help_stays_until_escape(pilot, found)
        await until(pilot, lambda: stack(pilot) == [PastScreen])


async def test_a_repository_that_is_open_below_the_help(repository: Path, make_app: MakeApp) -> None:
    app = make_app(repository)
    async with app.run_test() as pilot:
        frame = await opened_frame(pilot)
        app.reopen(frame, str(repository))
        opening = app.screen
        assert isinstance(opening, OpeningScreen)
        app.action_help()  # f1, before anything is opened
        await help_stays_until_escape(pilot, opening)
        await until(pilot, lambda: stack(pilot) == [WorkspaceScreen])


@pytest.mark.slow
async def test_a_branch_without_a_manifest_that_is_checked_out_below_the_help(
    lost: Path, make_app: MakeApp
) -> None:
    git(lost, "switch", "--quiet", "with-it")
    app = make_app(lost)
    async with app.run_test() as pilot:
        frame = await opened_frame(pilot)
        await until(pilot, lambda: frame.workspace.repository is not None)
        await pilot.press("5", "b")
        await until(pilot, lambda: isinstance(app.screen, BranchesScreen))
        listed = app.screen.query_one(OptionList)
        listed.highlighted = next(
            at for at, one in enumerate(listed.options) if "with-it" not in str(one.prompt)
        )
        await press_at_once(pilot, "enter", "f1")
        await help_stays_until_escape(pilot, frame)
        await until(pilot, lambda: stack(pilot)[-1:] == [LostManifestScreen])
        assert WorkspaceScreen not in stack(pilot)


@pytest.mark.slow
async def test_a_package_that_is_added_below_the_help(tmp_path: Path, directories: Directories) -> None:
    clone = make_clone(make_contributed(tmp_path), tmp_path / "clone")
    package(tmp_path / "ferns.zip", FILES)
    async with shown(clone, directories) as (pilot, view):
        screen: AddScreen = await opened(pilot, view)
        await entered(pilot, "#from", str(tmp_path / "ferns.zip"))
        await until(
            pilot, lambda: bool(screen.query("#entry-id")) and screen.query_one("#entry-id").has_focus
        )
        await press_at_once(pilot, "ctrl+s", "f1")
        await help_stays_until_escape(pilot, screen)


async def test_a_second_row_that_is_chosen_while_the_first_is_opened(
    lost: Path, repository: Path, make_app: MakeApp
) -> None:
    """It was on its way when the first one's screen came up."""
    app = make_app()
    for folder in (repository, lost):
        app.recent.remember(Recent(str(folder), folder.name, ""))
    async with app.run_test() as pilot:
        await pilot.press("down")
        rows = app.screen.query_one("#recent", OptionList)
        app.simulate_key("enter")
        while not isinstance(app.screen, OpeningScreen):
            await asyncio.sleep(0)
        rows.highlighted = 1
        rows.action_select()
        await until(pilot, lambda: isinstance(app.screen, LostManifestScreen))
        await pilot.press("escape")
        await until(pilot, lambda: stack(pilot) == [StartScreen])
        await app.workers.wait_for_complete([one for one in app.workers if one.group == "open"])
        assert stack(pilot) == [StartScreen]


async def test_two_presses_of_escape_close_one_help(repository: Path, make_app: MakeApp) -> None:
    app = make_app(repository)
    async with app.run_test() as pilot:
        frame = await opened_frame(pilot)
        await pilot.press("f1")
        helped = app.screen
        assert isinstance(helped, HelpScreen)
        helped.call_later(helped.action_close)
        helped.call_later(helped.action_close)
        await until(pilot, lambda: app.screen is frame)
        await pilot.pause()
        assert stack(pilot) == [WorkspaceScreen]


def test_every_screen_of_the_app_closes_itself_alone() -> None:
    for module in pkgutil.walk_packages(partner_tui.ui.__path__, "partner_tui.ui."):
        for kind in vars(importlib.import_module(module.name)).values():
            if isinstance(kind, type) and issubclass(kind, Screen) and kind.__module__ == module.name:
                assert issubclass(kind, ClosesOnTop), kind
