"""Commits that arrived by themselves, in the list of contributions: marking them as seen."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from partner_tui.contributions.arrived import Arrival
from partner_tui.plain import plural
from partner_tui.workspace.contributions.known import KnownContributions


def unseen(known: KnownContributions) -> list[Arrival]:
    """All that arrived and was not seen."""
    return [row.one for row in known.rows if isinstance(row.one, Arrival) and not row.is_over]


async def mark(known: KnownContributions, marked: Sequence[Arrival], *, is_seen: bool) -> str:
    """Mark some as seen, or as not seen again; what was done, in a sentence.

    Raises:
        PartnerTuiError: It cannot be noted.
    """
    await asyncio.to_thread(known.mark_seen, marked, is_seen=is_seen)
    what = marked[0].reference if len(marked) == 1 else plural(len(marked), "arrival")
    return (
        f"Marked {what} as seen. Press t to show what was seen." if is_seen else f"{what} is not seen again."
    )
