"""The partner's tags: typed like any list of texts, or chosen; each says how many of the entries have it."""

from __future__ import annotations

from typing import Any

from textual.containers import Horizontal

from partner_tui.manifest.editing.showing import scalar_text
from partner_tui.splash.fields import SplashField
from partner_tui.splash.own_entries import OwnEntries
from partner_tui.ui.splash.fields.members import MemberButton, MemberRow
from partner_tui.ui.splash.fields.texts import TextsField


class TagsField(TextsField):
    """Tags, one a line."""

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

    def on_member_button_pressed(self, event: MemberButton.Pressed) -> None:
        if event.act == "choose":
            event.stop()
            self.post_message(self.ChoiceAsked(self))
        else:
            super().on_member_button_pressed(event)
