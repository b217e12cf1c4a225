"""Opens a page of the view Central."""

from __future__ import annotations

from typing import TypeVar

from textual.pilot import Pilot

from partner_tui.ui.central.read_page import ReadPage
from partner_tui.ui.central.view import CentralView
from tests.ui.waiting import opened_frame, until

Page = TypeVar("Page", bound=ReadPage)


async def open_page(pilot: Pilot[None], kind: type[Page], name: str) -> Page:
    """Bring a page to the front; it may still be reading."""
    await opened_frame(pilot)
    await pilot.press("4")
    await until(pilot, lambda: bool(pilot.app.screen.query(kind)))
    pilot.app.screen.query_one(CentralView).tab = name
    return pilot.app.screen.query_one(kind)
