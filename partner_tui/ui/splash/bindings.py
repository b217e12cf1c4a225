"""The keys of the splash view."""

from __future__ import annotations

from textual.binding import Binding, BindingType

BINDINGS: list[BindingType] = [
    Binding("ctrl+s", "save", "Save", id="splash.save", tooltip="Save the edited fields"),
    Binding(
        "escape",
        "revert",
        "Revert",
        id="splash.revert",
        tooltip="Revert unsaved edits (ctrl+z restores them)",
    ),
    Binding(
        "ctrl+z", "undo_edit", "Undo", id="splash.undo", tooltip="Undo the last edit, then saved changes"
    ),
    Binding(
        "ctrl+y",
        "redo_edit",
        "Redo",
        show=False,
        id="splash.redo",
        tooltip="Redo the last undone change",
    ),
    Binding(
        "f2,ctrl+o",
        "choose_value",
        "Choose",
        key_display="f2",
        id="splash.choose_value",
        tooltip="Choose the tags or the picture of this field",
    ),
    Binding(
        "f3,p",
        "preview",
        "Preview",
        key_display="f3",
        id="splash.preview",
        tooltip="Show or hide the preview",
    ),
    Binding(
        "f4,t",
        "tab",
        "Switch view",
        show=False,
        id="splash.tab",
        tooltip="Preview the classic page, the current site or the cards",
    ),
    Binding(
        "f8,w",
        "window",
        "Window",
        show=False,
        id="splash.window",
        tooltip="Preview another window size or page of cards",
    ),
    Binding(
        "f6,F",
        "full",
        "Full screen",
        show=False,
        id="splash.full",
        tooltip="Show the preview on the whole screen",
    ),
    Binding(
        "f9,x",
        "export",
        "Export",
        show=False,
        id="splash.export",
        tooltip="Write what the preview shows to a file",
    ),
    Binding(
        "f7,l",
        "share",
        "Link",
        key_display="f7",
        id="splash.share",
        tooltip="Share a link to the resources, or to one entry",
    ),
    Binding(
        "e",
        "edit_file",
        "Edit file",
        show=False,
        id="splash.edit",
        tooltip="Open the manifest in your editor",
    ),
    Binding(
        "h,H",
        "history",
        "History",
        show=False,
        id="splash.history",
        key_display="h",
        tooltip="Every commit that changed the config",
    ),
]
