"""A field of a sentence or more, wrapped over a few lines; it keeps its height while the text grows."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import TextArea

from partner_tui.manifest.editing.showing import scalar_text
from partner_tui.splash.fields import SplashField
from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.splash.fields.row import FieldRow
from partner_tui.ui.splash.fields.text import FieldInput


class FieldTextArea(TextArea):
    """A text area without a frame. Enter goes on to the next field; alt+enter breaks the line."""

    TITLE = "Text field"
    DEFAULT_CSS = """
    FieldTextArea {
        height: 2;
        background: $panel 60%;
        padding: 0 1;
        scrollbar-size-vertical: 1;
        &:focus { background: $panel; background-tint: $accent 8%; }
        & .text-area--cursor-line { background: transparent; }
        & .text-area--placeholder { color: $foreground 35%; }
    }
    """
    BINDINGS = [
        bind("escape", "leave", "Leave field", "splash.leave_text", "Leave the field"),
        hidden("alt+enter", "break_line", "New line", "splash.break_line", "Insert a line break"),
    ]

    class Submitted(Message):
        """Enter: on to the next field."""

    def __init__(self, placeholder: str = "") -> None:
        super().__init__(compact=True, soft_wrap=True, tab_behavior="focus", placeholder=placeholder)

    def on_key(self, event: events.Key) -> None:
        """Enter and the edges of the text lead on to the neighbours, ctrl+z belongs to the form."""
        row = self.wrapped_document.location_to_offset(self.cursor_location).y
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted())
        elif event.key == "escape":
            event.prevent_default()  # TextArea would move the focus on
        elif event.key == "up" and row == 0:
            event.stop()
            event.prevent_default()
            self.screen.focus_previous()
        elif event.key == "down" and row == self.wrapped_document.height - 1:
            event.stop()
            event.prevent_default()
            self.screen.focus_next()

    def action_leave(self) -> None:
        self.post_message(FieldInput.Left())

    def action_break_line(self) -> None:
        self.insert("\n")


class LongTextField(FieldRow):
    """A text of some lines.

    The line break at the end of a folded or literal text is kept out of sight and put back.
    """

    def __init__(self, field: SplashField) -> None:
        super().__init__(field)
        self.area = FieldTextArea(field.example)
        self._value: Any = None
        self._tail = ""

    def compose_value(self) -> ComposeResult:
        yield self.area

    def show(self, value: Any) -> None:
        self._value = value
        text = scalar_text(value).rstrip("\n")
        self._tail = scalar_text(value)[len(text) :]
        if self.area.text != text:
            with self.prevent(TextArea.Changed):
                self.area.load_text(text)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        text = event.text_area.text
        value = text + self._tail if text else ""
        if value != scalar_text(self._value):
            self._value = value
            self.edit(value)
