"""Asks for some lines of text: a comment, or a remark to an item of the checklist."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static, TextArea

from partner_tui.plain import visible
from partner_tui.ui.binding import bind
from partner_tui.ui.dialogs.prompt import PromptScreen
from partner_tui.ui.widgets.box import Box, Choices


class WordsScreen(PromptScreen[str]):
    """Dismissed with the words, "" among them; None when cancelled.

    Args:
        about: What it is about; contributed text.
    """

    DEFAULT_CSS = """
    WordsScreen TextArea {
        height: 7; border: none; padding: 0 1; background: $panel; scrollbar-size-vertical: 1;
        &:focus { border: none; }
    }
    """
    HELP = "Your words are kept in this review. They are sent to nobody before you post or copy them."
    BINDINGS = [bind("ctrl+s,ctrl+enter", "save", "Save", "words.save", "Save what you typed")]

    def __init__(self, title: str, about: str, text: str = "") -> None:
        super().__init__()
        self._title = title
        self._about = about
        self._text = text
        self.typed = text
        """What is in the field, also when it was cancelled."""

    def compose(self) -> ComposeResult:
        with Box(self._title):
            yield Static(Content(visible(self._about, 400, lines=True)), classes="quiet text")
            yield TextArea(self._text)
            yield Choices(("save", "Save", "^s"), ("no", "Cancel", "esc"))

    def on_mount(self) -> None:
        field = self.query_one(TextArea)
        field.move_cursor(field.document.end)
        field.focus()

    def on_text_area_changed(self) -> None:
        self.typed = self.query_one(TextArea).text

    def action_save(self) -> None:
        self.dismiss(self.typed.strip())
