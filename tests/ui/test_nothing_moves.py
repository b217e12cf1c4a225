"""What arrives late moves nothing under the mouse: rows and tabs are where they were when the hand began to move."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from partner_tui.ui.app import PartnerApp
from partner_tui.ui.entries.view import EntriesView
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.small_partner import MANIFEST, make_repository
from tests.ui.waiting import until

MakeApp = Callable[..., PartnerApp]
FAULTY = MANIFEST + "splash_title: typo\nformat_version: 0.2.2\n"


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_findings_about_the_manifest_move_no_row_and_no_tab(
    make_app: MakeApp, tmp_path: Path, size: tuple[int, int]
) -> None:
    folder = make_repository(tmp_path / "meadow", {"collection.yaml": FAULTY})
    app = make_app(folder)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        view = app.screen.query_one(EntriesView)
        banner = view.query_one("#about-manifest")
        await until(pilot, lambda: bool(banner.region) and not app.background.running)
        shown = (view.table.region, view.detail.region)
        banner.remove_class("-shown")
        await until(pilot, lambda: not banner.region)
        assert (view.table.region, view.detail.region) == shown, "as before the findings arrived"
        banner.add_class("-shown")
        await until(pilot, lambda: bool(banner.region))
        assert view.region.contains_region(banner.region)
        assert not banner.region.overlaps(view.table.region), "it lies in the border"
        await pilot.click("#about-manifest")
        await until(pilot, lambda: view.detail.shows_manifest)


async def test_the_tabs_of_the_entry_stay_where_they_are_when_it_is_checked(
    make_app: MakeApp, repository: Path
) -> None:
    app = make_app(repository)
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        view = app.screen.query_one(EntriesView)
        await until(pilot, lambda: view.detail.has_content)
        titles = {str(view.detail.border_title).index("Source")}
        await until(pilot, lambda: bool(view.workspace.checks) and not app.background.running)
        view.detail.show_check(view.workspace.checks[0])
        assert view.workspace.checks[0].findings
        titles.add(str(view.detail.border_title).index("Source"))
        assert len(titles) == 1
