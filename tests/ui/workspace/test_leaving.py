"""Leaving asks only when something could be lost; a bug loses nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widgets import Static

from partner_tui.ui.app import PartnerApp
from partner_tui.ui.background import Running
from partner_tui.ui.changes.push_dialogs import ForkUrlScreen
from partner_tui.ui.dialogs.bug import BugScreen
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.dialogs.help import HelpScreen
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.ui.waiting import frame_of, opened_frame, until

MakeApp = Callable[..., PartnerApp]


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_quitting_with_nothing_unsaved_asks_nothing(
    make_app: MakeApp, repository: Path, key: str
) -> None:
    app = make_app(repository)
    async with app.run_test() as pilot:
        await opened_frame(pilot)
        await pilot.press(key)
        await until(pilot, lambda: app._exit)
    assert app.return_code == 0


async def test_quitting_while_a_push_runs_asks_and_enter_stays(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        app.background.running.append(Running("pushing", writes=True))
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, ConfirmScreen))
        assert not app._exit
        await pilot.press("ctrl+q")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: app._exit)


async def test_a_full_disk_is_no_bug_wherever_it_is_met(
    make_app: MakeApp, caplog: pytest.LogCaptureFixture
) -> None:
    def fill() -> None:
        Path("/dev/full").write_bytes(b"x")

    app = make_app()
    async with app.run_test() as pilot:
        with app.errors_shown():
            fill()
        app.run_worker(fill, thread=True)
        await until(pilot, lambda: len([*app.shown_notifications]) == 2)
        assert {note.title for note in app.shown_notifications} == {"It could not be done: the disk is full."}
        assert not isinstance(app.screen, BugScreen)
    assert caplog.text.count("in fill") == 2, "where it was met is in the log"


DIALOGS: dict[str, Callable[[PartnerApp], Screen[Any]]] = {
    "question": lambda app: ConfirmScreen("Discard?", "It is gone then.", yes="Discard"),
    "help": lambda app: HelpScreen(app.screen),
    "field": lambda app: ForkUrlScreen("No write access.", "example.org/moss"),
    "bug": lambda app: BugScreen("ValueError", Path("log")),
}


@pytest.mark.parametrize("dialog", DIALOGS)
async def test_ctrl_q_quits_from_a_dialog_too(make_app: MakeApp, dialog: str) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await app.push_screen(DIALOGS[dialog](app))
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app._exit)
    assert app.return_code == 0


async def test_ctrl_q_in_a_dialog_asks_once_where_something_could_be_lost(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        app.background.running.append(Running("pushing", writes=True))
        below = ConfirmScreen("Discard?", "It is gone then.", yes="Discard")
        await app.push_screen(below)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app.screen is not below)
        question = app.screen
        await pilot.press("ctrl+q")
        assert app.screen is question
        await app.push_screen(HelpScreen(question))
        await pilot.press("ctrl+q")
        assert isinstance(app.screen, HelpScreen), "what covers the question does not hide that it was asked"
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is question)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is below)
        assert not app._exit
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app.screen is not below)
        await pilot.press("y")
        await until(pilot, lambda: app._exit)


async def test_quitting_while_something_is_only_read_asks_nothing(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        app.background.running.append(Running("planning", stoppable=False))
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app._exit)


async def test_the_checkers_child_ends_with_the_app(
    make_app: MakeApp, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(repository)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        closed: list[bool] = []
        checker = frame_of(app).workspace.checker
        close = checker.close

        def noted() -> None:
            closed.append(True)
            close()

        monkeypatch.setattr(checker, "close", noted)
        await pilot.press("q")
        await until(pilot, lambda: bool(closed))


class FaultyScreen(Screen[None]):
    """Does everything wrong."""

    BINDINGS = [("x", "fail", "Fail")]

    def compose(self) -> ComposeResult:
        yield Static("faulty")

    def action_fail(self) -> None:
        raise RuntimeError("a bug [in] an action")

    def on_click(self) -> None:
        raise RuntimeError("a bug in a handler")


async def test_a_bug_in_an_action_is_shown_and_work_goes_on(make_app: MakeApp) -> None:
    app = make_app()
    with pytest.raises(RuntimeError, match="an action"):  # tests see every bug
        async with app.run_test() as pilot:
            await app.push_screen(FaultyScreen())
            await pilot.press("x")
            assert isinstance(app.screen, BugScreen)
            assert "a bug [in] an action" in str(app.screen.query(Static).first().content)
            await pilot.press("escape")
            assert isinstance(app.screen, FaultyScreen)


async def test_a_bug_in_a_worker_is_shown_and_work_goes_on(make_app: MakeApp) -> None:
    async def fail() -> None:
        raise RuntimeError("a bug in a worker")

    app = make_app()
    with pytest.raises(RuntimeError, match="a worker"):
        async with app.run_test() as pilot:
            app.run_worker(fail())
            await until(pilot, lambda: isinstance(app.screen, BugScreen))
            await pilot.press("escape")
            await until(pilot, lambda: not isinstance(app.screen, BugScreen))


async def test_work_that_ends_while_the_app_does_finds_no_widgets_and_that_is_no_bug(
    make_app: MakeApp,
) -> None:
    app = make_app()
    async with app.run_test():
        pass
    with app.errors_shown():
        app.query_one(ConfirmScreen)
    assert app._exception is None


async def test_a_widget_that_is_missing_while_the_app_runs_is_a_bug(make_app: MakeApp) -> None:
    app = make_app()
    with pytest.raises(NoMatches):
        async with app.run_test() as pilot:
            with app.errors_shown():
                app.query_one(ConfirmScreen)
            await until(pilot, lambda: isinstance(app.screen, BugScreen))


async def test_after_a_bug_in_a_handler_the_workspace_gets_a_new_screen(
    make_app: MakeApp, repository: Path
) -> None:
    def fail() -> None:
        raise RuntimeError("a bug in a handler")

    app = make_app(repository)
    with pytest.raises(RuntimeError, match="a handler"):
        async with app.run_test() as pilot:
            await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
            broken = app.screen
            broken.call_later(fail)
            await until(pilot, lambda: isinstance(app.screen, BugScreen))
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
            assert app.screen is not broken
            assert app.screen.workspace is broken.workspace  # type: ignore[attr-defined]
            await pilot.press("5")
            assert frame_of(app).current_view.id == "changes"


async def test_a_widget_that_is_missing_is_a_bug_in_a_repository_opened_by_another_screen(
    make_app: MakeApp, repository: Path
) -> None:
    """That screen's work is what Textual tells as the active one ever after."""
    app = make_app(repository)
    with pytest.raises(NoMatches):
        async with app.run_test() as pilot:
            first = await opened_frame(pilot)
            app.reopen(frame_of(app), str(repository))
            await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen) and app.screen is not first)
            again = await opened_frame(pilot)
            again.call_later(lambda: again.query_one(ConfirmScreen))
            await until(pilot, lambda: isinstance(app.screen, BugScreen))


