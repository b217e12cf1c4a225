"""The keys of the Changes view: commits, the way to the remote, and the panes; and why an act cannot be done now."""

from __future__ import annotations

from textual.binding import BindingType

from partner_tui.ui.binding import bind, hidden
from partner_tui.workspace.changes.uncommitted import ChangesState

BINDINGS: list[BindingType] = [
    bind("c,ctrl+s", "commit", "Commit", "changes.commit", "Write a message and commit"),
    bind("d", "discard", "Discard", "changes.discard", "Reset the change to the last commit"),
    bind("P", "push", "Push", "changes.push", "Push the commits", key_display="P"),
    bind("p", "bring_in", "Pull", "changes.pull", "Rebase your commits onto the remote's"),
    bind("w", "toggle_diff", "Diff", "changes.diff", "Switch between fields and lines"),
    hidden("B", "push_branch", "Branch", "changes.branch", "Push to a new branch"),
    hidden("A", "amend", "Amend", "changes.amend", "Amend the last commit with your edits", key_display="A"),
    hidden(
        "u", "undo_commit", "Undo commit", "changes.undo_commit", "Undo the last commit, keep its changes"
    ),
    hidden("b", "screen.branches", "Branches", "changes.branches", "Switch branches, or delete one"),
    hidden("a", "author", "Author", "changes.author", "Change the commit author"),
    hidden("l", "log", "Git log", "changes.log", "Show the session's git commands"),
    hidden("y", "copy_link", "Copy link", "changes.copy", "Copy the link"),
    hidden("o", "open_link", "Open link", "changes.open", "Open the link"),
    hidden("escape", "back", "Back", "changes.back", "Back to the list"),
    bind("r", "pull_request", "PR", "changes.pull_request", "Push and open a pull request", key_display="r"),
]


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
