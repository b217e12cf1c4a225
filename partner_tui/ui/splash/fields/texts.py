"""Lists of texts: the features, and the tags, which can be chosen, too."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input

from partner_tui.manifest.editing.showing import scalar_text
from partner_tui.splash.fields import SplashField
from partner_tui.splash.own_entries import OwnEntries
from partner_tui.ui.binding import hidden
from partner_tui.ui.splash.fields.members import MemberButton, MemberInput, MemberRow, MembersField


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
        if event.value != scalar_text(self.member):
            self.member = event.value
            self.post_message(self.Edited(self, event.value))


class TextsField(MembersField):
    """Texts, one a line. Enter adds one below."""

    def make_row(self, number: int, member: Any) -> TextRow:
        return TextRow(number, member, self.field.example)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value:
            await self.add_after(self.focused_index)
        else:
            self.screen.focus_next()


class TagsField(TextsField):
    """The partner's tags, typed or chosen; each says how many of the entries have it."""

    DEFAULT_CSS = """
    TagsField {
        .tags-foot { height: 1; }
        .choose { width: auto; padding: 0 1; }
    }
    """

    CAN_CHOOSE = True

    def __init__(self, field: SplashField) -> None:
        super().__init__(field)
        self._entries = OwnEntries()
        choose = MemberButton("choose… f2", "choose", "Choose from the tags that there are (f2)", "choose")
        self._foot = Horizontal(self._add, choose, classes="tags-foot")

    def show_entries(self, entries: OwnEntries) -> None:
        self._entries = entries
        self._show_counts()

    def show(self, value: Any) -> None:
        super().show(value)
        self._show_counts()

    def _show_counts(self) -> None:
        for row, member in zip(self._rows, self._members, strict=True):
            count, of = self._entries.by_tag.get(scalar_text(member), 0), len(self._entries.entries)
            said = f"{count} of {of}" if of and scalar_text(member) else ""
            row.note.display = bool(said)
            if row.note.content != said:  # a key in another field lays nothing out
                row.note.update(said)

    def on_member_row_edited(self, event: MemberRow.Edited) -> None:
        super().on_member_row_edited(event)
        self._show_counts()

    async def on_member_button_pressed(self, event: MemberButton.Pressed) -> None:
        if event.act == "choose":
            event.stop()
            self.post_message(self.ChoiceAsked(self))
        else:
            await super().on_member_button_pressed(event)
