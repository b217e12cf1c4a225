"""Base of the screens that offer a list: a box in the middle, one of several answers, and escape for none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from textual.widgets import Button, OptionList

from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.dialogs.dialog import Dialog

Answer = TypeVar("Answer")


class ChoosingScreen(Dialog[Answer | None], Generic[Answer]):
    """Dismissed with the answer whose row was chosen, None when cancelled.

    Args:
        answers: One for each row of the list that `compose` makes.
    """

    DEFAULT_CSS = """
    ChoosingScreen {
        OptionList { margin-top: 1; }
    }
    """

    BINDINGS = [
        bind("escape", "dismiss", "Cancel", "choice.cancel", "Close without an answer"),
        hidden("j", "move('down')", "Down", "choice.down", "Go to the next row"),
        hidden("k", "move('up')", "Up", "choice.up", "Go to the previous row"),
    ]

    def __init__(self, answers: Sequence[Answer]) -> None:
        super().__init__()
        self.answers = answers

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.answers[event.option_index])

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "choose":
            self.query_one(OptionList).action_select()
        else:
            self.dismiss(None)

    def action_move(self, direction: str) -> None:
        getattr(self.query_one(OptionList), f"action_cursor_{direction}")()
