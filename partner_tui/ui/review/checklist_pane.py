"""The checklist: what the machine found with its evidence, and the reviewer's answers, which go before it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group
from rich.padding import Padding
from rich.text import Text
from textual.message import Message

from partner_tui.contributions.checklist.item import Item, State, by_section
from partner_tui.contributions.kept import Answer
from partner_tui.plain import visible
from partner_tui.ui.binding import bind
from partner_tui.ui.theme_style import theme_style
from partner_tui.ui.widgets.side_list import GroupedList, SideList, cursor_keys

SIGNS: dict[State, tuple[str, str]] = {
    "pass": ("✓", "$success"),
    "fail": ("✗", "$error"),
    "n/a": ("–", "$foreground 60%"),
    "open": ("○", "$warning"),
}


class ChecklistPane(GroupedList[Item]):
    """The items below their sections; the cursor is on an item."""

    TITLE = "Checklist"
    HELP = "An answer of yours goes before what the checks found; a remark is exported with it."
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

    def key(self, row: Item) -> str:
        return "\n".join(row.key)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show items below their sections, none while they are not known."""
        listed: list[Item | str] = []
        for section, some in by_section(items).items():
            states = [one.state for one in some]
            counts = [f"{states.count(state)} {state}" for state in ("fail", "open") if state in states]
            listed += [f"{section}  {', '.join(counts) or '✓'}", *some]
        self.show(listed or ["Checking…"])

    def draw(self, row: Item) -> Group:
        sign, colour = SIGNS[row.state]
        quiet = theme_style(self.app, "$foreground 60%")
        line = Text.assemble((f"{sign} {row.state:<5}", theme_style(self.app, colour, bold=True)), row.item)
        parts: list[Text | Padding] = [line]
        if row.evidence:
            parts.append(_below(Text(f"found: {visible(row.evidence, 300)}", quiet)))
        if row.remark:
            style = theme_style(self.app, "$secondary")
            parts.append(_below(Text(f"you: {visible(row.remark, 600, lines=True)}", style)))
        elif row.by_reviewer:
            parts.append(_below(Text("your answer", theme_style(self.app, "$secondary"))))
        return Group(*parts)

    def on_side_list_selected(self, event: SideList.Selected) -> None:
        event.stop()

    def on_side_list_opened(self, event: SideList.Opened) -> None:
        event.stop()
        if (item := self.chosen) is not None:
            self.post_message(self.RemarkWanted(item))

    def action_answer(self, state: State | str) -> None:
        item = self.chosen
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
