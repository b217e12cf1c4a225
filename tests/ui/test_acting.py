"""An act is started once; whoever waits for a worker may be stopped without it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from textual.app import App
from textual.screen import Screen

from partner_tui.ui.acting import act, outcome
from partner_tui.ui.app import PartnerApp
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from tests.ui.waiting import until


class Acts(Screen[None]):
    def __init__(self) -> None:
        super().__init__()
        self.begun: list[str] = []
        self.may_end = asyncio.Event()

    @act("write")
    async def save(self, what: str) -> None:
        self.begun.append(what)
        await self.may_end.wait()

    @act("write")
    async def save_all(self) -> None:
        self.begun.append("all")

    @act("read")
    async def read(self) -> None:
        self.begun.append("read")


async def test_an_act_is_not_started_again_nor_another_of_its_group_until_it_is_done() -> None:
    app = App[None]()
    async with app.run_test() as pilot:
        screen, other = Acts(), Acts()
        await app.push_screen(other)
        await app.push_screen(screen)
        first = screen.save("a")
        assert first is not None and first.group == "write"
        assert screen.save("b") is None and screen.save_all() is None
        assert screen.read() is not None and other.save("its own") is not None
        await pilot.pause()
        assert (screen.begun, other.begun) == (["a", "read"], ["its own"])
        screen.may_end.set()
        await first.wait()
        screen.save_all()
        await pilot.pause()
        assert screen.begun == ["a", "read", "all"]


async def test_an_act_that_failed_or_was_stopped_can_be_started_again() -> None:
    app = App[None]()
    async with app.run_test() as pilot:
        screen = Acts()
        await app.push_screen(screen)
        stopped = screen.save("a")
        assert stopped is not None
        await pilot.pause()
        stopped.cancel()
        await pilot.pause()
        assert screen.save("b") is not None


async def test_a_worker_goes_on_where_who_waits_for_it_is_stopped() -> None:
    app = App[None]()
    async with app.run_test() as pilot:
        may_end = asyncio.Event()

        async def write() -> str:
            await may_end.wait()
            return "written"

        worker = app.run_worker(write())
        waiting = asyncio.create_task(outcome(worker))
        await pilot.pause()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        may_end.set()
        assert await outcome(worker) == "written"


async def test_who_waits_for_a_worker_that_is_stopped_is_stopped_too() -> None:
    app = App[None]()
    async with app.run_test() as pilot:
        worker = app.run_worker(asyncio.sleep(60))
        waiting = asyncio.create_task(outcome(worker))
        await pilot.pause()
        worker.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting


async def test_who_waits_for_a_dialog_that_is_taken_away_has_no_answer(
    make_app: Callable[..., PartnerApp],
) -> None:
    """Or the act would never be done, and never start again."""
    app = make_app()
    async with app.run_test() as pilot:
        question = ConfirmScreen("Discard?", "It is gone then.", yes="Discard")

        async def ask() -> bool:
            answer = await app.push_screen_wait(question)
            return answer is True

        asking = app.run_worker(ask())
        await until(pilot, lambda: app.screen is question)
        await app.pop_screen()
        assert await asking.wait() is False
