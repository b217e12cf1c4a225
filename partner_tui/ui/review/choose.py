"""Dialog to choose the contribution to review: those that are not merged, the newest first, as far as the remote has them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from partner_tui.contributions.contribution import Contribution, State
from partner_tui.errors import GitError
from partner_tui.plain import visible
from partner_tui.ui.background import Running
from partner_tui.ui.dialogs.choosing import ChoosingScreen
from partner_tui.ui.review.about import number
from partner_tui.ui.review.screen import ReviewScreen
from partner_tui.ui.view import NO_REPOSITORY, Frame
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.workspace.contributions.contributions import Contributions
from partner_tui.workspace.contributions.kept_reviews import verdict_of


class ChooseContributionScreen(ChoosingScreen[Contribution]):
    """Dismissed with a contribution; None when cancelled.

    Args:
        listed: To choose from, each with the verdict so far.
    """

    DEFAULT_CSS = """
    ChooseContributionScreen {
        Box { width: 100; }
        OptionList { max-height: 20; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """
    HELP = "Merged contributions are not listed. Git does not say which of the others were closed."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Cancel", id="review_choice.cancel", tooltip="Close without a review"),
        Binding(
            "j", "move('down')", "Down", show=False, id="review_choice.down", tooltip="Go to the next row"
        ),
        Binding("k", "move('up')", "Up", show=False, id="review_choice.up", tooltip="Go to the previous row"),
    ]

    def __init__(self, listed: Sequence[tuple[Contribution, str]]) -> None:
        super().__init__([one for one, _ in listed])
        self._listed = listed

    def compose(self) -> ComposeResult:
        with Box("Review a contribution"):
            yield OptionList(*(Option(_row(*one)) for one in self._listed), markup=False)
            yield Static(Content.styled("Nothing of it is checked out or executed.", "$foreground 65%"))
            yield Choices(("choose", "Review", "⏎"), ("cancel", "Cancel", "esc"))


def _row(one: Contribution, verdict: str) -> Content:
    is_open = one.state is State.PROBABLY_OPEN
    return Content.assemble(
        (f"{number(one):<8}", "bold $accent" if is_open else "bold"),
        f"{visible(one.title, 60)}  ",
        (f"{visible(one.author, 30)}, {one.date:%Y-%m-%d}", "$foreground 65%"),
        (f"  {verdict}" if verdict else "", "$secondary"),
    )


async def choose_contribution(frame: Frame) -> None:
    """Fetch the contributions, let one be chosen, and open its review.

    Raises:
        GitError: They cannot be listed.
    """
    app, workspace = frame.app, frame.workspace
    if workspace.repository is None:
        frame.notify("Still reading the repository." if workspace.in_repository else NO_REPOSITORY)
        return
    contributions = Contributions(
        workspace.folder, workspace.checker, workspace.manifest_name, workspace.repository
    )
    running = Running("fetching contributions")
    try:
        await app.background.run(
            running,
            contributions.fetch,
            credentials=app.credentials,
            cancelled=running.cancelled,
            progress=app.progress_of(running),
        )
    except GitError as error:  # what was fetched before can be reviewed all the same
        app.show_error(error)
    listed = await asyncio.to_thread(_to_review, contributions, frame)
    if not listed:
        frame.notify("No contributions to review: there are no pull requests or other branches.")
    elif (one := await app.push_screen_wait(ChooseContributionScreen(listed))) is not None:
        app.push_screen(ReviewScreen(contributions, one))


def _to_review(contributions: Contributions, frame: Frame) -> list[tuple[Contribution, str]]:
    """Those that are probably open first, then the newest; blocks."""
    waiting = [one for one in contributions.listed() if one.state is not State.MERGED]
    waiting.sort(key=lambda one: (one.state is State.PROBABLY_OPEN, one.date), reverse=True)
    return [(one, verdict_of(frame.workspace.state, one)) for one in waiting]
