"""Actions on an entry that take more than one step: choose one of its links, repair duplicate keys."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

from partner_tui.manifest.entry import Entry
from partner_tui.manifest.resolve import Resolved
from partner_tui.plain import visible
from partner_tui.splash.card import Link, find_urls, read_card, site_link
from partner_tui.ui.app_base import BaseApp
from partner_tui.ui.view import Frame


def links_of(entry: Entry, resolved: Resolved | None, public_id: str) -> list[Link]:
    """The links of an entry: its page on the site first, then those in its fields."""
    data = resolved.data if resolved else entry.own
    page = [Link("bioimage.io page", site_link(public_id, read_card(data).nickname))] if public_id else []
    return [*page, *find_urls(data)]


async def open_one(app: BaseApp, links: Sequence[Link]) -> None:
    """Let the user choose one of several links, and open it in the browser; without one, its URL is copied."""
    from partner_tui.ui.entries.choose_link import ChooseLinkScreen

    url = await app.push_screen_wait(ChooseLinkScreen(links))
    if url is not None:
        app.open_url(url)


def copy(app: BaseApp, text: str) -> None:
    app.copy_to_clipboard(text)
    app.notify(visible(text, 200), title="Copied", markup=False)


async def repair_duplicate_keys(frame: Frame) -> None:
    """Show both values of a duplicate key, and write what is chosen, until none is left."""
    from partner_tui.ui.broken.repair import RepairScreen
    from partner_tui.workspace.opening.repair_session import diagnose

    workspace = frame.workspace
    while (
        found := await asyncio.to_thread(diagnose, workspace.document.text, workspace.manifest_name)
    ).problem:
        remedy = await frame.app.push_screen_wait(RepairScreen(found))
        if remedy is None:
            return
        contents = {workspace.manifest_name: remedy.text.encode()}
        save = partial(workspace.save, f"repair: {remedy.title}", contents)
        if await frame.run_and_refresh("repairing", save) is None:
            return
