"""A clone that git cannot read: the Changes view says what to do, and is there once that is done."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from partner_tui.ui.app import PartnerApp
from partner_tui.ui.changes.view import ChangesView
from partner_tui.ui.widgets.empty import EmptyWords
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.small_partner import MANIFEST, git
from tests.ui.waiting import frame_of, opened_frame, screen_text, until

MakeApp = Callable[..., PartnerApp]


@pytest.mark.slow
@pytest.mark.skipif(os.getuid() != 0, reason="only root can give files away")
async def test_what_git_refuses_is_said_and_read_after_the_repair(
    make_app: MakeApp, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "gitconfig"
    settings.write_text("")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.delenv("SUDO_UID", raising=False)
    (repository / "collection.yaml").write_text(MANIFEST.replace("Petal nuclei", "Petals"))
    for folder in (repository, repository / ".git"):
        os.chown(folder, 12345, 12345)
    app = make_app(repository)
    async with app.run_test(size=(120, 36)) as pilot:
        await opened_frame(pilot)
        await pilot.press("5")
        await until(pilot, lambda: bool(app.screen.query_one(ChangesView).query(EmptyWords)))
        said = app.screen.query_one(ChangesView).query_one(EmptyWords)
        await until(pilot, lambda: f"safe.directory {repository}" in str(said.content))
        assert "<folder>" not in str(said.content) and "ctrl+r" in str(said.content)
        await pilot.press("2")
        await until(pilot, lambda: "safe.directory" in screen_text(app))
        await pilot.press("5")
        await pilot.press("f5")
        await until(pilot, lambda: not app.background.running)
        assert frame_of(app).workspace.repository is None
        git(tmp_path, "config", "--global", "--add", "safe.directory", str(repository))
        await pilot.press("ctrl+r")
        await until(pilot, lambda: frame_of(app).workspace.repository is not None)
        await until(pilot, lambda: not said.display)  # the change is listed in its place


@pytest.mark.slow
async def test_a_clone_that_breaks_later_is_said_too(make_app: MakeApp, repository: Path) -> None:
    app = make_app(repository)
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        await until(pilot, lambda: frame_of(app).workspace.repository is not None)
        index = (repository / ".git" / "index").read_bytes()
        (repository / ".git" / "index").write_bytes(b"not an index")
        await pilot.press("5")
        await until(pilot, lambda: bool(app.screen.query_one(ChangesView).query(EmptyWords)))
        await pilot.press("ctrl+r")
        said = app.screen.query_one(ChangesView).query_one(EmptyWords)
        await until(pilot, lambda: "Reading" not in str(said.content) and "ctrl+r" in str(said.content))
        (repository / ".git" / "index").write_bytes(index)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "ctrl+r" not in str(said.content))
