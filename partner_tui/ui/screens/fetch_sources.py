"""Fetching what entries need from elsewhere: never unasked, and with every address shown before."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from partner_tui.ui.background import Running
from partner_tui.ui.screens.confirm import ConfirmScreen

if TYPE_CHECKING:
    from partner_tui.ui.app import PartnerApp
    from partner_tui.workspace.upgrading import Upgrading


async def fetch_sources(app: PartnerApp, upgrading: Upgrading, entries: Collection[int]) -> bool:
    """Ask, then fetch what the entries need; whether anything was asked for. An address that fails is told by itself."""
    sources = await asyncio.to_thread(upgrading.remote_sources, entries)
    if not sources:
        app.notify("Nothing that these entries need lies elsewhere.")
        return False
    if not await app.push_screen_wait(consent(sources)):
        return False
    for number, address in enumerate(sources, start=1):
        running = Running("fetching", stoppable=False, detail=f"{number}/{len(sources)}")
        with app.errors_shown():
            await app.background.run(running, upgrading.fetch, address)
    return True


def consent(sources: Mapping[str, tuple[str, ...]]) -> ConfirmScreen:
    """The question whether these addresses may be asked, for the entries that need them."""
    lines = [f"{address}\n  for {', '.join(ids)}" for address, ids in sources.items()]
    text = "These addresses would be asked, by https alone and for at most 2 MiB each:\n\n" + "\n".join(lines)
    return ConfirmScreen("Fetch what lies elsewhere?", text, yes="Fetch")
