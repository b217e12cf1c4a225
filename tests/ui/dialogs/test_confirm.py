"""A question shows all that it asks about, from the beginning, with its answers in sight."""

from __future__ import annotations

from collections.abc import Callable

from textual.containers import VerticalScroll
from textual.widgets import Button, Static

from partner_tui.ui.app import PartnerApp
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from tests.ui.waiting import until

ADDRESSES = "\n".join(f"https://example.org/a/rather/long/address/{number}/rdf.yaml" for number in range(200))


async def test_a_long_text_is_there_in_full_and_turned_by_pages(make_app: Callable[..., PartnerApp]) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(ConfirmScreen("Fetch?", ADDRESSES, yes="Fetch"))
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen) and bool(app.screen.query(Button)))
        text = app.screen.query_one("#about", VerticalScroll)
        await until(pilot, lambda: text.size.height > 0)
        assert str(text.query_one(Static).content).endswith("/199/rdf.yaml")
        assert text.scroll_y == 0
        assert all(button.region.bottom <= 24 for button in app.screen.query(Button))
        await pilot.press("pagedown")
        await until(pilot, lambda: text.scroll_y > 0)
        assert app.screen.query_one("#no", Button).has_focus
