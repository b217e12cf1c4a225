"""The keys of the Entries view: what can be done with the entries, the list, and the two panes."""

from __future__ import annotations

from textual.binding import Binding, BindingType

BINDINGS: list[BindingType] = [
    Binding(
        "slash",
        "filter",
        "Filter",
        key_display="/",
        id="entries.filter",
        tooltip="Show only entries that match",
    ),
    Binding("s", "sort", "Sort", show=False, id="entries.sort", tooltip="Sort by the next column"),
    Binding(
        "S", "reverse", "Reverse", show=False, id="entries.reverse", tooltip="Sort in the opposite order"
    ),
    Binding(
        "u",
        "upgrade",
        "Upgrade",
        id="entries.upgrade",
        tooltip="Upgrade this entry, or the marked ones",
    ),
    Binding(
        "U",
        "upgrade_all",
        "Upgrade all",
        show=False,
        id="entries.upgrade_all",
        tooltip="Upgrade all outdated or invalid entries",
    ),
    Binding(
        "f",
        "fix",
        "Fix",
        show=False,
        id="entries.fix",
        tooltip="Apply only the fix for the selected finding",
    ),
    Binding(
        "F",
        "fetch_sources",
        "Fetch",
        show=False,
        id="entries.fetch",
        tooltip="Download the remote RDFs (asks first)",
    ),
    Binding(
        "M",
        "mend",
        "Duplicate keys",
        show=False,
        id="entries.duplicate_keys",
        tooltip="Merge or remove duplicate keys",
    ),
    Binding("e", "edit", "Edit", id="entries.edit", tooltip="Edit the entry's lines in your editor"),
    Binding(
        "y", "copy_link", "Copy link", id="entries.copy_link", tooltip="Copy the entry's bioimage.io link"
    ),
    Binding(
        "Y", "copy_id", "Copy id", show=False, id="entries.copy_id", tooltip="Copy the entry's public id"
    ),
    Binding(
        "h,H",
        "history",
        "History",
        show=False,
        id="entries.history",
        key_display="h",
        tooltip="Every commit that changed the entry",
    ),
    Binding(
        "l",
        "share",
        "Link",
        show=False,
        id="entries.share",
        tooltip="Share a link to this entry, or to all of a type",
    ),
    Binding("o", "open", "Open", id="entries.open", tooltip="Open one of the entry's links in the browser"),
    Binding(
        "m",
        "manifest",
        "Manifest",
        show=False,
        id="entries.manifest",
        tooltip="Findings in the manifest",
    ),
    Binding(
        "tab",
        "other_pane",
        "Switch pane",
        show=False,
        id="entries.other_pane",
        tooltip="Go to the entry or back to the table",
    ),
    Binding(
        "shift+tab",
        "other_pane",
        "Switch pane",
        show=False,
        id="entries.other_pane_back",
        tooltip="Go to the entry or back to the table",
    ),
    Binding(
        "right",
        "turn(1)",
        "Next tab",
        show=False,
        id="entries.next_tab",
        tooltip="Go to the entry's next tab",
    ),
    Binding(
        "left",
        "turn(-1)",
        "Previous tab",
        show=False,
        id="entries.previous_tab",
        tooltip="Go to the previous tab",
    ),
    Binding(
        "escape",
        "back",
        "Back",
        id="entries.back",
        tooltip="Back to the table; clear the filter",
    ),
]
