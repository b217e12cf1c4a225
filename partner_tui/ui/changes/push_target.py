"""Asks for the target of a push, when git leaves it open, or when the branch that it went to is gone."""

from __future__ import annotations

from typing import Literal

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from partner_tui.plain import visible
from partner_tui.repository.remotes.push import PushChoice, PushUndecided
from partner_tui.ui.dialogs.choosing import ChoosingScreen
from partner_tui.ui.widgets.box import Box, Choices

Way = PushChoice | Literal["new"]
_LABELS = {
    "follow": "Rebase onto {} and follow it from now on",
    "push": "Push to {}",
    "create": "Create {} again",
}


class PushTargetScreen(ChoosingScreen[Way]):
    """Dismissed with the way that was chosen, None when cancelled. What makes a branch again is never the first."""

    CSS = "PushTargetScreen OptionList { max-height: 10; }"
    HELP = "Nothing is sent before you choose. A rebase asks once more before it pushes."

    def __init__(self, open_question: PushUndecided) -> None:
        choices = open_question.choices
        again = [choice for choice in choices if choice.verb == "create"]
        super().__init__([*(choice for choice in choices if choice not in again), "new", *again])
        self._message = open_question.message

    def compose(self) -> ComposeResult:
        with Box("Where to push?"):
            yield Static(Content(visible(self._message)))
            yield OptionList(*(Option(Content(_label(way))) for way in self.answers), markup=False)
            yield Choices(("choose", "Choose", "⏎"), ("cancel", "Cancel", "esc"))


def _label(way: Way) -> str:
    return "Push to a new branch" if way == "new" else _LABELS[way.verb].format(visible(str(way.branch), 60))
