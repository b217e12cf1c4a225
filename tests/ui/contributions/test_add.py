"""A contribution is added by hand, reviewed at once, and deleted after a question; what is hostile is one line."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from partner_tui.settings import Directories
from partner_tui.ui.contributions.add_screen import AddScreen, BranchList
from partner_tui.ui.contributions.addition_form import AdditionForm, FileList
from partner_tui.ui.contributions.view import ContributionsView
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.review.screen import ReviewScreen
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.contributed import FERN, make_contributed
from tests.real_git import git, make_clone, write
from tests.repository.http_remote import HttpRemote
from tests.sent_files import FILES, RDF, archive, link, package
from tests.small_partner import MANIFEST
from tests.ui.contributions.test_view import shown
from tests.ui.waiting import screen_text, until

MAIL = "From: Zoe <zoe@example.org>\nSubject: {}\n\n---\n"
ADDS = "diff --git a/{0} b/{0}\nnew file mode {1}\n--- /dev/null\n+++ b/{0}\n@@ -0,0 +1 @@\n+x\n"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    made = make_clone(make_contributed(tmp_path), tmp_path / "clone")
    git("config", "user.name", "Mia", cwd=made)
    git("config", "user.email", "mia@example.org", cwd=made)
    return made


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    """A bare repository ``zoe/meadow.git`` whose branch ``fern`` adds an entry."""
    work = make_clone(make_contributed(tmp_path / "theirs"), tmp_path / "work")
    git("switch", "--quiet", "-c", "fern", "origin/main~2", cwd=work)
    write(work, "collection.yaml", MANIFEST + FERN)
    git("commit", "--quiet", "--all", "-m", "Add a fern", cwd=work)
    (tmp_path / "zoe").mkdir()
    git("clone", "--quiet", "--bare", str(work), "zoe/meadow.git", cwd=tmp_path)
    return tmp_path / "zoe" / "meadow.git"


@pytest.fixture(autouse=True)
def theirs(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()


async def opened(pilot: Pilot[None], view: ContributionsView) -> AddScreen:
    """The dialog, opened by its key."""
    await until(pilot, lambda: view.known.contributions is not None and view.sent.has_focus)
    await pilot.press("a")
    await until(pilot, lambda: isinstance(pilot.app.screen, AddScreen))
    screen = pilot.app.screen
    assert isinstance(screen, AddScreen)
    return screen


async def entered(pilot: Pilot[None], field: str, text: str) -> None:
    """What is in a field, as if it was pasted, and enter."""
    typed = pilot.app.screen.query_one(field, Input)
    typed.focus()
    typed.value = text
    await pilot.pause()
    await pilot.press("enter")


def line(pilot: Pilot[None], id: str) -> str:
    said = pilot.app.screen.query_one(id, Static)
    return str(said.content) if said.display else ""


def row_of(view: ContributionsView, words: str) -> int | None:
    """The row of the list that has some words."""
    prompts = (str(view.sent.get_option_at_index(at).prompt) for at in range(view.sent.option_count))
    return next((at for at, prompt in enumerate(prompts) if words in prompt), None)


def refs(clone: Path) -> str:
    return git("for-each-ref", "--format=%(refname) %(objectname)", cwd=clone)


@pytest.mark.slow
async def test_a_package_is_added_as_it_is_decided_reviewed_and_deleted(
    clone: Path, directories: Directories, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package(tmp_path / "ferns.zip", {**FILES, ".env": b"secret", "weights.bin": b"1"})
    monkeypatch.chdir(tmp_path)
    async with shown(clone, directories) as (pilot, view):
        screen = await opened(pilot, view)
        await pilot.press(*"fer")
        await until(pilot, lambda: "ferns.zip" in screen_text(pilot.app))
        await pilot.press("tab")
        await until(pilot, lambda: line(pilot, "#recognised") == "a package: ferns.zip")
        await pilot.press("enter")
        await until(pilot, lambda: bool(screen.query(AdditionForm)))
        form, files = screen.query_one(AdditionForm), screen.query_one(FileList)
        await until(pilot, lambda: screen.query_one("#entry-id").has_focus)
        assert (form.decided.id, form.decided.folder) == ("fern-fronds", "datasets/fern-fronds")
        assert str(files.get_option_at_index(0).prompt).startswith("– .env  left out: hidden")
        await entered(pilot, "#entry-id", "leaf-veins")
        await until(pilot, lambda: line(pilot, "#objection") == "There is an entry leaf-veins already.")
        assert isinstance(pilot.app.screen, AddScreen) and form.decided.folder == "datasets/leaf-veins"
        typed = screen.query_one("#entry-id", Input)
        typed.value = "ferns"
        files.focus()
        assert files.highlighted == 0, "space and enter have a row from the start"
        files.highlighted = 1 + [*FILES, "weights.bin"].index("weights.bin")
        await pilot.press("space")
        await until(pilot, lambda: form.skipped == {"weights.bin"} and not line(pilot, "#objection"))
        assert "2 files" in line(pilot, "#places")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        added = git("diff", "--name-only", "HEAD...contributed/ferns", cwd=clone).split()
        assert added == ["collection.yaml", "datasets/ferns/cover.png", "datasets/ferns/docs/readme.md"]
        await until(pilot, lambda: not view.app.background.running)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, WorkspaceScreen))
        await until(pilot, lambda: view.sent.highlighted == row_of(view, "ferns") is not None)
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, WorkspaceScreen))
        assert "contributed/ferns" in refs(clone)
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen))
        assert "1 commit of it is on no other branch" in str(
            pilot.app.screen.query_one("#about Static").render()
        )
        await pilot.press("y")
        await until(pilot, lambda: row_of(view, "ferns") is None)
        assert "contributed/ferns" not in refs(clone) and "refs/partner-tui/backup/1" in refs(clone)


@pytest.mark.slow
async def test_a_fork_is_only_connected_to_once_its_url_was_agreed_to(
    clone: Path, fork: Path, directories: Directories
) -> None:
    with HttpRemote(fork.parent.parent) as remote:
        async with shown(clone, directories) as (pilot, view):
            screen, url = await opened(pilot, view), remote.url("zoe/meadow.git")
            for key in ("enter", "y"):
                await entered(pilot, "#from", url)
                await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen))
                assert url in str(pilot.app.screen.query_one("#about Static").render())
                assert not remote.requests
                await pilot.press(key)
                await until(pilot, lambda: pilot.app.screen is screen)
            await until(pilot, lambda: bool(screen.query(BranchList)))
            branches = screen.query_one(BranchList)
            await until(pilot, lambda: branches.has_focus and branches.chosen == "fern")
            branches.highlighted = [str(one.prompt) for one in branches.options].index("main")
            await pilot.press("enter")
            await until(pilot, lambda: "no commits that your branch lacks" in line(pilot, "#said"))
            assert screen.query_one("#from", Input).value == url and branches.is_attached
            await until(pilot, lambda: branches.has_focus and not view.app.background.running)
            await pilot.press("home")
            await until(pilot, lambda: branches.highlighted == 0)
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
            assert "Add a fern" in git("log", "-1", "--format=%s", "contributed/zoe-fern", cwd=clone)
            assert any("contributed/zoe-fern" in one.command for one in view.workspace.log.commands)


@pytest.mark.slow
async def test_escape_stops_a_server_that_never_answers_and_then_closes(
    clone: Path, directories: Directories
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/meadow.git"
        async with shown(clone, directories) as (pilot, view):
            screen = await opened(pilot, view)
            await entered(pilot, "#from", url)
            await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen))
            await pilot.press("y")
            await until(pilot, lambda: "reading the branches" in line(pilot, "#said"))
            await pilot.press("escape")
            await until(pilot, lambda: line(pilot, "#said") == "Stopped.")
            await until(pilot, lambda: screen.query_one("#from").has_focus)
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(pilot.app.screen, WorkspaceScreen))
            await opened(pilot, view)
            assert pilot.app.screen.query_one("#from", Input).value == url, "what was typed is there again"


@pytest.mark.slow
async def test_what_is_hostile_is_one_line_and_nothing_of_it_stays(
    clone: Path, directories: Directories, tmp_path: Path
) -> None:
    def file(name: str, content: str | bytes) -> str:
        return str(write(tmp_path, f"sent/{name}", content))

    hostile = {
        "--upload-pack=touch owned": "looks like an option",
        "ext::sh -c touch% owned": "would run a program",
        "\x1b[31m/nowhere": "control characters",
        str(tmp_path / "nowhere.zip"): "No file or folder",
        file("bomb.zip", archive(("bomb", bytes(40_000_000)))): "would become",
        file("climbs.zip", archive(("../outside", b""))): "not a path within it",
        file("link.zip", archive((link(), b"/etc/passwd"))): "a link",
        file("\x1b[31mred.zip", archive(("\x1b[31mred", b""))): "not a path within it",
        file("short.zip", b"PK\x03\x04"): "damaged",
        file("deep.yaml", "[" * 100_000): "",
        file("long.patch", MAIL.format("Long") + "x" * 10_000_000): "no patch",
        file("git.patch", MAIL.format("Git") + ADDS.format(".git/config", "100644")): "not a file of",
        file("link.patch", MAIL.format("Link") + ADDS.format("link", "120000")): "a symbolic link",
    }
    async with shown(clone, directories) as (pilot, view):
        screen, before = await opened(pilot, view), refs(clone)
        for typed, words in hostile.items():
            await entered(pilot, "#from", typed)
            await until(pilot, lambda: bool(line(pilot, "#said")) and screen.query_one("#from").has_focus)
            await until(pilot, lambda: not view.app.background.running)
            said = line(pilot, "#said")
            assert words in said and "\n" not in said and "\x1b" not in said and len(said) < 401, (
                typed,
                said,
            )
            assert pilot.app.screen is screen and screen.typed == typed
            assert "\x1b" not in line(pilot, "#recognised")
        assert refs(clone) == before and not (tmp_path / "outside").exists()
        assert not list(tmp_path.rglob("owned"))
        workflow = MAIL.format("Smuggle") + ADDS.format(".github/workflows/ci.yml", "100644")
        await entered(pilot, "#from", file("smuggle.patch", workflow))
        await until(pilot, lambda: isinstance(pilot.app.screen, ReviewScreen))
        await until(
            pilot,
            lambda: "It changes what CI runs" in str(pilot.app.screen.query_one("#cautions Static").render()),
        )


@pytest.mark.slow
async def test_an_rdf_and_where_it_goes_is_shown_at_a_small_size(
    clone: Path, directories: Directories, tmp_path: Path
) -> None:
    sent = write(tmp_path, "rdf.yaml", RDF)
    async with shown(clone, directories, size=(80, 24)) as (pilot, view):
        screen = await opened(pilot, view)
        await entered(pilot, "#from", str(sent))
        await until(pilot, lambda: bool(screen.query(AdditionForm)))
        await entered(pilot, "#entry-id", "_A b")
        await until(pilot, lambda: "An id may contain only" in line(pilot, "#objection"))
        box = screen.query_one("Box").region
        assert box.height <= 24 and screen.query_one("#yes").region.bottom <= box.bottom
        assert isinstance(screen.query_one(FileList), OptionList)
