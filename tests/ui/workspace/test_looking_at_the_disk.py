"""What a shell or an editor does beside the app is noticed without a key, and costs nothing while nobody does anything."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from partner_tui.repository.process.child import Process
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.workspace import screen as frame
from partner_tui.ui.workspace.screen import WorkspaceScreen
from partner_tui.workspace.workspace import Workspace
from tests.small_partner import MANIFEST, git, make_repository
from tests.ui.waiting import until

if TYPE_CHECKING:
    from textual.pilot import Pilot

MakeApp = Callable[..., PartnerApp]
POINTING = MANIFEST + "  - id: stem\n    rdf_source: stem.yaml\n"


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "LOOK_SECONDS", 0.2)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    files = {"collection.yaml": POINTING, "stem.yaml": "type: model\nname: Stem\n"}
    return make_repository(tmp_path / "zoo", files)


async def opened(pilot: Pilot[None], app: PartnerApp) -> Workspace:
    await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
    assert isinstance(app.screen, WorkspaceScreen)
    workspace = app.screen.workspace
    await until(pilot, lambda: workspace.repository is not None and not app.background.running)
    stem = workspace.manifest.entries[-1]
    await until(pilot, lambda: stem.index in workspace._resolved)
    return workspace


def told(app: PartnerApp) -> list[str]:
    return [toast.message for toast in app._notifications if "Another program" in toast.message]


@pytest.mark.parametrize("name", ["collection.yaml", "stem.yaml"])
async def test_a_file_that_a_shell_changes_is_told_once_and_reloaded_on_demand(
    make_app: MakeApp, clone: Path, name: str
) -> None:
    app = make_app(clone)
    async with app.run_test(size=(120, 36)) as pilot:
        workspace = await opened(pilot, app)
        (clone / name).write_text((clone / name).read_text() + "# by hand\n")
        await until(pilot, lambda: bool(told(app)))
        repository = workspace.repository
        assert repository is not None
        await until(pilot, lambda: name in repository.state.dirty)  # Changes lists it before it is reloaded
        await pilot.pause(0.8)
        assert told(app) == [f"Another program changed {name}. Press ctrl+r to reload."]
        await pilot.press("ctrl+r")
        await until(pilot, lambda: any(toast.message.startswith("Reloaded") for toast in app._notifications))
        assert not workspace.changed_outside()


async def test_an_rdf_that_was_missing_is_told_when_it_comes(make_app: MakeApp, clone: Path) -> None:
    (clone / "stem.yaml").unlink()
    app = make_app(clone)
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(pilot, app)
        (clone / "stem.yaml").write_text("type: model\n")
        await until(pilot, lambda: bool(told(app)))
        assert "stem.yaml" in told(app)[0]


async def test_the_first_line_follows_what_git_does_in_a_shell(make_app: MakeApp, clone: Path) -> None:
    app = make_app(clone)
    async with app.run_test(size=(120, 36)) as pilot:
        workspace = await opened(pilot, app)
        git(clone, "switch", "-q", "-c", "topic/side")
        await until(pilot, lambda: workspace.place[1].startswith("topic/side"))
        (clone / "other.txt").write_text("x")
        git(clone, "add", "other.txt")
        repository = workspace.repository
        assert repository is not None
        await until(pilot, lambda: "other.txt" in repository.state.dirty)
        git(clone, "commit", "-qm", "Other")
        await until(pilot, lambda: repository.state.commit == git(clone, "rev-parse", "HEAD").strip())
        git(clone, "reset", "-q", "--hard", "HEAD~1")
        await until(pilot, lambda: repository.state.commit == git(clone, "rev-parse", "HEAD").strip())
        (clone / "collection.yaml").write_text(POINTING + "# stashed\n")
        await until(pilot, lambda: workspace.is_changed_outside())
        git(clone, "stash", "-q")
        await until(pilot, lambda: not workspace.is_changed_outside())
        git(clone, "checkout", "-q", "--detach")
        await until(pilot, lambda: workspace.place[1].startswith("detached"))


@pytest.mark.slow
async def test_no_git_runs_while_nothing_moves(
    make_app: MakeApp, clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(clone)
    async with app.run_test(size=(120, 36)) as pilot:
        workspace = await opened(pilot, app)
        await until(pilot, lambda: not workspace.on_disk.repository_moved())
        await pilot.pause(1.0)
        ran: list[object] = []
        complete = Process.complete

        def count(process: Process) -> object:
            ran.append(process.text)
            return complete(process)

        monkeypatch.setattr(Process, "complete", count)
        os.utime(clone / "stem.yaml")
        os.utime(clone / "collection.yaml")
        await pilot.pause(1.5)
        assert ran == [] and not told(app)


async def test_what_the_app_itself_saves_is_no_news(make_app: MakeApp, clone: Path) -> None:
    app = make_app(clone)
    async with app.run_test(size=(120, 36)) as pilot:
        workspace = await opened(pilot, app)
        screen = app.screen
        assert isinstance(screen, WorkspaceScreen)
        contents = {"stem.yaml": b"type: model\nname: Stalk\n", "collection.yaml": POINTING.encode() + b"#\n"}
        await screen.run_and_refresh("saving", lambda: workspace.save("both", contents))
        await pilot.pause(1.0)
        assert not told(app)


async def test_the_window_that_is_left_and_entered_looks_at_once(
    make_app: MakeApp, clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frame, "LOOK_SECONDS", 3600)
    app = make_app(clone)
    async with app.run_test(size=(120, 36)) as pilot:
        await opened(pilot, app)
        app.app_focus = False
        await pilot.pause(0.3)
        (clone / "collection.yaml").write_text(POINTING + "# by hand\n")
        app.app_focus = True
        await until(pilot, lambda: bool(told(app)))
