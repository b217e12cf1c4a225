"""Asks for the target of a push: what git leaves open, a new branch, or a fork that the user made."""

from __future__ import annotations

from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Static

from partner_tui.plain import visible
from partner_tui.repository.remotes.push import PushChoice, PushUndecided
from partner_tui.ui.binding import bind
from partner_tui.ui.dialogs.choosing import ChoosingScreen
from partner_tui.ui.dialogs.prompt import PromptScreen, labelled
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.ui.widgets.said import Said


class NewBranchScreen(PromptScreen[tuple[str, bool]]):
    """Dismissed with the name, and whether a pull request is to be opened from it, instead of a push alone.

    Args:
        said: What git and the remote said, when they are why.
    """

    HELP = "Push sends your commits to the branch. Pull request shows what is sent, and asks for its title, first."
    BINDINGS = [
        bind(
            "ctrl+r",
            "request",
            "Pull request",
            "new_branch.pull_request",
            "Push and open a pull request; its texts are asked for first",
        )
    ]

    def __init__(self, why: str, proposed: str, said: str = "", *, may_request: bool = False) -> None:
        super().__init__()
        self._why = why
        self._proposed = proposed
        self._said = said
        self._may_request = may_request

    def compose(self) -> ComposeResult:
        with Box("Push to a new branch"):
            yield Static(self._why, classes="quiet text", markup=False)
            yield Said(self._said)
            yield labelled("Branch", Input(self._proposed, compact=True))
            more = [("request", "Pull request …", "^r")] if self._may_request else []
            yield Choices(("yes", "Push", "⏎"), *more, ("no", "Cancel", "esc"))

    @on(Input.Submitted)
    @on(Button.Pressed, "#yes")
    def _answer(self) -> None:
        self._dismiss_with(False)

    def action_request(self) -> None:
        self._dismiss_with(True)

    def _dismiss_with(self, wants_request: bool) -> None:
        if name := self.query_one(Input).value.strip():
            self.dismiss((name, wants_request))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._may_request if action == "request" else super().check_action(action, parameters)


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
        ways: list[Way] = [*(choice for choice in choices if choice not in again), "new", *again]
        super().__init__(ways, "Where to push?", visible(open_question.message), map(_label, ways))


def _label(way: Way) -> str:
    return "Push to a new branch" if way == "new" else _LABELS[way.verb].format(visible(str(way.branch), 60))


class ForkUrlScreen(PromptScreen[str]):
    """Dismissed with the URL."""

    def __init__(self, why: str, page: str) -> None:
        super().__init__()
        self._why = why
        self._page = page

    def compose(self) -> ComposeResult:
        with Box("Push to a fork"):
            words = (
                f"{self._why}\n\nFork the repository at {self._page}, then enter the URL to clone your fork. "
            )
            yield Static(
                f"{words}It becomes a remote, to which this clone pushes.", classes="text", markup=False
            )
            yield labelled("URL", Input(compact=True))
            yield Choices(("yes", "Push", "⏎"), ("no", "Cancel", "esc"))

    @on(Input.Submitted)
    @on(Button.Pressed, "#yes")
    def _answer(self) -> None:
        if url := self.query_one(Input).value.strip():
            self.dismiss(url)
