"""Asks whether a change of the central file becomes a branch, and where that is pushed; the lines that change are shown."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from textual import getters, on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Static

from partner_tui.comparison.hunks import Hunk
from partner_tui.plain import visible
from partner_tui.ui.acting import act
from partner_tui.ui.app_base import BaseApp
from partner_tui.ui.binding import bind
from partner_tui.ui.dialogs.prompt import PromptScreen, labelled
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.ui.widgets.diff_lines import DiffLines
from partner_tui.workspace.central.central_branch import CentralBranch
from partner_tui.workspace.central.proposing import check_fork


class ProposeScreen(PromptScreen[tuple[CentralBranch, str]]):
    """Dismissed with the branch by the name that was typed, and the URL that it is pushed to, "" for none; None when cancelled.

    Args:
        fork: A URL that it could be pushed to; "" where none is known.
    """

    app = getters.app(BaseApp)
    DEFAULT_CSS = """
    ProposeScreen {
        Box { width: 110; }
        .field { margin-bottom: 0; }
        DiffLines { height: 14; margin-bottom: 1; scrollbar-size-horizontal: 0; }
        &.-short DiffLines { height: 8; }
        &.-short Box { padding: 0 2; }
        Input:focus { background: $boost; }
    }
    """
    HELP = """
    The branch is one commit on the newest commit of the central repository that was fetched. Nothing is pushed where Push to is
    empty. What is merged there is proposed centrally; the site reads its own copy.
    """
    BINDINGS = [bind("ctrl+s,ctrl+enter", "make", "Make", "propose.make", "Make the branch, and push it")]

    def __init__(self, branch: CentralBranch, diff: Sequence[Hunk], fork: str) -> None:
        super().__init__()
        self._branch = branch
        self._diff = diff
        self._fork = fork

    def compose(self) -> ComposeResult:
        branch = self._branch
        with Box("Propose centrally"):
            where = visible(str(branch.root), 200)
            yield Static(
                f"{visible(branch.subject, 100)}: one commit on a new branch in {where}.",
                classes="text",
                markup=False,
            )
            yield DiffLines()
            yield labelled("Branch", Input(branch.name, compact=True, id="branch"))
            yield labelled(
                "Push to",
                Input(
                    self._fork,
                    placeholder="URL or folder of your fork; empty to make the branch alone",
                    compact=True,
                    id="fork",
                ),
            )
            yield Choices(("make", _label(self._fork), "^s"), ("no", "Cancel", "esc"))

    def on_mount(self) -> None:
        self.query_one(DiffLines).show(self._diff)
        self.query_one("#branch", Input).focus()

    @on(Input.Changed, "#fork")
    def _named(self, event: Input.Changed) -> None:
        button = self.query_one("#make", Button)
        button.label = f"{_label(event.value)} [dim]^s[/dim]"
        button.refresh(layout=True)

    @on(Input.Submitted)
    def _next_field(self, event: Input.Submitted) -> None:
        """Enter goes from one field to the other: what others see is never sent by it."""
        self.query_one("#fork" if event.input.id == "branch" else "#branch", Input).focus()

    @act("make")
    async def action_make(self) -> None:
        """What cannot be done is said before the branch is made, and what was typed stays."""
        name, fork = (self.query_one(field, Input).value.strip() for field in ("#branch", "#fork"))
        branch = replace(self._branch, name=name)

        def check() -> None:
            branch.check()
            if fork:
                check_fork(branch.root, fork)

        with self.app.errors_shown():
            await asyncio.to_thread(check)
            self.dismiss((branch, fork))


def _label(fork: str) -> str:
    return "Make branch and push" if fork.strip() else "Make branch"
