"""The history of an entry over the app: listed as it is read, restored as one change that is undone, and asked about first."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot

from partner_tui.manifest.editing.edits import Replace
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.history.screen import HistoryScreen
from partner_tui.ui.workspace.screen import WorkspaceScreen
from partner_tui.workspace.entries.history import History, Version
from tests.small_partner import MANIFEST, git
from tests.ui.waiting import frame_of, opened_frame, screen_text, until

MakeApp = Callable[..., PartnerApp]
Opened = AbstractAsyncContextManager[tuple[Pilot[None], HistoryScreen]]
OLD = MANIFEST.replace("id: petal-nuclei", "id: Petals").replace("tags: [2d]", "tags: [2d, petal]")
NEWER = MANIFEST.replace("Nuclei of petals", "Nuclei of 3 petals")


@pytest.fixture
def root(repository: Path) -> Path:
    """Four versions of the first entry, the first of which has another id."""
    for message, text in (
        ("Begin again", OLD),
        ("Rename [bold]it[/]\n\nSaid \x1b[31mso.", MANIFEST),
        ("Count them", NEWER),
        ("Title it", NEWER.replace("splash_title: Microscopy Meadow ", "splash_title: The Meadow ")),
    ):
        (repository / "collection.yaml").write_text(text, "utf-8")
        git(repository, "commit", "--quiet", "-am", message)
    return repository


def text_of(root: Path) -> str:
    return (root / "collection.yaml").read_text("utf-8")


def is_read(screen: HistoryScreen) -> bool:
    return screen._reading is None and bool(screen.rows.versions)


def is_told(pilot: Pilot[None], words: str) -> bool:
    return any(words in one.message for one in pilot.app._notifications)


@pytest.fixture
def opened(make_app: MakeApp, root: Path) -> Callable[..., Opened]:
    """Opens the history of the first entry, or of the splash, once it is read."""

    @asynccontextmanager
    async def open_history(
        *keys: str, size: tuple[int, int] = (120, 36)
    ) -> AsyncIterator[tuple[Pilot[None], HistoryScreen]]:
        app = make_app(root)
        async with app.run_test(size=size) as pilot:
            await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
            await until(pilot, lambda: frame_of(app).workspace.repository is not None)
            await until(pilot, lambda: not app.background.running)
            for key in keys:
                await pilot.press(key)
                await until(pilot, lambda: not app.background.running)
            await pilot.press("H")
            await until(pilot, lambda: isinstance(app.screen, HistoryScreen))
            screen = app.screen
            assert isinstance(screen, HistoryScreen)
            await until(pilot, lambda: is_read(screen))
            yield pilot, screen

    return open_history


async def test_the_versions_are_listed_and_the_selected_one_is_shown(opened: Callable[..., Opened]) -> None:
    async with opened() as (pilot, screen):
        assert [one.change for one in screen.rows.versions] == ["changed", "renamed", "renamed", "added"]
        assert "Nuclei of 3 petals" in (shown := screen_text(pilot.app))
        assert "renamed from Petals" in shown and "Rename [bold]it[/]" in shown
        await pilot.press("j")
        await until(pilot, lambda: "Said ␛[31mso." in screen_text(pilot.app))


async def go_in_and_out(pilot: Pilot[None], screen: HistoryScreen) -> None:
    """To the fields, back to the versions, and out."""
    await pilot.press("enter")
    await until(pilot, lambda: screen.detail.has_focus_within)
    await pilot.press("escape")
    await until(pilot, lambda: screen.rows.has_focus)
    await pilot.press("escape")
    await until(pilot, lambda: isinstance(pilot.app.screen, WorkspaceScreen))


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_enter_goes_to_the_fields_and_escape_back_and_out(
    opened: Callable[..., Opened], size: tuple[int, int]
) -> None:
    async with opened(size=size) as (pilot, screen):
        await go_in_and_out(pilot, screen)


async def test_escape_leaves_while_the_log_is_still_read_and_ends_the_reading(
    opened: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    versions, held = History.versions, Event()

    def slow(self: History) -> Iterator[Sequence[Version]]:
        yield from versions(self)
        held.wait(60)

    async with opened() as (pilot, screen):
        monkeypatch.setattr(History, "versions", slow)
        screen._read()
        await until(pilot, lambda: len(screen.rows.versions) == 4 and screen._reading is not None)
        reading = screen._reading
        assert reading is not None
        await go_in_and_out(pilot, screen)
        assert reading.cancelled.is_set()
        held.set()


async def test_a_version_is_restored_and_undone(opened: Callable[..., Opened], root: Path) -> None:
    before = text_of(root)
    async with opened() as (pilot, screen):
        await pilot.press("b")
        await until(pilot, lambda: is_read(screen) and len(screen.rows.versions) == 5)
        assert text_of(root) == before.replace("Nuclei of 3 petals", "Nuclei of petals")
        assert screen.rows.versions[0].commit is None
        await pilot.press("ctrl+z")
        await until(pilot, lambda: is_read(screen) and len(screen.rows.versions) == 4)
        assert text_of(root) == before
        await pilot.press("r")
        await until(pilot, lambda: is_told(pilot, "nothing to restore"))
        assert text_of(root) == before


@pytest.mark.slow
async def test_each_undo_counts_though_the_history_is_closed_right_after(
    opened: Callable[..., Opened], root: Path
) -> None:
    async with opened() as (pilot, screen):
        app, frame = pilot.app, screen._frame
        for number in range(1, 5):
            edit = Replace(("config", "name"), f"Name {number}")
            await frame.save_edits(f"edit {number}", [edit])
        for key in ("ctrl+z",) * 3:
            app.simulate_key(key)
        await until(pilot, lambda: len(frame.workspace.steps.undone) == 3)
        app.simulate_key("ctrl+z")
        app.simulate_key("escape")
        await until(pilot, lambda: app.screen is frame and len(frame.workspace.steps.undone) == 4)
        await until(pilot, lambda: not frame.app.background.running)
        assert app.screen is frame


@pytest.mark.slow
async def test_an_id_that_would_change_is_asked_about_and_enter_is_no_answer(
    opened: Callable[..., Opened], root: Path
) -> None:
    before = text_of(root)
    async with opened() as (pilot, screen):
        await pilot.press("j", "b")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen))
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert text_of(root) == before
        await pilot.press("b")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: pilot.app.screen is screen and len(screen.rows.versions) == 5)
        assert "id: Petals" in text_of(root) and "tags: [2d, petal]" in text_of(root)


async def test_one_field_is_restored_alone(opened: Callable[..., Opened], root: Path) -> None:
    before = text_of(root)
    async with opened() as (pilot, screen):
        await pilot.press("j", "enter")
        await until(pilot, lambda: screen.detail.has_focus_within)
        while (selected := screen.detail.fields.selected) is None or selected.path[0] != "tags":
            await pilot.press("j")
            await pilot.pause()
        await pilot.press("b")
        await until(pilot, lambda: text_of(root) != before)
        assert text_of(root) == before.replace("tags: [2d]", "tags: [2d, petal]")


async def test_the_splash_has_a_history(opened: Callable[..., Opened], root: Path) -> None:
    async with opened("3") as (pilot, screen):
        assert [one.change for one in screen.rows.versions] == ["changed", "added"]
        await pilot.press("b")
        await until(pilot, lambda: "splash_title: Microscopy Meadow  #" in text_of(root))


async def test_the_hash_of_a_commit_is_copied(opened: Callable[..., Opened], root: Path) -> None:
    async with opened() as (pilot, _):
        await pilot.press("y")
        await until(pilot, lambda: pilot.app.clipboard == git(root, "rev-parse", "HEAD~1").strip())


async def test_without_a_repository_it_says_so(make_app: MakeApp, tmp_path: Path) -> None:
    (tmp_path / "alone").mkdir()
    (tmp_path / "alone" / "collection.yaml").write_text(MANIFEST, "utf-8")
    app = make_app(tmp_path / "alone")
    async with app.run_test() as pilot:
        await opened_frame(pilot)
        await pilot.press("H")
        await until(pilot, lambda: is_told(pilot, "it has no history"))
