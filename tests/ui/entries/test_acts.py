"""What can be done with an entry from the table, where no other test of the view reaches it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from partner_tui.ui.app import PartnerApp
from partner_tui.ui.broken.repair import RepairScreen
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.small_partner import MANIFEST, make_repository
from tests.ui.waiting import opened_frame, until

DOUBLED = MANIFEST.replace("    tags: [2d]\n", "    tags: [2d]\n    tags: [nuclei]\n")


async def test_a_repair_of_duplicate_keys_that_is_cancelled_changes_nothing(
    tmp_path: Path, make_app: Callable[..., PartnerApp]
) -> None:
    folder = make_repository(tmp_path / "meadow", {"collection.yaml": DOUBLED})
    app = make_app(folder)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened_frame(pilot)
        for _ in range(2):  # it can be asked for again
            await pilot.press("M")
            await until(pilot, lambda: isinstance(app.screen, RepairScreen))
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
    assert (folder / "collection.yaml").read_text("utf-8") == DOUBLED
