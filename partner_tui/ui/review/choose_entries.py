"""Dialog to choose the entries that are reverted of what is on the branch already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Button, SelectionList, Static
from textual.widgets.selection_list import Selection

from partner_tui.contributions.entry_changes import EntryChange
from partner_tui.contributions.finding_changes import FindingChanges
from partner_tui.ui.dialogs.prompt import PromptScreen
from partner_tui.ui.review.rows import EntryRow
from partner_tui.ui.widgets.box import Box, Choices


class ChooseEntriesScreen(PromptScreen[tuple[str, ...]]):
    """Dismissed with the names of the marked entries; None when cancelled. Those with new errors are marked at first.

    Args:
        title: What it is about.
        entries: To choose from, each with the findings that it brought.
    """

    DEFAULT_CSS = """
    ChooseEntriesScreen SelectionList { height: auto; max-height: 14; border: none; padding: 0; background: $surface; }
    ChooseEntriesScreen SelectionList:focus { border: none; }
    """
    HELP = "Mark entries with space. ctrl+s shows what reverting them gives; nothing is committed before you agree to that."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+s", "choose", "Continue", id="revert_entries.choose", tooltip="Show what the revert gives"
        )
    ]

    def __init__(self, title: str, entries: Sequence[tuple[EntryChange, FindingChanges]]) -> None:
        super().__init__()
        self._title = title
        self._entries = entries

    def compose(self) -> ComposeResult:
        with Box(self._title):
            yield Static(
                "Marked entries become what they were before; the others stay. [dim]space marks[/dim]"
            )
            yield SelectionList[str](
                *(
                    Selection(EntryRow(change, found).label(), change.name, found.brings_errors)
                    for change, found in self._entries
                )
            )
            yield Choices(("yes", "Continue", "^s"), ("no", "Cancel", "esc"))

    def on_mount(self) -> None:
        self.query_one(SelectionList).focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "yes":
            self.action_choose()
        else:
            self.dismiss(None)

    def action_choose(self) -> None:
        marked = tuple(self.query_one(SelectionList).selected)
        if marked:
            self.dismiss(marked)
        else:
            self.notify("No entry is marked: mark one with space.", severity="warning")
