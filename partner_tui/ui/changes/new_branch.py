"""Asks for the name of a new branch to push to."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Static

from partner_tui.ui.binding import bind
from partner_tui.ui.dialogs.prompt import PromptScreen, labelled
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.ui.widgets.said import Said


@dataclass(frozen=True, slots=True)
class NewBranch:
    """The answer.

    Args:
        wants_request: Whether a pull request is to be opened from it, instead of a push alone.
    """

    name: str
    wants_request: bool = False


class NewBranchScreen(PromptScreen[NewBranch]):
    """Dismissed with the name.

    Args:
        why: Why a branch is needed, or what it is for.
        proposed: The name to begin with.
        said: What git and the remote said, when they are why.
        may_request: Whether to offer a pull request from it.
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

    @on(Button.Pressed, "#request")
    def action_request(self) -> None:
        self._dismiss_with(True)

    def _dismiss_with(self, wants_request: bool) -> None:
        if name := self.query_one(Input).value.strip():
            self.dismiss(NewBranch(name, wants_request))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._may_request if action == "request" else super().check_action(action, parameters)
