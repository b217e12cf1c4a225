"""Why an action of the Contributions view cannot be done now."""

from __future__ import annotations

from partner_tui.contributions.arrived import Arrival
from partner_tui.ui.contributions.contribution_list import NOT_MERGEABLE
from partner_tui.ui.view import NO_REPOSITORY
from partner_tui.workspace.contributions.known import KnownContributions
from partner_tui.workspace.contributions.listed import Row
from partner_tui.workspace.workspace import Workspace


def disabled_reason(
    action: str,
    workspace: Workspace,
    known: KnownContributions,
    chosen: Row | None,
    has_marked: bool,
    nothing: str,
    problem: str,
) -> str | None:
    """In one sentence; None when it can.

    Args:
        chosen: The row under the cursor.
        has_marked: Whether any row is marked.
        nothing: What is said where the list is empty.
        problem: Why the contributions could not be listed; "" where they could.
    """
    match action:
        case "merge" if not workspace.in_repository:
            return NO_REPOSITORY
        case "merge" if chosen is None and not has_marked:
            return "No contribution selected."
        case "merge" if chosen is not None and not has_marked and not chosen.is_mergeable:
            return NOT_MERGEABLE
        case "add" if known.contributions is None:
            return nothing
        case "delete" if chosen is None or chosen.one.kind != "hand":
            return "Only what you added by hand can be deleted here."
        case "page" | "copy" if chosen is None:
            return "No contribution selected."
        case "seen" if chosen is None or not isinstance(chosen.one, Arrival):
            return "Only what arrived by itself is marked as seen."
        case "seen_all" if not known.unseen:
            return "Nothing arrived that was not seen."
        case "ask_forge" if known.contributions is None:
            return nothing
        case "fetch" if not workspace.in_repository:
            return NO_REPOSITORY
        case "fetch" if not problem and (repository := workspace.repository) is not None:
            if (refusal := repository.why_no_remote) is not None:
                return f"{refusal.message} {refusal.hint}"
    return None
