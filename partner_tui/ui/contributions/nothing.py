"""What the view says in place of an empty list: why there is nothing in it, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from partner_tui.plain import visible
from partner_tui.ui.background import Running
from partner_tui.workspace.contributions.known import KnownContributions

LISTING = "listing contributions"
UNDER_WAY = {
    "reading the repository": "Reading the repository…",
    "fetching": "Fetching contributions from the remote…",
    LISTING: "Listing contributions…",
}
"""What is said while work of a title goes on that fills the list."""
NONE_KNOWN = "No contributions known.\n\nPress f5 to fetch pull requests and branches from the remote,\nor a to add a patch or a package."
NO_REMOTE = "No contributions: this clone has no remote.\n\nPress a to add a patch or a package."
ALL_OVER = "Nothing to review.\n\nPress t to show what is merged, closed or seen."
NO_MATCH = "No contributions match the filter.\n\nesc clear   / edit"
STOPPED = "The contributions were not listed: you stopped it.\n\nPress f5 to list them."


def nothing(
    known: KnownContributions,
    running: Sequence[Running],
    problem: str,
    *,
    is_filtered: bool,
    has_remote: bool,
) -> str:
    """Why no row is shown, and what to do.

    Args:
        running: All work that is under way.
        problem: Why they could not be listed; "" where they could.
        is_filtered: Whether a filter leaves none.
    """
    if words := _under_way(running):
        return words
    if problem:
        return problem
    if known.contributions is None:
        return UNDER_WAY["reading the repository"]
    if is_filtered:
        return NO_MATCH
    if known.rows:
        return ALL_OVER
    return NONE_KNOWN if has_remote else NO_REMOTE


def _under_way(running: Sequence[Running]) -> str:
    """What goes on that fills the list, and how far it is; "" where nothing does."""
    for one in reversed(running):
        if one.title in UNDER_WAY and not one.cancelled.is_set():
            words = "\n".join(filter(None, (UNDER_WAY[one.title], visible(one.detail, 200))))
            return f"{words}\n\nesc stop" if one.stoppable else words
    return ""
