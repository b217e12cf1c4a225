"""The keys of the Changes view: commits, the way to the remote, and the panes."""

from __future__ import annotations

from textual.binding import Binding, BindingType

BINDINGS: list[BindingType] = [
    Binding("c,ctrl+s", "commit", "Commit", id="changes.commit", tooltip="Write a message and commit"),
    Binding("d", "discard", "Discard", id="changes.discard", tooltip="Reset the change to the last commit"),
    Binding("P", "push", "Push", key_display="P", id="changes.push", tooltip="Push the commits"),
    Binding("p", "bring_in", "Pull", id="changes.pull", tooltip="Rebase your commits onto the remote's"),
    Binding("w", "toggle_diff", "Diff", id="changes.diff", tooltip="Switch between fields and lines"),
    Binding("B", "push_branch", "Branch", show=False, id="changes.branch", tooltip="Push to a new branch"),
    Binding(
        "A",
        "amend",
        "Amend",
        show=False,
        key_display="A",
        id="changes.amend",
        tooltip="Amend the last commit with your edits",
    ),
    Binding(
        "u",
        "undo_commit",
        "Undo commit",
        show=False,
        id="changes.undo_commit",
        tooltip="Undo the last commit, keep its changes",
    ),
    Binding(
        "b",
        "branches",
        "Branches",
        show=False,
        id="changes.branches",
        tooltip="Switch branches, or delete one",
    ),
    Binding("a", "author", "Author", show=False, id="changes.author", tooltip="Change the commit author"),
    Binding("l", "log", "Git log", show=False, id="changes.log", tooltip="Show the session's git commands"),
    Binding("y", "copy_link", "Copy link", show=False, id="changes.copy", tooltip="Copy the link"),
    Binding("o", "open_link", "Open link", show=False, id="changes.open", tooltip="Open the link"),
    Binding("escape", "back", "Back", show=False, id="changes.back", tooltip="Back to the list"),
    Binding(
        "r",
        "pull_request",
        "PR",
        key_display="r",
        id="changes.pull_request",
        tooltip="Push and open a pull request",
    ),
]
