"""The checklist: what the machine found with its evidence, and the reviewer's answers, which go before it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group
from rich.padding import Padding
from rich.text import Text
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from partner_tui.contributions.checklist.item import Item, State, by_section
from partner_tui.contributions.kept import Answer
from partner_tui.plain import visible
from partner_tui.ui.binding import bind
from partner_tui.ui.theme_style import theme_style
from partner_tui.ui.widgets.side_list import cursor_keys

SIGNS: dict[State, tuple[str, str]] = {
    "pass": ("✓", "$success"),
    "fail": ("✗", "$error"),
    "n/a": ("–", "$foreground 60%"),
    "open": ("○", "$warning"),
}
WORDS: dict[State, str] = {"pass": "pass", "fail": "fail", "n/a": "n/a", "open": "open"}


class ChecklistPane(OptionList):
    """The items below their sections; the cursor is on an item."""

    TITLE = "Checklist"
    HELP = "An answer of yours goes before what the checks found; a remark is exported with it."
    DEFAULT_CSS = """
    ChecklistPane {
        border: none; background: $background; padding: 0; scrollbar-size-vertical: 1;
        &:focus { border: none; background-tint: $background 0%; }
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-disabled { color: $foreground; }
    }
    """
    BINDINGS = [
        bind("p", "answer('pass')", "Pass", "checklist.pass", "It is as it has to be"),
        bind("f", "answer('fail')", "Fail", "checklist.fail", "It has to be corrected"),
        bind("n", "answer('n/a')", "N/A", "checklist.na", "It does not apply here"),
        bind("u", "answer('')", "Clear", "checklist.clear", "Remove your answer and remark"),
        bind("enter,r", "select", "Remark", "checklist.remark", "Add words to the answer"),
        *cursor_keys("checklist", "item"),
    ]

    class Answered(Message):
        """An answer was given, or taken away: None."""

        def __init__(self, item: Item, answer: Answer | None) -> None:
            super().__init__()
            self.item = item
            self.answer = answer

    class RemarkWanted(Message):
        """Words are to be added to an answer."""

        def __init__(self, item: Item) -> None:
            super().__init__()
            self.item = item

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._items: list[Item | None] = []

    @property
    def selected(self) -> Item | None:
        at = self.highlighted
        return self._items[at] if at is not None and at < len(self._items) else None

    def show(self, items: Sequence[Item]) -> None:
        """Show items, none while they are not known; the cursor stays where it is."""
        at = self.highlighted
        self._items, options = [], []
        if not items:
            options.append(Option("Checking…", disabled=True))
        for section, listed in by_section(items).items():
            states = [one.state for one in listed]
            counts = [
                f"{states.count(state)} {WORDS[state]}" for state in ("fail", "open") if state in states
            ]
            about = f"  {', '.join(counts) or '✓'}"
            options.append(
                Option(Content.assemble((section, "bold $accent"), (about, "$foreground 60%")), disabled=True)
            )
            self._items.append(None)
            for item in listed:
                options.append(Option(self._row(item)))
                self._items.append(item)
        with self.prevent(OptionList.OptionHighlighted):
            self.clear_options()
            self.add_options(options)
        first = next((place for place, one in enumerate(self._items) if one), None)
        self.highlighted = at if at is not None and at < len(options) else first

    def _row(self, item: Item) -> Group:
        sign, colour = SIGNS[item.state]
        quiet = theme_style(self.app, "$foreground 60%")
        line = Text.assemble(
            (f"{sign} {WORDS[item.state]:<5}", theme_style(self.app, colour, bold=True)), item.item
        )
        parts: list[Text | Padding] = [line]
        if item.evidence:
            parts.append(_below(Text(f"found: {visible(item.evidence, 300)}", quiet)))
        if item.remark:
            style = theme_style(self.app, "$secondary")
            parts.append(_below(Text(f"you: {visible(item.remark, 600, lines=True)}", style)))
        elif item.by_reviewer:
            parts.append(_below(Text("your answer", theme_style(self.app, "$secondary"))))
        return Group(*parts)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if (item := self.selected) is not None:
            self.post_message(self.RemarkWanted(item))

    def action_answer(self, state: State | str) -> None:
        item = self.selected
        if item is None:
            self.notify("Still checking.", severity="warning")
            return
        if not state and not item.by_reviewer:
            self.notify("You have not answered this item.")
            return
        answer = Answer(state, item.remark) if state in ("pass", "fail", "n/a") else None
        self.post_message(self.Answered(item, answer))
        if answer is not None:
            self.action_cursor_down()


def _below(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 7))
