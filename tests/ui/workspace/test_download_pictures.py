"""Pictures of other hosts are drawn as a box that says so, until the user agrees once for the repository."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from partner_tui.repository.remotes import remote_file
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


async def test_a_picture_is_downloaded_and_shown_after_one_consent(
    tmp_path: Path, make_app: Callable[..., PartnerApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def fetch(address: str, limit: int) -> bytes:
        asked.append(address)
        data = io.BytesIO()
        Image.new("RGB", (40, 20), (10, 200, 30)).save(data, format="png")
        return data.getvalue()

    monkeypatch.setattr(remote_file, "fetch_bytes", fetch)
    app = make_app(make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST}))
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        await until(pilot, lambda: "Press P to" in screen_text(app))
        await pilot.press("P")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        text = screen_text(app)
        assert "example.org: 1 picture" in text
        assert "icons.example.org: 1 picture" in text
        assert asked == []
        await pilot.press("y")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        cover = app.screen.query_one("#cover", Picture)
        await until(pilot, lambda: bool(cover.placed))
        assert asked == ["https://example.org/cover.png"]  # what is not looked at is not asked for
        await pilot.press("P")  # nothing is asked twice
        assert not isinstance(app.screen, ConfirmScreen)
