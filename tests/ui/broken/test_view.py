"""While the manifest cannot be read every view says so, nothing stale is shown, and nothing is committed or pushed unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button

from partner_tui.settings import Directories, Settings
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.broken.repair import RepairScreen
from partner_tui.ui.broken.view import BrokenLine
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.splash.form import SplashForm
from partner_tui.ui.splash.view import SplashView
from partner_tui.ui.workspace.screen import WorkspaceScreen
from partner_tui.workspace.workspace import Workspace
from tests.real_git import git, make_clone
from tests.small_partner import MANIFEST, make_repository
from tests.ui.waiting import opened_frame, screen_text, until

NAME = "collection.yaml"
BROKEN = MANIFEST.replace("name: Petal nuclei", "name: Petal: nuclei")


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    seed = make_repository(tmp_path / "seed", {NAME: MANIFEST})
    git("clone", "--quiet", "--bare", str(seed), str(tmp_path / "remote.git"), cwd=tmp_path)
    folder = make_clone(tmp_path / "remote.git", tmp_path / "clone")
    for key, value in (("user.name", "Ada"), ("user.email", "ada@example.org")):
        git("config", key, value, cwd=folder)
    return folder


@pytest.fixture
def app(clone: Path, directories: Directories) -> PartnerApp:
    return PartnerApp(Settings(fetch_on_open=False), directories, str(clone))


def workspace_of(app: PartnerApp) -> Workspace:
    assert isinstance(app.screen, WorkspaceScreen)
    return app.screen.workspace


def told(app: PartnerApp) -> str:
    """What the app said in messages, seen or not."""
    return "\n".join(f"{note.title} {note.message}" for note in app._notifications)


async def break_it(app: PartnerApp, pilot: Pilot[None], clone: Path, text: str = BROKEN) -> None:
    """Another program breaks the manifest, and the user reloads it."""
    await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
    await until(pilot, lambda: workspace_of(app).repository is not None)
    (clone / NAME).write_text(text)
    await pilot.press("ctrl+r")
    if text != MANIFEST:
        await until(
            pilot, lambda: workspace_of(app).broken is not None and "cannot be read" in screen_text(app)
        )


def look(app: PartnerApp) -> None:
    """What the app does every few seconds."""
    assert isinstance(app.screen, WorkspaceScreen)
    app.screen.look_at_disk()


def banner(app: PartnerApp) -> str:
    line = app.screen.query_one(BrokenLine)
    return str(line.render()) if line.display else ""


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_every_view_says_that_the_manifest_cannot_be_read(
    app: PartnerApp, clone: Path, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await break_it(app, pilot, clone)
        for key, seen in (
            ("1", "name: Petal: nuclei"),
            ("2", "No contributions"),
            ("3", "name: Petal: nuclei"),
            ("5", "collection.yaml changed"),
        ):
            await pilot.press(key)
            await until(pilot, lambda: seen in screen_text(app))  # noqa: B023
            assert "collection.yaml, line 13, cannot be read. Not checked, not committed." in screen_text(app)
            assert "latest" not in screen_text(app) and "Leaf veins" not in screen_text(app)
        await pilot.press("ctrl+z", "1")
        await until(pilot, lambda: "Leaf veins" in screen_text(app))
        assert "cannot be read" not in screen_text(app)


@pytest.mark.slow
async def test_no_commit_is_made_of_it_whatever_is_pressed(app: PartnerApp, clone: Path) -> None:
    head = git("rev-parse", "HEAD", cwd=clone)
    async with app.run_test(size=(120, 36)) as pilot:
        await break_it(app, pilot, clone)
        await pilot.press("5")
        await until(pilot, lambda: "collection.yaml changed" in screen_text(app))
        await pilot.press("c", "ctrl+s", "ctrl+g", "P")
        await until(pilot, lambda: "Nothing can be committed: collection.yaml, line 13" in told(app))
        assert git("rev-parse", "HEAD", cwd=clone) == head
        assert all(button.disabled for button in app.screen.query("CommitForm Button").results(Button))


async def test_undo_and_redo_of_a_break_say_what_they_did(app: PartnerApp, clone: Path) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await break_it(app, pilot, clone)
        await pilot.press("ctrl+z")
        await until(pilot, lambda: "Undone: external edit" in told(app))
        await pilot.press("ctrl+y")
        await until(pilot, lambda: "Redone: external edit" in told(app))
        assert "cannot be read" in screen_text(app) and "Nothing to redo" not in told(app)
        await pilot.press("ctrl+y")
        await until(pilot, lambda: "Nothing to redo" in told(app))


@pytest.mark.slow
async def test_unsaved_edits_of_the_form_outlive_a_break(app: PartnerApp, clone: Path) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await opened_frame(pilot)
        await pilot.press("3")
        await until(pilot, lambda: bool(app.screen.query(SplashForm)))
        view = app.screen.query_one(SplashView)
        view.editing.edit("splash_title", "Half a thought")
        await break_it(app, pilot, clone)
        await pilot.press("3", "ctrl+s")
        await pilot.pause(0.2)
        assert (clone / NAME).read_text() == BROKEN
        (clone / NAME).write_text(MANIFEST)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: workspace_of(app).broken is None and view.display)
        assert view.state.edited == {"splash_title": "Half a thought"}


async def test_a_repair_is_chosen_and_written_as_a_step(app: PartnerApp, clone: Path) -> None:
    async with app.run_test(size=(120, 36)) as pilot:
        await break_it(app, pilot, clone)
        await until(pilot, lambda: bool(app.screen.query("#repair")))
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, RepairScreen))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen) and not workspace_of(app).broken)
        assert 'name: "Petal: nuclei"' in (clone / NAME).read_text()
        assert workspace_of(app).steps.done[0].title == "external edit"
        assert workspace_of(app).steps.done[-1].title.startswith("repair: ")


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["", "[1, 2]\n", f"<<<<<<< HEAD\n{MANIFEST}=======\n>>>>>>> side\n", "{%s", "hello"]
)
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_last_version_that_can_be_read_is_among_the_repairs(
    app: PartnerApp, clone: Path, text: str, size: tuple[int, int]
) -> None:
    for committed in ("- neither\n", text):
        (clone / NAME).write_text(committed)
        git("commit", "--quiet", "--all", "--message", "Break it", cwd=clone)
    kept = git("rev-parse", "--short=7", "HEAD~2", cwd=clone)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        await until(
            pilot, lambda: workspace_of(app).repository is not None and bool(app.screen.query("#repair"))
        )
        await pilot.press("r")
        await until(pilot, lambda: isinstance(app.screen, RepairScreen))
        assert f"Restore it as of commit {kept}" in screen_text(app)
        await pilot.press(*["j"] * 9, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen) and not workspace_of(app).broken)
        assert (clone / NAME).read_text() == MANIFEST
        await pilot.press("ctrl+z")
        await until(pilot, lambda: (clone / NAME).read_text() == text)


async def test_a_manifest_that_was_never_readable_has_no_repair(
    tmp_path: Path, directories: Directories
) -> None:
    folder = make_repository(tmp_path / "seed", {NAME: "- neither\n"})
    app = PartnerApp(Settings(fetch_on_open=False), directories, str(folder))
    async with app.run_test(size=(120, 36)) as pilot:
        await until(
            pilot, lambda: isinstance(app.screen, WorkspaceScreen) and bool(app.screen.query("#repair"))
        )
        await pilot.press("r")
        await until(pilot, lambda: "No automatic repair found" in screen_text(app))
        assert app.screen.query_one("#write", Button).disabled


async def test_a_push_of_a_broken_manifest_asks_and_enter_is_no(app: PartnerApp, clone: Path) -> None:
    remote = clone.parent / "remote.git"
    before = git("rev-parse", "main", cwd=remote)
    (clone / NAME).write_text(BROKEN)
    git("commit", "--quiet", "--all", "--message", "Break it", cwd=clone)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened_frame(pilot)
        await until(pilot, lambda: workspace_of(app).repository is not None)
        await pilot.press("5")
        await until(pilot, lambda: "↑1" in screen_text(app) and "P Push" in screen_text(app))
        await pilot.press("P")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await until(pilot, lambda: "Push anyway?" in screen_text(app))
        assert "“Break it”: collection.yaml, line 13" in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: "Nothing was pushed" in told(app))
        assert git("rev-parse", "main", cwd=remote) == before
        await pilot.press("P")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: git("rev-parse", "main", cwd=remote) != before)


@pytest.mark.slow
async def test_new_duplicate_keys_are_committed_only_after_a_question(app: PartnerApp, clone: Path) -> None:
    head = git("rev-parse", "HEAD", cwd=clone)
    (clone / NAME).write_text(MANIFEST.replace("    tags: [2d]\n", "    tags: [2d]\n    tags: [3d]\n"))
    async with app.run_test(size=(120, 36)) as pilot:
        await opened_frame(pilot)
        await pilot.press("5")
        await until(
            pilot,
            lambda: "petal-nuclei" in screen_text(app) and "No uncommitted changes" not in screen_text(app),
        )
        await pilot.press("c", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await until(pilot, lambda: "“tags” is a duplicate key" in screen_text(app))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        assert git("rev-parse", "HEAD", cwd=clone) == head
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: git("rev-parse", "HEAD", cwd=clone) != head)


async def test_the_line_goes_with_the_problem(app: PartnerApp, clone: Path) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await break_it(app, pilot, clone)
        assert app.screen.query_one(BrokenLine).display
        (clone / NAME).write_text(MANIFEST)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: not app.screen.query_one(BrokenLine).display)


async def test_a_manifest_that_another_program_removed_is_missing(app: PartnerApp, clone: Path) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await break_it(app, pilot, clone)
        (clone / NAME).unlink()
        await pilot.press("ctrl+r")
        await until(
            pilot, lambda: "collection.yaml is missing. Not checked, not committed." in screen_text(app)
        )
        assert "cannot be read" not in screen_text(app)


async def test_what_another_program_broke_is_said_for_as_long_as_it_lasts(
    app: PartnerApp, clone: Path
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await break_it(app, pilot, clone, MANIFEST)
        for text, said in (
            (BROKEN, "yaml, line 13, cannot be read."),
            (None, "yaml is missing."),
            (MANIFEST, ""),
        ):
            (clone / NAME).unlink(missing_ok=True)
            if text is not None:
                (clone / NAME).write_text(text)
            look(app)
            await until(pilot, lambda: said in banner(app) if said else not banner(app))  # noqa: B023
            assert workspace_of(app).broken is None  # as it was read, for unsaved edits
