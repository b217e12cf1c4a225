"""Background work lets keys go first, and goes on when nobody types."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.events import Key

from partner_tui.ui import key_priority
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.dialogs.help import HelpScreen
from partner_tui.ui.entries.table import EntryTable
from partner_tui.ui.widgets.filter_line import FilterLine
from partner_tui.ui.workspace.screen import WorkspaceScreen
from tests.ui.waiting import until

MakeApp = Callable[..., PartnerApp]


async def test_a_thread_sleeps_only_until_a_frame_has_answered_the_key(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_priority, "SLEEP_SECONDS", 0.5)
    monkeypatch.setattr(key_priority, "ANSWER_SECONDS", 60)
    app = make_app()
    async with app.run_test() as pilot:
        app._last_key = 0.0
        assert _seconds(app.yield_to_keys) < 0.5
        await app.on_event(Key("down", None))
        assert _seconds(app.yield_to_keys) >= 0.5
        app.screen.refresh()
        await until(pilot, lambda: app._last_frame > app._last_key)
        assert _seconds(app.yield_to_keys) < 0.5


async def test_a_thread_waits_no_longer_for_a_frame_that_does_not_come(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_priority, "SLEEP_SECONDS", 0.5)
    app = make_app()
    async with app.run_test():
        app._last_key = time.monotonic() - key_priority.ANSWER_SECONDS
        app._last_frame = 0.0
        assert _seconds(app.yield_to_keys) < 0.5


async def test_what_waits_for_quiet_goes_on_after_a_while_all_the_same(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_priority, "QUIET_SECONDS", 60)
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("down")
        async with asyncio.timeout(30):
            await app.quiet(most=0.01)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await app.quiet()


async def test_garbage_is_collected_once_nobody_does_anything(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    collected: list[None] = []
    monkeypatch.setattr(gc, "collect", lambda: collected.append(None))
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, key_priority.COLLECTIONS))
    monkeypatch.setattr(key_priority, "IDLE_SECONDS", 60)
    app = make_app()
    async with app.run_test() as pilot:
        for act in (pilot.press("down"), pilot.click()):
            app._last_input = 0.0
            await act
            app.collect_if_due()
            assert not collected
        app._last_input = 0.0
        app.collect_if_due()
        assert len(collected) == 1


@pytest.mark.slow
@pytest.mark.all_views
async def test_the_views_behind_are_made_at_once_when_one_is_asked_for(
    make_app: MakeApp, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_priority, "QUIET_SECONDS", 60)
    app = make_app(repository)
    async with app.run_test() as pilot:
        await pilot.press("down")
        await until(pilot, lambda: isinstance(app.screen, WorkspaceScreen))
        screen = app.screen
        assert isinstance(screen, WorkspaceScreen)
        await until(pilot, lambda: len(screen.workspace.checks) == len(screen.workspace.manifest.entries))
        assert len(screen.views) == 1
        await pilot.press("3")
        await until(pilot, lambda: screen.current_view.TITLE == "Splash")


@pytest.mark.slow
async def test_keys_that_come_in_one_piece_go_where_each_leads(make_app: MakeApp, repository: Path) -> None:
    app = make_app(repository)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.focused, EntryTable))
        for character in "/susu":
            app.post_message(Key("slash" if character == "/" else character, character))
        line = app.screen.query_one(FilterLine)
        await until(pilot, lambda: line.value == "susu")
        for _ in "susu":
            app.post_message(Key("backspace", None))
        for key in ("enter", "3", "down"):
            app.post_message(Key(key, None))
        screen = app.screen
        assert isinstance(screen, WorkspaceScreen)
        await until(pilot, lambda: screen.current_view.TITLE == "Splash")
        assert line.value == ""


async def test_a_key_to_a_widget_that_goes_away_holds_up_no_other(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        for _ in range(3):
            for key in ("f1", "escape"):
                app.post_message(Key(key, None))
        app.post_message(Key("f1", None))
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        app.post_message(Key("x", "x"))
        await until(pilot, lambda: getattr(app.focused, "value", None) == "x")


def _seconds(function: Callable[[], None]) -> float:
    began = time.monotonic()
    function()
    return time.monotonic() - began
