"""The keys of the Changes view: commits, the way to the remote, and the panes."""

from __future__ import annotations

from textual.binding import BindingType

from partner_tui.ui.binding import bind, hidden

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
    hidden("b", "branches", "Branches", "changes.branches", "Switch branches, or delete one"),
    hidden("a", "author", "Author", "changes.author", "Change the commit author"),
    hidden("l", "log", "Git log", "changes.log", "Show the session's git commands"),
    hidden("y", "copy_link", "Copy link", "changes.copy", "Copy the link"),
    hidden("o", "open_link", "Open link", "changes.open", "Open the link"),
    hidden("escape", "back", "Back", "changes.back", "Back to the list"),
    bind("r", "pull_request", "PR", "changes.pull_request", "Push and open a pull request", key_display="r"),
]
