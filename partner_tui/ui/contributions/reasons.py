"""Why the list of the Contributions view is empty, or an action of the view cannot be done now, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from partner_tui.contributions.arrived import Arrival
from partner_tui.plain import visible
from partner_tui.ui.background import Running
from partner_tui.ui.contributions.contribution_list import NOT_MERGEABLE
from partner_tui.ui.contributions.panel import ContributionPanel
from partner_tui.ui.contributions.reviewing import ReviewingView
from partner_tui.ui.view import NO_REPOSITORY

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


def nothing(view: ReviewingView) -> str:
    """Why no row is shown, and what to do."""
    if not view.workspace.in_repository:
        return NO_REPOSITORY
    if words := _under_way(view.app.background.running) or view.problem:
        return words
    if view.known.contributions is None:
        unread = view.workspace.unread
        return f"{unread.message}\n{unread.hint}" if unread else UNDER_WAY["reading the repository"]
    if view.query_one(ContributionPanel).words:
        return NO_MATCH
    if view.known.rows:
        return ALL_OVER
    return NONE_KNOWN if view.workspace.has_remote else NO_REMOTE


def _under_way(running: Sequence[Running]) -> str:
    """What goes on that fills the list, and how far it is; "" where nothing does."""
    for one in reversed(running):
        if one.title in UNDER_WAY and not one.cancelled.is_set():
            words = "\n".join(filter(None, (UNDER_WAY[one.title], visible(one.detail, 200))))
            return f"{words}\n\nesc stop" if one.stoppable else words
    return ""


def disabled_reason(view: ReviewingView, action: str) -> str | None:
    """Why an action cannot be done, in one sentence; None when it can."""
    workspace, known, chosen = view.workspace, view.known, view.chosen
    # Asked of all acts for each change of the footer: only what an act needs is looked up.
    has_marked = action == "merge" and bool(view.query_one(ContributionPanel).rows.marked)
    match action:
        case "merge" if not workspace.in_repository:
            return NO_REPOSITORY
        case "merge" if chosen is None and not has_marked:
            return "No contribution selected."
        case "merge" if chosen is not None and not has_marked and not chosen.is_mergeable:
            return NOT_MERGEABLE
        case "add" | "ask_forge" if known.contributions is None:
            return nothing(view).partition("\n")[0]
        case "delete" if chosen is None or chosen.one.kind != "hand":
            return "Only what you added by hand can be deleted here."
        case "page" | "copy" if chosen is None:
            return "No contribution selected."
        case "seen" if chosen is None or not isinstance(chosen.one, Arrival):
            return "Only what arrived by itself is marked as seen."
        case "seen_all" if not known.unseen:
            return "Nothing arrived that was not seen."
        case "fetch" if not workspace.in_repository:
            return NO_REPOSITORY
        case "fetch" if not view.problem and (repository := workspace.repository) is not None:
            if (refusal := repository.why_no_remote) is not None:
                return f"{refusal.message} {refusal.hint}"
    return None
