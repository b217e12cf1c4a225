"""The screen of a repository without a manifest: what happened is told, and each row leads to an open repository."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from partner_tui.repository.process.git_log import LoggedCommand
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.entries.view import EntriesView
from partner_tui.ui.splash.view import SplashView
from partner_tui.ui.start.lost_manifest import LostManifestScreen, NewManifestScreen
from partner_tui.ui.start.screen import StartScreen
from partner_tui.ui.widgets.footer import footer_keys
from partner_tui.ui.workspace.past import PastScreen
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.small_partner import MANIFEST, git, make_repository
from tests.ui.waiting import frame_of, screen_text, until

MakeApp = Callable[..., PartnerApp]


def commands(app: PartnerApp) -> tuple[LoggedCommand, ...]:
    """What git ran for the open repository."""
    repository = frame_of(app).workspace.repository
    assert repository is not None
    return repository.log.commands


@pytest.fixture
def lost(tmp_path: Path) -> Path:
    """A repository whose branch lost its manifest; another branch has it, and there is one more YAML file."""
    root = make_repository(tmp_path / "zoo", {"collection.yaml": MANIFEST, "README.md": ""})
    git(root, "branch", "with-it")
    (root / "collection.yaml").unlink()
    (root / "zoo.yaml").write_text("config: {id: zoo, name: Zoo}\ncollection: []\n")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Remove [the] manifest")
    return root


def rows(app: PartnerApp) -> list[str]:
    options = app.screen.query_one(OptionList)
    return [str(options.get_option_at_index(index).prompt).strip() for index in range(options.option_count)]


async def choose(pilot: Pilot[None], row: str) -> None:
    app = pilot.app
    assert isinstance(app, PartnerApp)
    await until(pilot, lambda: isinstance(app.screen, LostManifestScreen))
    options = app.screen.query_one(OptionList)
    options.highlighted = next(index for index, text in enumerate(rows(app)) if text.startswith(row))
    await pilot.press("enter")


async def test_everything_is_told_on_one_screen(lost: Path, make_app: MakeApp) -> None:
    app = make_app(lost)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, LostManifestScreen))
        made = git(lost, "log", "-1", "--format=%h %as", "--abbrev=7").split()
        said = str(app.screen.query(Static).first().content)
        assert made[0] in said and made[1] in said
        told = "\n".join(rows(app))
        assert "Remove [the] manifest" in told
        assert "Switch to with-it" in told and "zoo.yaml" in told and "Create collection.yaml" in told
        options = app.screen.query_one(OptionList)
        assert options.max_scroll_y == 0 and app.screen.query_one("#dismiss").region.bottom <= 24
        assert rows(app)[options.highlighted or 0] == "Open it read-only"


def shows(app: PartnerApp, view: str) -> bool:
    return frame_of(app).current_view.id == view


@pytest.mark.slow
async def test_the_last_version_is_shown_and_cannot_be_saved(lost: Path, make_app: MakeApp) -> None:
    app = make_app(lost)
    async with app.run_test(size=(120, 36)) as pilot:
        await choose(pilot, "Open it read-only")
        await until(pilot, lambda: isinstance(app.screen, PastScreen))
        assert len(frame_of(app).workspace.manifest.entries) == 2
        assert "Read-only: collection.yaml before" in str(app.screen.query_one("#past", Static).content)
        entries = frame_of(app).query_one(EntriesView)
        for act in ("edit", "upgrade", "upgrade_all", "mend"):
            assert "read-only" in (entries.disabled_reason(act) or ""), act
        await pilot.press("e")
        await until(pilot, lambda: any("read-only" in note.message for note in app._notifications))
        assert git(lost, "status", "--short") == ""
        keys = {key.label: key.enabled for key in footer_keys(app.screen)}
        assert not keys["Edit"] and not keys["Upgrade"] and keys["Copy link"]
        for key, view in (
            ("2", "splash"),
            ("5", "splash"),
            ("4", "splash"),
            ("1", "entries"),
            ("3", "splash"),
        ):
            await pilot.press(key)
            await until(pilot, partial(shows, app, view))
        splash = frame_of(app).query_one(SplashView)
        assert (
            "read-only" in (splash.disabled_reason("save") or "") and splash.check_action("save", ()) is None
        )
        await pilot.press("b")
        await until(pilot, lambda: isinstance(app.screen, LostManifestScreen))


async def test_from_the_last_version_it_is_restored(lost: Path, make_app: MakeApp) -> None:
    app = make_app(lost)
    async with app.run_test(size=(120, 36)) as pilot:
        await choose(pilot, "Open it read-only")
        await until(pilot, lambda: isinstance(app.screen, PastScreen))
        await pilot.press("R")
        await until(pilot, lambda: type(app.screen) is WorkspaceScreen)
        assert (lost / "collection.yaml").read_text() == MANIFEST
        await until(pilot, lambda: frame_of(app).workspace.repository is not None)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: not (lost / "collection.yaml").exists())
        await until(
            pilot, lambda: "collection.yaml is missing. Not checked, not committed." in screen_text(app)
        )
        assert "cannot be read" not in screen_text(app) and "redo (ctrl+y)" in screen_text(app)
        await pilot.press("ctrl+y")
        await until(pilot, lambda: "Leaf veins" in screen_text(app))


async def test_it_is_restored_as_an_uncommitted_change(lost: Path, make_app: MakeApp) -> None:
    app = make_app(lost)
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, "Restore it")
        await until(pilot, lambda: type(app.screen) is WorkspaceScreen)
        assert git(lost, "status", "--short") == "?? collection.yaml\n"


async def test_a_branch_is_switched_to(lost: Path, make_app: MakeApp) -> None:
    app = make_app(lost)
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, "Switch to with-it")
        await until(pilot, lambda: type(app.screen) is WorkspaceScreen)
        assert git(lost, "branch", "--show-current") == "with-it\n"


async def test_a_switch_that_git_refuses_is_told_and_the_list_stays(lost: Path, make_app: MakeApp) -> None:
    (lost / "zoo.yaml").write_text("mine: yes\n")
    git(lost, "rm", "--quiet", "--cached", "README.md")
    (lost / "README.md").write_text("mine\n")
    app = make_app(lost)
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, "Switch to with-it")
        await until(pilot, lambda: bool(app._notifications))
        assert isinstance(app.screen, LostManifestScreen)
        assert (lost / "README.md").read_text() == "mine\n"


async def test_another_yaml_file_is_opened_and_remembered(lost: Path, make_app: MakeApp) -> None:
    app = make_app(lost)
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, "zoo.yaml")
        await until(pilot, lambda: type(app.screen) is WorkspaceScreen)
    again = make_app(lost)
    async with again.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: type(again.screen) is WorkspaceScreen)
        assert frame_of(again).workspace.manifest_name == "zoo.yaml"


async def test_a_new_manifest_is_created_from_id_and_name(lost: Path, make_app: MakeApp) -> None:
    app = make_app(lost)
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, "Create collection.yaml")
        await until(pilot, lambda: isinstance(app.screen, NewManifestScreen))
        app.screen.query_one("#id", Input).value = "Not an id"
        await pilot.press("enter", "enter")
        assert isinstance(app.screen, NewManifestScreen)
        assert "lowercase" in str(app.screen.query_one(".problem", Static).content)
        app.screen.query_one("#id", Input).value = "zoo"
        app.screen.query_one("#name", Input).value = "Zoo: new"
        await pilot.press("enter")
        await until(pilot, lambda: type(app.screen) is WorkspaceScreen)
        assert frame_of(app).workspace.manifest.partner.name == "Zoo: new"
        assert git(lost, "status", "--short") == "?? collection.yaml\n"


async def test_escape_goes_back_and_retry_looks_again(lost: Path, make_app: MakeApp) -> None:
    app = make_app(lost)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, LostManifestScreen))
        git(lost, "checkout", "--quiet", "with-it", "--", "collection.yaml")
        await pilot.press("r")
        await until(pilot, lambda: type(app.screen) is WorkspaceScreen)
    git(lost, "reset", "--quiet", "--hard")
    app = make_app(lost)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, LostManifestScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, StartScreen))


async def test_an_empty_remote_begins_with_a_new_manifest(tmp_path: Path, make_app: MakeApp) -> None:
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "empty.git")
    app = make_app((tmp_path / "empty.git").as_uri())
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, LostManifestScreen))
        assert "no commits yet" in str(app.screen.query(Static).first().content)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, NewManifestScreen))
        assert app.screen.query_one("#id", Input).value == "empty"
        await pilot.press("enter", "enter")
        await until(pilot, lambda: type(app.screen) is WorkspaceScreen)


async def test_what_git_did_before_the_workspace_is_in_its_log(lost: Path, make_app: MakeApp) -> None:
    app = make_app(lost)
    async with app.run_test(size=(120, 36)) as pilot:
        await choose(pilot, "Switch to with-it")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        await until(pilot, lambda: frame_of(app).workspace.repository is not None)
        assert "git switch with-it" in [one.brief for one in commands(app)]


async def test_a_clone_is_the_first_in_the_log(lost: Path, make_app: MakeApp) -> None:
    git(lost, "switch", "--quiet", "with-it")
    git(lost, "config", "uploadpack.allowFilter", "true")
    app = make_app(lost.as_uri())
    async with app.run_test(size=(120, 36)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        await until(pilot, lambda: frame_of(app).workspace.repository is not None)
        ran = [one.brief.split(" ")[1] for one in commands(app)]
        assert ran[:3] == ["clone", "sparse-checkout", "checkout"]
