"""One line above the form, shown only when there is something to decide or to know: a draft that was kept, a conflict."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Static

from partner_tui.ui.plain import visible


class DraftLine(Horizontal):
    """Says what it has to say, with the two answers beside it."""

    DEFAULT_CSS = """
    DraftLine {
        height: auto; background: $warning 12%; padding: 0 1 0 2; display: none;
        &.-shown { display: block; }
        #draft-words { width: 1fr; height: auto; }
        Button { min-width: 9; margin-left: 1; }
    }
    """

    class Answered(Message):
        """The user chose: restore (or keep mine), or drop (or take theirs)."""

        def __init__(self, restore: bool) -> None:
            super().__init__()
            self.restore = restore

    def compose(self) -> ComposeResult:
        yield Static(id="draft-words", markup=False)
        yield Button("Restore", id="draft-restore", compact=True)
        yield Button("Drop", id="draft-drop", compact=True)

    def ask(self, words: str, restore: str, drop: str) -> None:
        """Show a question and its answers."""
        self.query_one("#draft-words", Static).update(Content(visible(words, 300)))
        self.query_one("#draft-restore", Button).label = restore
        self.query_one("#draft-drop", Button).label = drop
        self.add_class("-shown")

    def hide(self) -> None:
        self.remove_class("-shown")

    @property
    def is_asking(self) -> bool:
        return self.has_class("-shown")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.hide()
        self.post_message(self.Answered(event.button.id == "draft-restore"))
