"""Why an action of the Changes view cannot be done now."""

from __future__ import annotations

from partner_tui.workspace.changes.uncommitted import ChangesState


def disabled_reason(known: ChangesState, action: str) -> str | None:
    """Why an act cannot be done now, in one sentence; None when it can."""
    state = known.standing.state
    match action:
        case "discard":
            return None if known.rows else "No changes to discard."
        case "toggle_diff":
            return None if known.rows else "No changes to show."
        case _ if known.problem:
            return known.problem
        case "amend" | "undo_commit":
            if action == "undo_commit" and known.last and known.last.merged_into:
                return None
            return _why_last_stays(known) or (known.unsound if action == "amend" else None)
        case "commit":
            return known.unsound if known.rows else "No changes to commit."
        case _ if known.standing.no_remote is not None:
            return known.standing.no_remote
        case "bring_in" if not state.behind and not known.standing.new_default:
            return "Nothing to pull. Press f5 to fetch."
        case "bring_in":
            return "Commit or discard your changes before you pull." if known.rows else None
        case "pull_request":
            return None  # commits that are pushed to another branch will do
        case _ if known.standing.unpushed:
            return None
        case _ if known.rows:
            return "No commits to push. Commit your changes first (c)."
        case _:
            return "No commits to push."


def _why_last_stays(known: ChangesState) -> str | None:
    if known.last is None:
        return "There is no commit yet."
    return " ".join(known.last.problem) if known.last.problem else None
