"""Fetching what entries need from elsewhere: never unasked, and with every address shown before."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from partner_tui.errors import PartnerTuiError
from partner_tui.ui.background import Running
from partner_tui.ui.screens.confirm import ConfirmScreen

if TYPE_CHECKING:
    from partner_tui.ui.app import PartnerApp
    from partner_tui.workspace.workspace import Workspace


async def fetch_sources(
    app: PartnerApp, workspace: Workspace, sources: Mapping[str, tuple[str, ...]]
) -> bool:
    """Ask, then fetch; whether anything was asked for. An address that fails is told by itself.

    Args:
        sources: The addresses, with the ids of the entries that need them; see `fetched.remote_sources`.
    """
    if not sources:
        app.notify("Nothing to fetch: what these entries name should be in this repository.")
        return False
    if not await app.push_screen_wait(consent(sources)):
        return False
    running = Running("fetching")
    for error in await app.background.run(running, _fetch, workspace, sources, running):
        app.show_error(error)
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
    """The question whether these addresses may be asked, for the entries that need them."""
    lines = [f"{address}\n  for {', '.join(ids)}" for address, ids in sources.items()]
    text = "These addresses would be asked, by https alone and for at most 2 MiB each:\n\n" + "\n".join(lines)
    return ConfirmScreen("Fetch what lies elsewhere?", text, yes="Fetch")
