"""The contributions to choose from: those that are not merged, also when the remote cannot be reached any more."""

from __future__ import annotations

import shutil
from pathlib import Path

from partner_tui.settings import Directories, Settings
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.review.choose import ChooseContributionScreen
from partner_tui.ui.review.screen import ReviewScreen
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.ui.waiting import frame_of, until


async def test_what_waits_is_listed_and_one_is_opened_with_or_without_the_remote(
    clone: Path, directories: Directories, tmp_path: Path
) -> None:
    app = PartnerApp(Settings(fetch_on_open=False), directories, str(clone))
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        frame = frame_of(app)
        await until(pilot, lambda: frame.workspace.repository is not None)
        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, ChooseContributionScreen))
        screen = app.screen
        assert isinstance(screen, ChooseContributionScreen)
        names = [one.name for one in screen.answers]
        assert names[0] == "2" and sorted(names) == ["2", "3", "4", "5", "6", "7"]
        assert any("refs/pull" in one.command for one in frame.workspace.log.commands)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is frame)
        shutil.rmtree(tmp_path / "partner.git")
        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, ChooseContributionScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ReviewScreen) and app.screen.review is not None)
