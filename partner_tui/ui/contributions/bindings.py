"""The keys of the Contributions view: merging, what is asked of remote and forge, and the list."""

from __future__ import annotations

from textual.binding import Binding, BindingType

BINDINGS: list[BindingType] = [
    Binding(
        "m",
        "merge",
        "Merge",
        id="contributions.merge",
        tooltip="Merge the marked ones, or the selected one",
    ),
    Binding("a", "add", "Add", id="contributions.add", tooltip="Add a fork, patch, RDF or package"),
    Binding(
        "d",
        "delete",
        "Delete",
        show=False,
        id="contributions.delete",
        tooltip="Delete the branch of one that you added (asks first)",
    ),
    Binding("f5", "fetch", "Fetch", id="contributions.fetch", tooltip="Fetch pull requests and branches"),
    Binding(
        "F",
        "ask_forge",
        "Forge",
        key_display="F",
        id="contributions.forge",
        tooltip="Ask the forge for titles, states, checks",
    ),
    Binding("slash", "filter", "Filter", id="contributions.filter", tooltip="Filter the list"),
    Binding(
        "t",
        "over",
        "Merged",
        id="contributions.over",
        tooltip="Show or hide what is merged, closed or seen",
    ),
    Binding("n", "seen", "Seen", id="contributions.seen", tooltip="Mark what arrived as seen, or not seen"),
    Binding(
        "N",
        "seen_all",
        "All seen",
        show=False,
        id="contributions.seen_all",
        tooltip="Mark all that arrived as seen",
    ),
    Binding("o", "page", "Page", show=False, id="contributions.page", tooltip="Open its page in the browser"),
    Binding(
        "y", "copy", "Copy link", show=False, id="contributions.copy", tooltip="Copy the link to its page"
    ),
    Binding(
        "tab",
        "other_pane",
        "Other pane",
        show=False,
        id="contributions.pane",
        tooltip="Go to the other pane",
    ),
    Binding(
        "ctrl+z",
        "undo_merge",
        "Undo",
        show=False,
        id="contributions.undo",
        tooltip="Undo the last merge (asks first), or the last change",
    ),
    Binding("escape", "back", "Back", show=False, id="contributions.back", tooltip="Back to the list"),
]
