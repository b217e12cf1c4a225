"""Base of the screens that offer a list: a box in the middle, one of several answers, and escape for none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Button, OptionList, Static

from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.dialogs.dialog import Dialog
from partner_tui.ui.widgets.box import Box, Choices

Answer = TypeVar("Answer")


class ChoosingScreen(Dialog[Answer | None], Generic[Answer]):
    """Dismissed with the answer whose row was chosen, None when cancelled.

    Args:
        answers: One for each row.
        title: Of the box.
        text: Above the list.
        rows: The list.
        cancel: What not to choose is called.
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

    def __init__(
        self,
        answers: Sequence[Answer],
        title: str = "",
        text: str | Content = "",
        rows: Iterable[str | Content] = (),
        cancel: str = "Cancel",
    ) -> None:
        super().__init__()
        self.answers = answers
        self._title, self._text, self._rows, self._cancel = title, text, rows, cancel

    def compose(self) -> ComposeResult:
        with Box(self._title):
            if self._text:
                yield Static(self._text, markup=False)
            yield OptionList(*self._rows, markup=False)
            yield Choices(("choose", "Choose", "⏎"), ("cancel", self._cancel, "esc"))

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
