"""A list of texts: features, tags."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Input

from partner_tui.manifest.editing.showing import scalar_text
from partner_tui.ui.binding import hidden
from partner_tui.ui.splash.fields.members import MemberInput, MemberRow, MembersField
from partner_tui.ui.splash.fields.text import same_text


class LineInput(MemberInput):
    """Backspace removes a line that is empty."""

    TITLE = "List item"
    BINDINGS = [
        hidden(
            "backspace",
            "delete_left",
            "Delete",
            "texts.delete_left",
            "Delete the character to the left, or an empty line",
        ),
    ]

    def action_delete_left(self) -> None:
        if self.value:
            super().action_delete_left()
        else:
            self.action_remove()


class TextRow(MemberRow):
    """One text."""

    def __init__(self, number: int, member: Any, placeholder: str) -> None:
        super().__init__(number, member)
        self._input = LineInput(placeholder, classes="member-value")
        self._input.show(scalar_text(member))

    def compose_member(self) -> ComposeResult:
        yield self._input

    def show(self, member: Any) -> None:
        self._input.show(scalar_text(member))

    @property
    def first_input(self) -> Widget:
        return self._input

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if not same_text(event.value, self.member):
            self.member = event.value
            self.post_message(self.Edited(self, event.value))


class TextsField(MembersField):
    """Texts, one a line. Enter adds one below."""

    def make_row(self, number: int, member: Any) -> TextRow:
        return TextRow(number, member, self.field.example)

    def new_member(self) -> str:
        return ""

    def is_blank(self, member: Any) -> bool:
        return bool(member == "")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value and (index := self.focused_index) is not None:
            self.add_after(index)
        else:
            self.screen.focus_next()
