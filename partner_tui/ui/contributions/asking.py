"""Asks the forge about the pull requests of the open repository: on a key alone, never by itself."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from partner_tui.errors import PartnerTuiError
from partner_tui.plain import plural
from partner_tui.ui.dialogs.with_token import with_token
from partner_tui.workspace.contributions.asking_forge import ask_with_checks

if TYPE_CHECKING:
    from partner_tui.ui.app_base import BaseApp
    from partner_tui.workspace.contributions.contributions import Contributions


async def ask_forge(app: BaseApp, contributions: Contributions, state: Path) -> bool:
    """Ask, and keep the answer; whether there is one. Without a token it is asked what it shows to everybody.

    Raises:
        PartnerTuiError: There is no forge to ask, or it does not answer.
    """
    forge = await asyncio.to_thread(contributions.forge, app.settings.github_api)
    if forge is None:
        raise PartnerTuiError(
            "The forge of the remote has no API that can be asked.",
            "GitHub has one, and the server in the setting github_api.",
        )
    done = await with_token(app, forge, f"asking {forge.host}", partial(ask_with_checks, forge, state))
    if done is None:
        return False
    known = done.result
    count = sum(one.state == "open" for one in known.pulls.values())
    rest = "" if known.is_whole else " The oldest were not read."
    app.notify(f"{forge.host} has {plural(count, 'open pull request')}.{rest}", markup=False)
    return True
