"""ctrl+c copies what is selected; where nothing is, it says how to quit instead of doing nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static, TextArea

from partner_tui.ui.app import PartnerApp
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from tests.ui.waiting import opened_frame, until

MakeApp = Callable[..., PartnerApp]


async def said(pilot: Pilot[None]) -> str:
    app = pilot.app
    await until(pilot, lambda: bool(app._notifications))
    return " ".join(note.message for note in app._notifications)


async def test_it_says_how_to_quit_in_a_view(make_app: MakeApp, repository: Path) -> None:
    app = make_app(repository)
    async with app.run_test() as pilot:
        await opened_frame(pilot)
        await pilot.press("ctrl+c")
        assert "Press q or ctrl+q to quit." in await said(pilot)


async def test_it_says_how_to_quit_in_a_field_and_keeps_the_clipboard(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        app.copy_to_clipboard("before")
        await pilot.press(*"abc", "ctrl+c")
        assert "ctrl+q to quit." in await said(pilot)
        assert "Press q" not in await said(pilot), "q is a letter there"
        assert app.clipboard == "before"


async def test_it_says_how_to_quit_in_a_dialog(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await app.push_screen(ConfirmScreen("Discard?", "It is gone then.", yes="Discard"))
        await pilot.press("ctrl+c")
        assert "Press ctrl+q to quit." in await said(pilot)


async def test_it_says_the_keys_that_the_user_bound(make_app: MakeApp, repository: Path) -> None:
    app = make_app(repository, keymap={"app.quit": "x"})
    async with app.run_test() as pilot:
        await opened_frame(pilot)
        await pilot.press("ctrl+c")
        assert "Press x or ctrl+q to quit." in await said(pilot)


@pytest.mark.parametrize("keys", [("shift+home",), ("ctrl+shift+a",)])
async def test_it_copies_what_is_selected_in_a_field(make_app: MakeApp, keys: tuple[str, ...]) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press(*"abc", *keys, "ctrl+c")
        assert app.clipboard == "abc"
        assert app.screen.query_one(Input).value == "abc"
        assert await said(pilot) == "Copied."


async def test_it_copies_what_is_selected_in_a_text_and_on_the_screen(
    make_app: MakeApp, repository: Path
) -> None:
    app = make_app(repository)
    async with app.run_test(size=(120, 36)) as pilot:
        await opened_frame(pilot)
        head = app.screen.query_one("#head", Static)
        await until(pilot, lambda: bool(str(head.render()).strip()))
        area = TextArea("one\ntwo")
        await app.screen.mount(area)
        area.focus()
        area.select_all()
        await pilot.press("ctrl+c")
        assert app.clipboard == "one\ntwo"
        await area.remove()
        head.text_select_all()
        await pilot.press("ctrl+c")
        await until(pilot, lambda: "one" not in app.clipboard and bool(app.clipboard.strip()))
