"""One line above the form, shown only when there is something to decide or to know: a draft that was kept, a conflict."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Button, Static

from partner_tui.plain import visible


class DraftBanner(Horizontal):
    """Says what it has to say, with the two answers beside it."""

    DEFAULT_CSS = """
    DraftBanner {
        height: auto; background: $warning 12%; padding: 0 1 0 2; display: none;
        &.-shown { display: block; }
        #draft-words { width: 1fr; height: auto; }
        Button {
            min-width: 9; margin-left: 1; background: $panel;
            &:focus { background: $block-cursor-background; color: $block-cursor-foreground; }
        }
    }
    """

    class Answered(Message):
        """The user chose; `yes` keeps what was typed."""

        def __init__(self, yes: bool) -> None:
            super().__init__()
            self.yes = yes

    def __init__(self) -> None:
        super().__init__()
        self._words = Static(id="draft-words", markup=False)
        self._yes = Button("", id="draft-yes", compact=True)
        self._no = Button("", id="draft-no", compact=True)

    def compose(self) -> ComposeResult:
        yield self._words
        yield self._yes
        yield self._no

    def ask(self, words: str, yes: str, no: str) -> None:
        """Show a question and its answers."""
        self._words.update(Content(visible(words, 300)))
        self._yes.label, self._no.label = yes, no
        self.add_class("-shown")

    def hide(self) -> None:
        self.remove_class("-shown")

    @property
    def is_asking(self) -> bool:
        return self.has_class("-shown")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.hide()
        self.post_message(self.Answered(event.button is self._yes))
