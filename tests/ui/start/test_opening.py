"""From a source to its workspace: cloning and stopping, failures, several manifests, one that does not parse."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import ContentSwitcher, OptionList, Static

from partner_tui.settings import Directories
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.start.opening import ChooseManifestScreen
from partner_tui.ui.start.screen import StartScreen
from partner_tui.ui.widgets.box import Box
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.small_partner import MANIFEST, git, make_repository
from tests.ui.waiting import frame_of, until

MakeApp = Callable[..., PartnerApp]


def words(app: PartnerApp) -> str:
    return "\n".join(str(static.content) for static in app.screen.query(Static))


def front(app: PartnerApp) -> str | None:
    """The view that is shown, where a workspace is open."""
    if not isinstance(app.screen, WorkspaceScreen) or not app.screen.query("ContentSwitcher"):
        return None
    return app.screen.query_one(ContentSwitcher).current


async def test_a_remote_is_cloned_and_opened(
    tmp_path: Path, make_app: MakeApp, repository: Path, directories: Directories
) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", str(repository), "remote.git")
    app = make_app((tmp_path / "remote.git").as_uri())
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        assert frame_of(app).workspace.folder.is_relative_to(directories.clones)
        assert len(frame_of(app).workspace.manifest.entries) == 2


async def test_a_stopped_clone_leaves_nothing_behind(make_app: MakeApp, directories: Directories) -> None:
    """The remote takes the connection and never answers, as a slow network does."""
    server = socket.create_server(("127.0.0.1", 0))
    app = make_app(f"http://ada:secret@127.0.0.1:{server.getsockname()[1]}/zoo/models.git")
    async with app.run_test() as pilot:
        await until(pilot, lambda: bool(app.screen.query("#cloning")))
        assert "/zoo/models.git" in words(app) and "secret" not in words(app)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, StartScreen))
    server.close()
    assert not list(directories.clones.rglob("models*"))
    assert not list(directories.clones.rglob(".partner-tui-clone-*"))


async def test_a_failure_says_what_to_do_and_can_be_retried(
    tmp_path: Path, make_app: MakeApp, repository: Path
) -> None:
    missing = tmp_path / "later"
    app = make_app(missing)
    async with app.run_test() as pilot:
        await until(pilot, lambda: bool(app.screen.query("#failure")))
        assert "No file or folder" in words(app)
        missing.mkdir()
        (missing / "collection.yaml").write_text(MANIFEST)
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))


async def test_a_misspelt_address_is_told_without_its_password(make_app: MakeApp) -> None:
    app = make_app("https//ada:hunter2@host.example/o/n")
    async with app.run_test() as pilot:
        await until(pilot, lambda: bool(app.screen.query("#failure")))
        titles = [str(box.border_title) for box in app.screen.query(Box)]
        assert "host.example/o/n" in words(app) and "hunter2" not in words(app) + "".join(titles)


async def test_back_from_a_failure_leads_to_the_start_screen(make_app: MakeApp) -> None:
    app = make_app("/no/such/folder")
    async with app.run_test() as pilot:
        await until(pilot, lambda: bool(app.screen.query("#failure")))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, StartScreen))


async def test_one_of_several_manifests_is_chosen(tmp_path: Path, make_app: MakeApp) -> None:
    names = {"collection.yaml": MANIFEST, "manifest.bioimage.io.yaml": MANIFEST}
    app = make_app(make_repository(tmp_path / "two", names))
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, ChooseManifestScreen))
        options = app.screen.query_one(OptionList)
        chosen = str(options.get_option_at_index(1).prompt)
        await pilot.press("j", "enter")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        assert frame_of(app).workspace.manifest_name == chosen


async def test_a_manifest_that_does_not_parse_is_shown_until_it_does(
    tmp_path: Path, make_app: MakeApp
) -> None:
    broken = MANIFEST.replace("name: Petal nuclei", "name: Petal: nuclei")
    root = make_repository(tmp_path / "one", {"collection.yaml": broken})
    app = make_app(root)
    async with app.run_test() as pilot:
        await until(pilot, lambda: front(app) == "broken" and "name: Petal: nuclei" in words(app))
        (root / "collection.yaml").write_text(MANIFEST)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: front(app) == "entries")


async def test_the_editor_opens_at_the_line_that_does_not_parse(
    tmp_path: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Path, int]] = []

    async def edit_file(app: PartnerApp, path: Path, line: int) -> None:
        asked.append((path, line))
        path.write_text(MANIFEST)

    monkeypatch.setattr("partner_tui.ui.editor.edit_file", edit_file)
    broken = MANIFEST.replace("name: Petal nuclei", "name: Petal: nuclei")
    root = make_repository(tmp_path / "one", {"collection.yaml": broken})
    app = make_app(root)
    async with app.run_test() as pilot:
        await until(pilot, lambda: bool(app.screen.query("#edit")))
        await pilot.press("e")
        await until(pilot, lambda: front(app) == "entries")
    line = broken.splitlines().index("    name: Petal: nuclei") + 1
    assert asked == [(root / "collection.yaml", line)]


async def test_a_detached_head_is_opened_and_said(make_app: MakeApp, repository: Path) -> None:
    git(repository, "checkout", "--quiet", "--detach")
    app = make_app(repository)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        await until(pilot, lambda: any("detached" in said.title for said in app._notifications))
