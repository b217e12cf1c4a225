"""The upgrade in the app, on the sample partner with the real spec library: plan, questions, files, apply, undo."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import ContentSwitcher, Input

from partner_tui.compliance.status import Status
from partner_tui.demo.build import build_demo
from partner_tui.settings import Directories, Settings
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.screens.upgrade import UpgradeScreen
from partner_tui.ui.screens.workspace import WorkspaceScreen
from partner_tui.ui.widgets.upgrade.plan_pane import FixList
from partner_tui.ui.widgets.upgrade.question_pane import QuestionPane
from tests.ui.waiting import until


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    return build_demo(tmp_path / "demo").clone


@asynccontextmanager
async def upgrading(
    clone: Path, directories: Directories, key: str = "U", size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[Pilot[None], UpgradeScreen]]:
    """The app on the sample partner, with the upgrade opened and its plan made."""
    app = PartnerApp(Settings(fetch_on_open=False), directories, str(clone))
    async with app.run_test(size=size) as pilot:

        def checked() -> bool:
            screen = app.screen
            return isinstance(screen, WorkspaceScreen) and len(screen.workspace.checks) == 16

        await until(pilot, checked)
        await pilot.press("j", key)
        await until(pilot, lambda: isinstance(app.screen, UpgradeScreen) and app.screen.plan is not None)
        screen = app.screen
        assert isinstance(screen, UpgradeScreen)
        yield pilot, screen


async def planned_again(pilot: Pilot[None], screen: UpgradeScreen, press: str) -> None:
    """Press a key, and wait until the plan was made anew."""
    before = screen.plan
    await pilot.press(press)
    await until(pilot, lambda: screen.plan is not before)


async def test_the_plan_lists_fixes_and_the_lines_that_each_changes(
    clone: Path, directories: Directories
) -> None:
    async with upgrading(clone, directories) as (pilot, screen):
        fixes = screen.query_one(FixList)
        assert fixes.option_count >= 3
        assert "Strip DOI prefixes" in str(fixes.get_option_at_index(0).prompt)
        await until(pilot, lambda: screen.query_one("#fix-lines").border_title == "Diff  doi-prefix")


async def test_nothing_is_written_before_files_are_agreed_to(clone: Path, directories: Directories) -> None:
    manifest = clone / "collection.bioimage.io.yaml"
    before = manifest.read_bytes()
    async with upgrading(clone, directories) as (pilot, screen):
        await planned_again(pilot, screen, "f6")
        assert screen.plan is not None and screen.plan.files
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert screen.query_one(ContentSwitcher).current == "files"
        assert manifest.read_bytes() == before


async def test_what_is_applied_is_one_step_that_one_undo_takes_back(
    clone: Path, directories: Directories
) -> None:
    manifest = clone / "collection.bioimage.io.yaml"
    before = manifest.read_bytes()
    async with upgrading(clone, directories) as (pilot, screen):
        await planned_again(pilot, screen, "f6")
        assert screen.plan is not None
        created = [clone / file.path for file in screen.plan.files]
        became = {entry.id for entry in screen.plan.entries if entry.after is Status.LATEST}
        await pilot.press("3", "y", "ctrl+s")
        await until(pilot, lambda: manifest.read_bytes() != before)
        await until(pilot, lambda: screen.query_one(ContentSwitcher).current == "outcome")
        assert all(path.is_file() for path in created)
        assert b"# three at most: more of them push the button down" in manifest.read_bytes()
        assert "moss" in became
        await pilot.press("ctrl+z")
        await until(pilot, lambda: manifest.read_bytes() == before)
        assert not any(path.exists() for path in created)


async def test_a_typed_answer_is_checked_kept_and_not_asked_again(
    clone: Path, directories: Directories
) -> None:
    async with upgrading(clone, directories) as (pilot, screen):
        assert screen.plan is not None
        key = next(one.key for one in screen.plan.open_questions if one.kind == "library-version")
        await pilot.press("2")
        pane = screen.query_one(QuestionPane)
        for _ in screen.plan.questions:
            if pane.question is not None and pane.question.key == key:
                break
            await pilot.press("pagedown")
        field = pane.query_one(Input)
        field.value = "not a version"
        await pilot.press("enter")
        assert str(pane.query_one("#objection").render()).startswith("✗")
        field.value = "1.13.1"
        await planned_again(pilot, screen, "enter")
        assert key not in {one.key for one in screen.plan.open_questions}
    async with upgrading(clone, directories) as (pilot, screen):
        assert screen.plan is not None
        assert key not in {one.key for one in screen.plan.open_questions}


async def test_a_skipped_fix_stays_in_the_list_and_out_of_the_plan(
    clone: Path, directories: Directories
) -> None:
    async with upgrading(clone, directories) as (pilot, screen):
        await planned_again(pilot, screen, "space")
        assert screen.plan is not None
        assert "doi-prefix" not in {fix.name for entry in screen.plan.entries for fix in entry.fixes}
        prompts = [str(option.prompt) for option in screen.query_one(FixList).options]
        assert any("[ ] Strip DOI prefixes" in prompt for prompt in prompts)


async def test_u_upgrades_the_entry_under_the_cursor_alone(clone: Path, directories: Directories) -> None:
    async with upgrading(clone, directories, key="u", size=(80, 24)) as (_, screen):
        assert screen.plan is not None
        assert [entry.id for entry in screen.plan.entries] == ["Meadow_Segmenter"]
