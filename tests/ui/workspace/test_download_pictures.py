"""Pictures of other hosts are drawn as a box that says so, until the user agrees once for the repository."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from partner_tui.ui.app import PartnerApp
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.widgets.picture import Picture
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.small_partner import make_repository
from tests.ui.waiting import screen_text, until

MANIFEST = """\
config: {id: meadow, name: Meadow, resource_types: [model], icon: "https://icons.example.org/i.png"}
collection:
  - {id: moss, type: application, name: Moss, covers: ["https://example.org/cover.png"]}
"""


@pytest.mark.slow
@pytest.mark.drawn
async def test_a_picture_is_downloaded_and_shown_after_one_consent(
    tmp_path: Path, make_app: Callable[..., PartnerApp], asked_for_pictures: list[str]
) -> None:
    app = make_app(make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST}))
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        await until(pilot, lambda: "Press P to" in screen_text(app))
        await pilot.press("P")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        text = screen_text(app)
        assert "example.org: 1 picture" in text
        assert "icons.example.org: 1 picture" in text
        assert asked_for_pictures == []
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        cover = app.screen.query_one("#cover", Picture)
        await until(pilot, lambda: bool(cover.placed))
        assert asked_for_pictures == [
            "https://example.org/cover.png"
        ]  # what is not looked at is not asked_for_pictures for
        await pilot.press("P")  # nothing is asked_for_pictures twice
        assert not isinstance(app.screen, ConfirmScreen)
