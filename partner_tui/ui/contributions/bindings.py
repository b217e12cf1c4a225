"""The keys of the Contributions view: merging, what is asked of remote and forge, and the list."""

from __future__ import annotations

from textual.binding import BindingType

from partner_tui.ui.binding import bind, hidden

BINDINGS: list[BindingType] = [
    bind("m", "merge", "Merge", "contributions.merge", "Merge the marked ones, or the selected one"),
    bind("a", "add", "Add", "contributions.add", "Add a fork, patch, RDF or package"),
    hidden(
        "d",
        "delete",
        "Delete",
        "contributions.delete",
        "Delete the branch of one that you added (asks first)",
    ),
    bind("f5", "fetch", "Fetch", "contributions.fetch", "Fetch pull requests and branches"),
    bind(
        "F",
        "ask_forge",
        "Forge",
        "contributions.forge",
        "Ask the forge for titles, states, checks",
        key_display="F",
    ),
    bind("slash", "filter", "Filter", "contributions.filter", "Filter the list"),
    bind("t", "over", "Merged", "contributions.over", "Show or hide what is merged, closed or seen"),
    bind("n", "seen", "Seen", "contributions.seen", "Mark what arrived as seen, or not seen"),
    hidden("N", "seen_all", "All seen", "contributions.seen_all", "Mark all that arrived as seen"),
    hidden("o", "page", "Page", "contributions.page", "Open its page in the browser"),
    hidden("y", "copy", "Copy link", "contributions.copy", "Copy the link to its page"),
    hidden("tab", "other_pane", "Other pane", "contributions.pane", "Go to the other pane"),
    hidden(
        "ctrl+z",
        "undo_merge",
        "Undo",
        "contributions.undo",
        "Undo the last merge (asks first), or the last change",
    ),
    hidden("escape", "back", "Back", "contributions.back", "Back to the list"),
]
