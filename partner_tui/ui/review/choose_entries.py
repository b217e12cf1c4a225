"""Dialog to choose the entries that are reverted of what is on the branch already."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Button, OptionList, Static

from partner_tui.contributions.entry_changes import EntryChange
from partner_tui.contributions.finding_changes import FindingChanges
from partner_tui.ui.binding import bind
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
    ChooseEntriesScreen OptionList { height: auto; max-height: 14; border: none; padding: 0; background: $surface; }
    ChooseEntriesScreen OptionList:focus { border: none; }
    """
    HELP = "Mark entries with space. ctrl+s shows what reverting them gives; nothing is committed before you agree to that."
    BINDINGS = [
        bind("space", "mark", "Mark", "revert_entries.mark", "Mark the entry, or take it off"),
        bind("ctrl+s", "choose", "Continue", "revert_entries.choose", "Show what the revert gives"),
    ]

    def __init__(self, title: str, entries: Sequence[tuple[EntryChange, FindingChanges]]) -> None:
        super().__init__()
        self._title = title
        self._rows = [EntryRow(change, found) for change, found in entries]
        self._marked = {place for place, (_, found) in enumerate(entries) if found.brings_errors}

    @property
    def marked(self) -> tuple[str, ...]:
        """The names of the marked entries."""
        return tuple(self._rows[place].change.name for place in sorted(self._marked))

    def compose(self) -> ComposeResult:
        with Box(self._title):
            yield Static("Marked entries become what they were before; the others stay.")
            yield OptionList(*map(self._label, range(len(self._rows))), markup=False)
            yield Choices(("mark", "Mark", "space"), ("yes", "Continue", "^s"), ("no", "Cancel", "esc"))

    def _label(self, place: int) -> Content:
        """The mark is a sign, which needs no colour to be seen."""
        return Content("[x] " if place in self._marked else "[ ] ") + self._rows[place].label()

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    @on(Button.Pressed, "#mark")
    def action_mark(self) -> None:
        options = self.query_one(OptionList)
        if (place := options.highlighted) is not None:
            self._marked ^= {place}
            options.replace_option_prompt_at_index(place, self._label(place))

    @on(Button.Pressed, "#yes")
    def action_choose(self) -> None:
        if self.marked:
            self.dismiss(self.marked)
        else:
            self.notify("No entry is marked: mark one with space.", severity="warning")
