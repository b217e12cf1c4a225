"""Asks once for a repository whether pictures may be downloaded from the hosts that have them; each is when it is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from functools import partial

from partner_tui.pictures.raster import SIZE_LIMIT
from partner_tui.plain import plural, visible
from partner_tui.ui.background import Running
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.view import Frame
from partner_tui.workspace.central.config_sides import site_partners
from partner_tui.workspace.entries.remote_pictures import by_host
from partner_tui.workspace.entries.shown_pictures import remote_pictures


def _of_manifest(screen: Frame) -> tuple[str, ...]:
    app = screen.app
    return remote_pictures(screen.workspace, site_partners(app.settings.central, app.directories) or ())


async def ask_for_pictures(screen: Frame, find: Callable[[], Iterable[str]] | None = None) -> None:
    """Show the hosts, and let them be asked from now on if the user agrees; nothing is asked before.

    Args:
        find: The URLs of the pictures that are to be shown, found in a thread; those of the manifest and of the splash's strip by default.
    """
    pictures, find = screen.workspace.pictures, find or partial(_of_manifest, screen)
    running = Running("looking for pictures")
    hosts = by_host(await screen.app.background.run(running, lambda: tuple(find())))
    if not hosts:
        screen.app.notify("No picture is on another host: nothing to download.")
        return
    if all(host in pictures.hosts for host in hosts):
        await asyncio.to_thread(pictures.agree, ())  # what failed is tried again
    else:
        lines = [f"  {visible(host, 60)}: {plural(count, 'picture')}" for host, count in hosts.items()]
        text = (
            f"Pictures of this repository may be downloaded from these hosts when they are shown (https only, at most "
            f"{SIZE_LIMIT >> 20} MiB each), and are kept in your cache:\n\n" + "\n".join(lines)
        )
        if not await screen.app.push_screen_wait(ConfirmScreen("Download pictures?", text, yes="Download")):
            return
        await asyncio.to_thread(pictures.agree, hosts)
    screen.pictures_changed()
