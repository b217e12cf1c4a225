"""Fetching what entries need from elsewhere: never unasked, and with every address shown before."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from partner_tui.errors import PartnerTuiError
from partner_tui.manifest.sources import addresses
from partner_tui.ui.background import Running
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.workspace.entries.remote_sources import remote_sources

if TYPE_CHECKING:
    from partner_tui.manifest.entry import Manifest
    from partner_tui.ui.view import Frame
    from partner_tui.workspace.workspace import Workspace


async def fetch_sources(screen: Frame, manifest: Manifest, entries: Collection[int]) -> bool:
    """Ask, then fetch what entries need, and let every view see them with it; whether anything was asked for.

    An address that fails is told by itself.

    Args:
        manifest: The workspace's, or what it is being turned into.
    """
    sources = await asyncio.to_thread(remote_sources, manifest, screen.workspace.files, entries)
    if not sources:
        screen.app.notify("Nothing to fetch: the missing files belong in this repository.")
        return False
    return await fetch_references(screen, sources)


async def fetch_references(screen: Frame, sources: Mapping[str, tuple[str, ...]]) -> bool:
    """Ask, then fetch these references, each with the entries that need it; whether they were asked for."""
    app, workspace = screen.app, screen.workspace
    if not await app.push_screen_wait(consent(sources)):
        return False
    running = Running("fetching")
    for error in await app.background.run(running, _fetch, workspace, sources, running):
        app.show_error(error)
    screen.manifest_changed()
    return True


def _fetch(workspace: Workspace, addresses: Collection[str], running: Running) -> list[PartnerTuiError]:
    """Fetch one after the other until told to stop; what went wrong."""
    errors: list[PartnerTuiError] = []
    for number, address in enumerate(addresses, start=1):
        if running.cancelled.is_set():
            break
        running.detail = f"{number}/{len(addresses)}"
        try:
            workspace.fetch_source(address)
        except PartnerTuiError as error:
            errors.append(error)
    return errors


def consent(sources: Mapping[str, tuple[str, ...]]) -> ConfirmScreen:
    """The question whether the addresses of these references may be asked, for the entries that need them."""
    lines = [
        "\n".join((*(addresses(reference) or (reference,)), f"  for {', '.join(ids)}"))
        for reference, ids in sources.items()
    ]
    text = "These URLs will be downloaded (https only, at most 2 MiB each):\n\n" + "\n".join(lines)
    return ConfirmScreen("Fetch remote files?", text, yes="Fetch")
