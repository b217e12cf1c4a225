from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from partner_tui.central.workflows import FILE
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.ui.waiting import until

MakeApp = Callable[..., PartnerApp]


async def test_the_workflow_is_written_after_a_yes_and_undone_as_one_step(
    make_app: MakeApp, repository: Path
) -> None:
    app = make_app(repository)
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        screen = app.screen
        assert isinstance(screen, WorkspaceScreen)
        await until(pilot, lambda: screen.workspace.repository is not None)
        for answer in ("escape", "y"):
            screen.action_workflows()
            await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
            await pilot.press(answer)
            await until(pilot, lambda: app.screen is screen)
            assert answer == "y" or not (repository / FILE).exists()
        await until(pilot, lambda: (repository / FILE).exists())
        await until(pilot, lambda: not app.background.running)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: not (repository / FILE).exists())
