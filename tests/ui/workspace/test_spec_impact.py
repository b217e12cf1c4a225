from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from textual.widgets import Input

from partner_tui.ui.app import PartnerApp
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.dialogs.save_file import SaveFileScreen
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.ui.waiting import until
from tests.workspace.central.wheels import make_wheel

MakeApp = Callable[..., PartnerApp]


@pytest.mark.skipif(not (find_spec("pip") or shutil.which("pip3") or shutil.which("pip")), reason="no pip")
async def test_the_newest_release_is_downloaded_after_a_yes_and_its_impact_saved(
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
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        screen = app.screen
        assert isinstance(screen, WorkspaceScreen)
        for answer in ("n", "y"):
            screen.action_impact()
            await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
            await pilot.press(answer)
            assert not saved.exists()
        await until(pilot, lambda: isinstance(app.screen, SaveFileScreen))
        app.screen.query_one(Input).value = str(saved)
        await pilot.press("enter")
        await until(pilot, saved.exists)
    assert saved.read_text().startswith("## bioimageio.spec 0.6.0.0 against ")
