"""Asks once what a host runs whose name does not say it; the answer is kept in the settings file.

The rule: no page and no API is guessed. An API is asked of a host only because the user says that it is GitHub Enterprise.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from partner_tui.addresses.forge import SAID
from partner_tui.errors import Cancelled
from partner_tui.plain import visible
from partner_tui.settings_file import keep_forge
from partner_tui.ui.background import Running
from partner_tui.ui.dialogs.choosing import ChoosingScreen
from partner_tui.workspace.changes.pull_request import host_to_ask_about

if TYPE_CHECKING:
    from partner_tui.ui.app_base import BaseApp
    from partner_tui.workspace.workspace import Workspace


class ForgeKindScreen(ChoosingScreen[str]):
    """Dismissed with one of `SAID`, None when cancelled."""

    HELP = "How a pull request is opened depends on it. The answer is saved in your settings, as forges."

    def __init__(self, host: str) -> None:
        text = f"What does {visible(host, 60)} run? Its name does not say. You are asked once."
        super().__init__(tuple(SAID), "Which forge is it?", text, SAID.values())


async def ask_what_it_runs(app: BaseApp, workspace: Workspace) -> None:
    """Ask about the remote's host, where nobody said it.

    Raises:
        Cancelled: There was no answer.
        PartnerTuiError: The settings cannot be written.
    """
    workspace.forges = app.settings.hosts
    host = await app.background.run(Running("reading the remote"), host_to_ask_about, workspace)
    if not host:
        return
    kind = await app.push_screen_wait(ForgeKindScreen(host))
    if kind is None:
        raise Cancelled("No pull request was opened.")
    app.settings = await asyncio.to_thread(keep_forge, app.directories.settings_file, host, kind)
    workspace.forges = app.settings.hosts
    if workspace.repository is not None:
        workspace.repository.forges = workspace.forges
