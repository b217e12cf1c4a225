"""A theme that is chosen stays for the next start; one that does not exist is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from partner_tui.settings import Directories, Settings
from partner_tui.ui.app import PartnerApp

MakeApp = Callable[..., PartnerApp]


async def test_a_chosen_theme_is_in_the_settings_file(make_app: MakeApp, directories: Directories) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.pause(0.2)
        assert not directories.settings_file.exists(), "nothing was chosen"
        app.theme = "nord"
        for _ in range(100):
            await pilot.pause(0.02)
            if directories.settings_file.exists():
                break
        await app.workers.wait_for_complete()
    assert Settings.load(directories.settings_file).theme == "nord"


@pytest.mark.parametrize("theme", ["nope", "nord"])
async def test_a_theme_that_does_not_exist_is_told(make_app: MakeApp, theme: str) -> None:
    app = make_app(theme=theme)
    async with app.run_test() as pilot:
        await pilot.pause(0.2)
        told = [note.title for note in app._notifications]
    assert bool(told) == (theme == "nope"), told


async def test_settings_open_with_every_option(
    make_app: MakeApp, directories: Directories, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.delenv("VISUAL", raising=False)
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.pause(0.2)
        app.action_edit_settings()
        for _ in range(100):
            await pilot.pause(0.02)
            if directories.settings_file.exists():
                break
    assert "# fetch_on_open: true" in directories.settings_file.read_text()
