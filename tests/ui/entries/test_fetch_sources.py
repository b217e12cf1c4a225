"""The network is asked only after consent: every address is shown before, and a no asks none of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from partner_tui.compliance.status import Status
from partner_tui.errors import RemoteFileAbsent, RemoteFileError
from partner_tui.repository.remotes import remote_file
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.entries.table import EntryTable
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.compliance.mutants import MODEL_0_5
from tests.small_partner import make_repository
from tests.ui.waiting import screen_text, until

MANIFEST = """\
config: {id: meadow, name: Meadow, resource_types: [model]}
collection:
  - {id: by-url, rdf_source: "https://example.org/rdf.yaml"}
  - {id: by-doi, type: model, source: 10.5281/zenodo.7}
  - {id: not-there, rdf_source: models/unet.yaml}
  - {id: is-there, type: model, rdf_source: "https://example.org/unet.yaml"}
"""
URL = "https://example.org/rdf.yaml"
THERE = "https://example.org/unet.yaml"
RECORD = "https://zenodo.org/api/records/7/files"


@pytest.mark.parametrize("yes", [False, True], ids=["cancelled", "agreed"])
async def test_sources_are_downloaded_when_their_addresses_were_agreed_to(
    yes: bool, tmp_path: Path, make_app: Callable[..., PartnerApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def fetch(address: str) -> str:
        asked.append(address)
        if address == URL:
            raise RemoteFileError(f"{address} cannot be reached: no route.", "Check the network.")
        if address.endswith("/rdf.yaml/content"):
            raise RemoteFileAbsent(f"{address} answers 404.", "")
        return json.dumps(MODEL_0_5)

    monkeypatch.setattr(remote_file, "fetch_text", fetch)
    app = make_app(make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST}))
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        workspace = app.screen.workspace  # type: ignore[attr-defined]
        await until(pilot, lambda: len(workspace.checks) == 4)
        await pilot.press("F")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        text = screen_text(app)
        assert URL in text
        assert f"{RECORD}/bioimageio.yaml/content" in text
        assert "models/unet.yaml" not in text
        assert asked == []
        await pilot.press("y" if yes else "escape")
        await until(pilot, lambda: not isinstance(app.screen, ConfirmScreen))
        if not yes:
            await pilot.pause(0.3)
            assert asked == []
            return
        await until(pilot, lambda: any("cannot be reached" in one.title for one in app._notifications))
        assert asked == [URL, f"{RECORD}/rdf.yaml/content", f"{RECORD}/bioimageio.yaml/content", THERE]
        # What was downloaded is judged, without a key pressed.
        await until(pilot, lambda: 3 in workspace.checks and workspace.checks[3].status is Status.LATEST)
        await until(pilot, lambda: len(workspace.checks) == 4)
        assert workspace.checks[0].status is Status.UNRESOLVED
        assert workspace.fetched.read("10.5281/zenodo.7") is not None


async def test_escape_stops_before_the_next_address(
    tmp_path: Path, make_app: Callable[..., PartnerApp], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    go_on = Event()

    def fetch(address: str) -> str:
        asked.append(address)
        go_on.wait(10)
        raise RemoteFileAbsent(f"{address} answers 404.", "")

    monkeypatch.setattr(remote_file, "fetch_text", fetch)
    app = make_app(make_repository(tmp_path / "meadow", {"collection.yaml": MANIFEST}))
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        workspace = app.screen.workspace  # type: ignore[attr-defined]
        await until(pilot, lambda: len(workspace.checks) == 4)
        await pilot.press("F")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: bool(asked) and isinstance(app.focused, EntryTable))
        (running,) = (one for one in app.background.running if one.title == "fetching")
        await pilot.press("escape")
        await until(pilot, running.cancelled.is_set)
        go_on.set()
        await until(pilot, lambda: not any(one.title == "fetching" for one in app.background.running))
    assert asked == [URL]
