"""The verdict on what arrived by itself: seen, reverted in whole or by entry, or its entries upgraded on top.

The rule: it is on the branch already, so nothing is merged; what is wrong with it is made right by a new commit.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import TYPE_CHECKING

from partner_tui.contributions.arrived import Arrival
from partner_tui.errors import PartnerTuiError
from partner_tui.plain import plural
from partner_tui.ui.review.about import number
from partner_tui.ui.review.reverting import choose_entries, revert
from partner_tui.ui.review.verdict import ENTRIES, REVERT, Choice, VerdictScreen
from partner_tui.workspace.changes.committing import the_repository
from partner_tui.workspace.contributions.applying import branch_to_merge_into

if TYPE_CHECKING:
    from partner_tui.ui.review.base import ReviewBase

SEEN = Choice("seen", "Seen", "Takes it off the list of what arrived")
UPGRADE = Choice("upgrade", "Upgrade its entries", "On top of it, to the latest format")


async def judge_arrival(screen: ReviewBase, one: Arrival) -> None:
    """Ask for the verdict, and do what it says.

    Raises:
        PartnerTuiError: It cannot be reverted or upgraded now, or noted.
    """
    assert screen.review is not None
    choices = (SEEN, *((ENTRIES,) if screen.review.entries else ()), REVERT)
    if any(change.after is not None for change, _ in screen.review.entries):
        choices = (*choices, UPGRADE)
    title = f"Verdict on {number(one)}"
    match await screen.app.push_screen_wait(VerdictScreen(title, "", choices)):
        case "seen":
            await _note(screen, one)
            screen.close()
        case "revert":
            await _revert(screen, one, None)
        case "entries":
            if chosen := await choose_entries(screen):
                await _revert(screen, one, chosen)
        case "upgrade":
            await _upgrade(screen, one)


async def _note(screen: ReviewBase, one: Arrival) -> None:
    """It does not wait any more."""
    await asyncio.to_thread(screen.contributions.mark_seen, screen.frame.workspace.state, [one])


async def _revert(screen: ReviewBase, one: Arrival, entries: Collection[str] | None) -> None:
    """What was reverted was seen."""
    if await revert(screen, one.base if len(one.commits) > 1 else None, one.head, entries):
        await _note(screen, one)


async def _upgrade(screen: ReviewBase, one: Arrival) -> None:
    """Go on to the upgrade of the entries that it added or changed, as they are now."""
    from partner_tui.ui.upgrade.screen import UpgradeScreen

    assert screen.review is not None
    app, frame = screen.app, screen.frame
    await asyncio.to_thread(branch_to_merge_into, the_repository(frame.workspace))
    names = {change.name for change, _ in screen.review.entries if change.after is not None}
    entries = frame.workspace.manifest.entries
    wanted = [entry.index for entry in entries if entry.id in names]
    if not wanted:
        raise PartnerTuiError(
            f"None of its {plural(len(names), 'entry')} is in the manifest now.", "Look at it in Entries."
        )
    screen.close()
    app.push_screen(UpgradeScreen(frame, wanted))
