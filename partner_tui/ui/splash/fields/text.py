"""A field of one line: an id, a text, an address, a picture."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input

from partner_tui.manifest.editing.showing import scalar_text
from partner_tui.splash.fields import SplashField
from partner_tui.ui.binding import bind
from partner_tui.ui.splash.fields.row import FieldRow


class FieldInput(Input):
    """An input of one line without a frame."""

    TITLE = "Text field"
    DEFAULT_CSS = """
    FieldInput {
        background: $panel 60%;
        padding: 0 1 !important;
        &:focus { background: $panel; background-tint: $accent 8%; }
        &>.input--placeholder { color: $foreground 35%; text-style: none; }
    }
    """
    BINDINGS = [
        bind("escape", "leave", "Leave field", "splash.leave_field", "Leave the field"),
    ]

    virtual_size = reactive(Size(0, 0))
    """As in Widget, but for laying out the whole screen at each key: the size of a field does not follow its text."""

    class Left(Message):
        """The user is done with the field: escape."""

    def __init__(self, placeholder: str = "", classes: str = "") -> None:
        super().__init__(placeholder=placeholder, compact=True, select_on_focus=False, classes=classes)
        self._passed: set[str] = set()
        """What was typed on the way to what stands there, since that was last shown."""

    def show(self, text: str) -> None:
        """Show another text without reporting it as typed.

        What is typed comes back here when the form has taken it; a quick typist, or a slow machine, is letters ahead by then.
        """
        if self.value != text:
            if text in self._passed:
                return
            with self.prevent(Input.Changed):
                self.value = text
                self.cursor_position = len(text)
        self._passed.clear()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._passed.add(event.value)

    def action_leave(self) -> None:
        self.post_message(self.Left())


class TextField(FieldRow):
    """One line of text."""

    def __init__(self, field: SplashField) -> None:
        super().__init__(field)
        self.input = FieldInput(field.example)
        self._value: Any = None

    def compose_value(self) -> ComposeResult:
        yield self.input

    def show(self, value: Any) -> None:
        self._value = value
        self.input.show(scalar_text(value))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != scalar_text(self._value):  # a number that is left as it is stays a number
            self._value = event.value
            self.edit(event.value)
