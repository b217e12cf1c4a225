"""Messages cover no dialog that comes up after them; they are there again when it closes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.screen import Screen
from textual.widgets import Button
from textual.widgets._toast import Toast, ToastRack

from partner_tui.ui.app import PartnerApp
from partner_tui.ui.changes.git_log import GitLogPane
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from tests.ui.waiting import opened_frame, until

MakeApp = Callable[..., PartnerApp]


def shown(screen: Screen[object]) -> list[str]:
    return [
        str(toast._notification.message)
        for rack in screen.children
        if isinstance(rack, ToastRack)
        for holder in rack.children
        for toast in holder.children
        if isinstance(toast, Toast)
    ]


async def test_a_message_from_before_waits_behind_a_dialog(make_app: MakeApp, repository: Path) -> None:
    app = make_app(repository)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.clear_notifications()
        app.notify("Saved.", timeout=600)
        await until(pilot, lambda: "Saved." in shown(app.screen))
        below = app.screen
        app.push_screen(ConfirmScreen("Push?", "To the remote.", yes="Push", no="Cancel"))
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        app.notify("Said in the dialog.", timeout=600)
        await until(pilot, lambda: bool(shown(app.screen)))
        assert shown(app.screen) == ["Said in the dialog."]
        said, buttons = app.screen.query_one(Toast), app.screen.query(Button)
        await until(pilot, lambda: said.region.height > 0)
        assert buttons and all(not said.region.overlaps(button.region) for button in buttons)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is below)
        await until(pilot, lambda: {"Saved.", "Said in the dialog."} <= set(shown(below)))


@pytest.mark.slow
@pytest.mark.parametrize("size", [(120, 36), (200, 60)])
async def test_a_message_in_changes_covers_neither_the_buttons_nor_what_git_answered(
    make_app: MakeApp, repository: Path, size: tuple[int, int]
) -> None:
    app = make_app(repository)
    async with app.run_test(size=size, notifications=True) as pilot:
        await opened_frame(pilot)
        await pilot.press("5")
        await until(pilot, lambda: bool(app.screen.query(GitLogPane)))
        app.clear_notifications()
        app.notify("Committed.", timeout=600)
        await until(pilot, lambda: any(said.region.height for said in app.screen.query(Toast)))
        said, log = app.screen.query_one(Toast), app.screen.query_one(GitLogPane)
        below = [log, *app.screen.query_one("#commit").query(Button)]
        assert len(below) == 3
        assert not any(said.region.overlaps(widget.region) for widget in below)
        await pilot.press("1")
        await until(pilot, lambda: app.screen.query_one(Toast).region.bottom > size[1] - 4)
