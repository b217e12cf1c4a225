"""The page Spec impact: the newest release is downloaded after a yes, and told finding by finding."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from textual.widgets import Input

from partner_tui.ui.app import PartnerApp
from partner_tui.ui.central.impact_page import ImpactPage
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.dialogs.save_file import SaveFileScreen
from partner_tui.ui.entries.view import EntriesView
from tests.ui.waiting import opened_frame, screen_text, until
from tests.workspace.central.wheels import make_wheel

MakeApp = Callable[..., PartnerApp]


@pytest.mark.slow
@pytest.mark.skipif(not (find_spec("pip") or shutil.which("pip3") or shutil.which("pip")), reason="no pip")
async def test_the_newest_release_is_downloaded_after_a_yes_and_told_by_finding(
    make_app: MakeApp, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = make_wheel(tmp_path)
    with zipfile.ZipFile(wheel, "a") as packed:
        about = "Metadata-Version: 2.1\nName: bioimageio.spec\nVersion: 0.6.0.0\n"
        packed.writestr("bioimageio_spec-0.6.0.0.dist-info/METADATA", about)
        tags = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        packed.writestr("bioimageio_spec-0.6.0.0.dist-info/WHEEL", tags)
    for name, value in {"NO_INDEX": "1", "FIND_LINKS": str(tmp_path), "CONFIG_FILE": "/dev/null"}.items():
        monkeypatch.setenv(f"PIP_{name}", value)
    app, saved = make_app(repository), tmp_path / "impact.md"
    async with app.run_test(size=(80, 24)) as pilot:
        await opened_frame(pilot)
        await pilot.press("4", "i")
        await until(pilot, lambda: "Press F to download" in screen_text(app))
        for answer in ("n", "y"):
            assert not (app.directories.cache / "spec").exists()
            await pilot.press("F")
            await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
            await pilot.press(answer)
        page = app.screen_stack[-1].query_one(ImpactPage)
        await until(pilot, lambda: page.list.chosen is not None)
        await until(pilot, lambda: not app.background.running)
        shown = screen_text(app)
        assert "0.6.0.0 against" in shown and "just now" in shown
        assert "maintainers is missing" in shown
        await pilot.press("enter")
        row = page.list.chosen
        assert row is not None and row.entries
        assert all(name in screen_text(app) for name in row.entries)
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, SaveFileScreen))
        app.screen.query_one(Input).value = str(saved)
        await pilot.press("enter")
        await until(pilot, saved.exists)
        assert saved.read_text().startswith("## bioimageio.spec 0.6.0.0 against ")
        await pilot.press("y")
        await until(pilot, lambda: app.clipboard == saved.read_text())
        await pilot.press("enter")
        await until(pilot, lambda: app.screen.query_one(EntriesView).display)
        assert app.screen.query_one(EntriesView).query_one(Input).value == f"id:{','.join(row.entries)}"