async def test_a_second_bug_in_a_row_ends_the_app_with_one_line(make_app: MakeApp) -> None:
    async def fail() -> None:
        raise RuntimeError("again")

    app = make_app()
    with pytest.raises(RuntimeError, match="again"):
        async with app.run_test() as pilot:
            for _ in range(2):
                app.run_worker(fail())
                await pilot.pause(0.05)
    assert app.return_code == 1


class LastStatic(Static):
    """Takes its time to go, when the other widgets are gone."""

    async def on_unmount(self) -> None:
        screen = self.screen
        assert isinstance(screen, ReadingScreen)
        await until_gone(screen)
        screen.may_show.set()
        await screen.shown.wait()


class ReadingScreen(Screen[None]):
    """Shows what it reads as soon as it is told that it may."""

    def __init__(self) -> None:
        super().__init__()
        self.may_show, self.shown = asyncio.Event(), asyncio.Event()
        self.adds = False

    def compose(self) -> ComposeResult:
        yield Static(id="about")
        yield LastStatic()

    async def read(self) -> None:
        await self.may_show.wait()
        try:
            if self.adds:
                await self.mount(box := Vertical())
                await box.mount(Static("It was read."))
            self.query_one("#about", Static).update("It was read.")
        finally:
            self.shown.set()


async def until_gone(screen: Screen[None]) -> None:
    while screen.query("#about"):
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("adds", [False, True])
@pytest.mark.parametrize("is_guarded", [True, False])
async def test_a_screen_that_is_left_before_what_it_reads_is_there_is_no_bug(
    make_app: MakeApp, is_guarded: bool, adds: bool
) -> None:
    """Textual removes its widgets first, and stops its work last."""
    app = make_app()
    async with app.run_test() as pilot:
        screen = ReadingScreen()
        screen.adds = adds
        await app.push_screen(screen)

        async def read() -> None:
            with app.errors_shown() if is_guarded else nullcontext():
                await screen.read()

        screen.run_worker(read())
        screen.dismiss(None)
        await asyncio.wait_for(screen.shown.wait(), 30)
        await until(pilot, lambda: not screen.is_attached)
        assert not isinstance(app.screen, BugScreen)
    assert app._exception is None
