"""The keys of the Entries view: what can be done with the entries, the list, and the two panes."""

from __future__ import annotations

from textual.binding import BindingType

from partner_tui.ui.binding import bind, hidden

BINDINGS: list[BindingType] = [
    bind("slash", "filter", "Filter", "entries.filter", "Show only entries that match", key_display="/"),
    hidden("s", "sort", "Sort", "entries.sort", "Sort by the next column"),
    hidden("S", "reverse", "Reverse", "entries.reverse", "Sort in the opposite order"),
    bind("u", "upgrade", "Upgrade", "entries.upgrade", "Upgrade this entry, or the marked ones"),
    hidden(
        "U", "upgrade_all", "Upgrade all", "entries.upgrade_all", "Upgrade all outdated or invalid entries"
    ),
    hidden("f", "fix", "Fix", "entries.fix", "Apply only the fix for the selected finding"),
    hidden("F", "fetch_sources", "Fetch", "entries.fetch", "Download the remote RDFs (asks first)"),
    hidden("M", "mend", "Duplicate keys", "entries.duplicate_keys", "Merge or remove duplicate keys"),
    bind("e", "edit", "Edit", "entries.edit", "Edit the entry's lines in your editor"),
    bind("y", "copy_link", "Copy link", "entries.copy_link", "Copy the entry's bioimage.io link"),
    hidden("Y", "copy_id", "Copy id", "entries.copy_id", "Copy the entry's public id"),
    hidden(
        "h,H", "history", "History", "entries.history", "Every commit that changed the entry", key_display="h"
    ),
    hidden("c", "cover", "Cover", "entries.cover", "Choose the first cover of the entry"),
    hidden("l", "share", "Link", "entries.share", "Share a link to this entry, or to all of a type"),
    bind("o", "open", "Open", "entries.open", "Open one of the entry's links in the browser"),
    hidden("m", "manifest", "Manifest", "entries.manifest", "Findings in the manifest"),
    hidden("tab", "other_pane", "Switch pane", "entries.other_pane", "Go to the entry or back to the table"),
    hidden(
        "shift+tab",
        "other_pane",
        "Switch pane",
        "entries.other_pane_back",
        "Go to the entry or back to the table",
    ),
    hidden("right", "turn(1)", "Next tab", "entries.next_tab", "Go to the entry's next tab"),
    hidden("left", "turn(-1)", "Previous tab", "entries.previous_tab", "Go to the previous tab"),
    bind("escape", "back", "Back", "entries.back", "Back to the table; clear the filter"),
]
