"""A field that is a list: its members one below the other, to be added, removed and moved by keys and by mouse.

Members are kept as they were written until their text is edited: a number in a list of tags stays a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import AwaitMount, Widget
from textual.widgets import Static

from partner_tui.splash.fields import SplashField
from partner_tui.splash.form import same_shown
from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.splash.fields.row import FieldRow
from partner_tui.ui.splash.fields.text import FieldInput


class MemberButton(Static):
    """A small sign to click on, beside a member or below the last."""

    DEFAULT_CSS = """
    MemberButton {
        width: 2; height: 1; text-align: center; color: $foreground 45%;
        &:hover { background: $boost; color: $accent; text-style: bold; }
    }
    """

    class Pressed(Message):
        def __init__(self, act: str, button: MemberButton) -> None:
            super().__init__()
            self.act = act
            self.button = button

    def __init__(self, sign: str, act: str, tooltip: str, classes: str = "") -> None:
        super().__init__(sign, markup=False, classes=classes)
        self.act = act
        self.tooltip = tooltip

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Pressed(self.act, self))


class AddButton(MemberButton, can_focus=True):
    """The sign below the last member; a stop for the keys too, or an empty list could not be reached by them."""

    TITLE = "Add item"
    DEFAULT_CSS = """
    AddButton { width: auto; padding: 0 1; }
    AddButton:focus { color: $block-cursor-foreground; background: $block-cursor-background; }
    """
    BINDINGS = [
        bind("enter,space", "press", "Add", "splash.add_last", "Add an item at the end"),
        bind("escape", "leave", "Leave field", "splash.leave_list", "Leave the field"),
    ]

    def action_press(self) -> None:
        self.post_message(self.Pressed(self.act, self))

    def action_leave(self) -> None:
        self.post_message(FieldInput.Left())


class MemberInput(FieldInput):
    """An input inside a list, where ctrl+d removes the member and not a character."""

    TITLE = "List item"
    BINDINGS = [
        bind("ctrl+d", "remove", "Remove", "splash.remove_line", "Remove this item"),
    ]

    class Removed(Message):
        """The member is to be removed."""

    def action_remove(self) -> None:
        self.post_message(self.Removed())


class MemberRow(Horizontal):
    """One member of a list. Subclasses show it and report its edits by `Edited`."""

    DEFAULT_CSS = """
    MemberRow {
        height: auto;
        .member-number { width: 3; color: $foreground 45%; text-align: right; padding-right: 1; }
        .member-value { width: 1fr; height: auto; }
        .member-note { width: auto; height: 1; padding: 0 1; color: $foreground 55%; display: none; }
    }
    """

    class Edited(Message):
        def __init__(self, row: MemberRow, member: Any) -> None:
            super().__init__()
            self.row = row
            self.member = member

    def __init__(self, number: int, member: Any) -> None:
        super().__init__()
        self.member = member
        self._number = number
        self.note = Static(classes="member-note", markup=False)

    def compose(self) -> ComposeResult:
        yield Static(str(self._number), classes="member-number", markup=False)
        yield from self.compose_member()
        yield self.note
        yield MemberButton("↑", "up", "Move it up (alt+up)")
        yield MemberButton("↓", "down", "Move it down (alt+down)")
        yield MemberButton("✗", "remove", "Remove it (ctrl+d)")

    def compose_member(self) -> ComposeResult:
        raise NotImplementedError

    def show(self, member: Any) -> None:
        raise NotImplementedError

    @property
    def first_input(self) -> Widget:
        raise NotImplementedError


class MembersField(FieldRow):
    """A list. Subclasses say what a row of it is; a member that is as `NEW` is not saved."""

    TITLE = "List"
    HAS_NOTE = False
    ADD: ClassVar[str] = "+ add"
    NEW: ClassVar[Any] = ""
    BINDINGS = [
        bind("ctrl+n", "add", "Add", "splash.add_member", "Add an item below this one"),
        bind("ctrl+d", "remove", "Remove", "splash.remove_member", "Remove this item"),
        hidden("alt+up,shift+up", "move(-1)", "Move up", "splash.member_up", "Move this item up"),
        hidden("alt+down,shift+down", "move(1)", "Move down", "splash.member_down", "Move this item down"),
    ]

    def __init__(self, field: SplashField) -> None:
        super().__init__(field)
        self._members: list[Any] = []
        self._rows: list[MemberRow] = []
        self._add = AddButton(self.ADD, "add", "Add one (ctrl+n)")
        self._foot: Widget = self._add

    def make_row(self, number: int, member: Any) -> MemberRow:
        raise NotImplementedError

    def compose_value(self) -> ComposeResult:
        yield from self._rows
        yield self._foot

    @property
    def value(self) -> list[Any]:
        return [member for member in self._members if member != self.NEW]

    def show(self, value: Any) -> None:
        if not same_shown(self.value, value) or (not self.is_mounted and value):
            self._show_members(list(value or []))

    def _show_members(self, members: Sequence[Any]) -> AwaitMount | None:
        """Show members in the rows that are there; rows are made and removed at the end alone."""
        self._members = list(members)
        for row, member in zip(self._rows, members, strict=False):
            row.member = member
            row.show(member)
        for row in self._rows[len(members) :]:
            row.remove()
        del self._rows[len(members) :]
        start = len(self._rows)
        rows = [self.make_row(number, member) for number, member in enumerate(members[start:], start + 1)]
        self._rows += rows
        if not self.is_mounted:
            return None
        return self.query_one(".field-value", Vertical).mount(*rows, before=self._foot)

    async def _change(self, members: Sequence[Any], focus: int) -> None:
        """Show members, and put the focus into one: once its row is there, since what is not takes no focus."""
        before, mounted = self.value, self._show_members(members)
        if self.value != before:  # a new member is not an edit before something is typed
            self.edit(self.value, is_apart=True)
        if mounted is not None:
            await mounted
        if self._rows:
            self._rows[min(focus, len(self._rows) - 1)].first_input.focus()
        else:
            self.post_message(FieldInput.Left())

    @property
    def focused_index(self) -> int | None:
        return next((index for index, row in enumerate(self._rows) if row.has_focus_within), None)

    def on_member_row_edited(self, event: MemberRow.Edited) -> None:
        event.stop()
        if event.row in self._rows:
            self._members[self._rows.index(event.row)] = event.member
            self.edit(self.value)

    async def on_member_button_pressed(self, event: MemberButton.Pressed) -> None:
        event.stop()
        index = next((i for i, row in enumerate(self._rows) if row is event.button.parent), None)
        match event.act:
            case "add":
                await self.add_after(index)
            case "remove":
                await self.remove_at(index)
            case "up":
                await self.move(index, -1)
            case "down":
                await self.move(index, 1)

    async def on_member_input_removed(self, event: MemberInput.Removed) -> None:
        event.stop()
        await self.action_remove()

    async def add_after(self, index: int | None) -> None:
        place = len(self._members) if index is None else index + 1
        await self._change([*self._members[:place], self.NEW, *self._members[place:]], place)

    async def remove_at(self, index: int | None) -> None:
        if index is not None:
            await self._change([*self._members[:index], *self._members[index + 1 :]], index)

    async def move(self, index: int | None, by: int) -> None:
        if index is not None and 0 <= (other := index + by) < len(self._members):
            members = list(self._members)
            members[index], members[other] = members[other], members[index]
            await self._change(members, other)

    async def action_add(self) -> None:
        await self.add_after(self.focused_index)

    async def action_remove(self) -> None:
        await self.remove_at(self.focused_index)

    async def action_move(self, by: int) -> None:
        await self.move(self.focused_index, by)
