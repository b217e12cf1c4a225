"""The keys of the splash view."""

from __future__ import annotations

from textual.binding import BindingType

from partner_tui.ui.binding import bind, hidden

BINDINGS: list[BindingType] = [
    bind("ctrl+s", "save", "Save", "splash.save", "Save the edited fields"),
    bind("escape", "revert", "Revert", "splash.revert", "Revert unsaved edits (ctrl+z restores them)"),
    bind("ctrl+z", "undo_edit", "Undo", "splash.undo", "Undo the last edit, then saved changes"),
    hidden("ctrl+y", "redo_edit", "Redo", "splash.redo", "Redo the last undone change"),
    bind(
        "f2,ctrl+o",
        "choose_value",
        "Choose",
        "splash.choose_value",
        "Choose the tags or the picture of this field",
        key_display="f2",
    ),
    bind("f3,p", "preview", "Preview", "splash.preview", "Show or hide the preview", key_display="f3"),
    hidden(
        "f4,t", "tab", "Switch view", "splash.tab", "Preview the classic page, the current site or the cards"
    ),
    hidden("f8,w", "window", "Window", "splash.window", "Preview another window size or page of cards"),
    hidden("f6,F", "full", "Full screen", "splash.full", "Show the preview on the whole screen"),
    hidden("f9,x", "export", "Export", "splash.export", "Write what the preview shows to a file"),
    bind(
        "f7,l",
        "share",
        "Link",
        "splash.share",
        "Share a link to the resources, or to one entry",
        key_display="f7",
    ),
    hidden("e", "edit_file", "Edit file", "splash.edit", "Open the manifest in your editor"),
    hidden(
        "h,H", "history", "History", "splash.history", "Every commit that changed the config", key_display="h"
    ),
]
