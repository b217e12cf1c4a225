"""A theme that is chosen stays for the next start; one that does not exist is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from partner_tui.settings import Directories, Settings
from partner_tui.ui.app import PartnerApp
from tests.ui.waiting import until

MakeApp = Callable[..., PartnerApp]


async def test_a_chosen_theme_is_in_the_settings_file(make_app: MakeApp, directories: Directories) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.pause(0.2)
        assert not directories.settings_file.exists(), "nothing was chosen"
        app.theme = "nord"
        await until(pilot, directories.settings_file.exists)
        await app.workers.wait_for_complete()
    assert Settings.load(directories.settings_file).theme == "nord"


async def test_a_theme_that_does_not_exist_is_told(make_app: MakeApp) -> None:
    for theme in ("nord", "nope"):
        app = make_app(theme=theme)
        async with app.run_test() as pilot:
            await until(pilot, lambda: bool(app._notifications) or app.theme == "nord")  # noqa: B023
            assert bool(app._notifications) == (theme == "nope")


async def test_settings_open_with_every_option(
    make_app: MakeApp, directories: Directories, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.delenv("VISUAL", raising=False)
    app = make_app()
    async with app.run_test() as pilot:
        app.action_edit_settings()
        await until(pilot, directories.settings_file.exists)
    assert "# fetch_on_open: true" in directories.settings_file.read_text()
