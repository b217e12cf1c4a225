"""Messages cover no dialog that comes up after them; they are there again when it closes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.screen import Screen
from textual.widgets import Button
from textual.widgets._toast import Toast, ToastRack

from partner_tui.ui.app import PartnerApp
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from tests.ui.waiting import until

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
