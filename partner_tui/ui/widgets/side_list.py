"""A list at the side of what it selects: the cursor shows a row beside it, enter goes there."""

from __future__ import annotations

from textual.binding import Binding
from textual.message import Message
from textual.widgets import OptionList


def cursor_keys(area: str, noun: str) -> list[Binding]:
    """The keys that move the cursor of a list.

    Args:
        area: What the ids of its bindings begin with.
        noun: What a row is, as the help calls it.
    """
    return [
        Binding(
            key, action, label, show=False, id=f"{area}.{label.lower()}", tooltip=f"Go to the {which} {noun}"
        )
        for key, action, label, which in (
            ("j", "cursor_down", "Down", "next"),
            ("k", "cursor_up", "Up", "previous"),
            ("g", "first", "First", "first"),
            ("G", "last", "Last", "last"),
        )
    ]


class SideList(OptionList):
    """Says what the cursor does in two messages of its own; those of the list end here."""

    DEFAULT_CSS = """
    SideList {
        height: 1fr; border: none; padding: 0; background: transparent; text-wrap: nowrap; text-overflow: ellipsis;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable;
        &:focus { border: none; background-tint: transparent; }
        & > .option-list--option { padding: 0 1; }
    }
    """

    class Selected(Message):
        """The cursor is on another row."""

    class Opened(Message):
        """The selected row is to be gone into."""

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self.post_message(self.Selected())

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Opened())
