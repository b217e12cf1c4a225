"""A pull request on its forge: description, labels, checks, and what was said. Asked on a key alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from partner_tui.contributions.on_forge import Discussion, PullRequest
from partner_tui.errors import PartnerTuiError
from partner_tui.plain import visible
from partner_tui.ui.binding import bind
from partner_tui.ui.dialogs.dialog import Dialog
from partner_tui.ui.dialogs.with_token import with_token
from partner_tui.ui.review.on_forge import find_forge
from partner_tui.ui.widgets.box import Box, Choices

if TYPE_CHECKING:
    from partner_tui.forge.hosts import Forge
    from partner_tui.forge.tokens import Token
    from partner_tui.ui.review.base import ReviewBase

_COLOURS = {"success": "$success", "failure": "$error", "error": "$error", "changes requested": "$warning"}
_LONGEST = 20_000


class DiscussionScreen(Dialog[None]):
    """To read; nothing is sent from here."""

    DEFAULT_CSS = """
    DiscussionScreen {
        VerticalScroll { height: auto; max-height: 70vh; scrollbar-size-vertical: 1; }
        VerticalScroll > Static { height: auto; }
    }
    """
    HELP = "What the forge has of this pull request. Press o in the review to open its page."
    BINDINGS = [bind("escape", "dismiss", "Close", "discussion.close", "Close the discussion")]
    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, title: str, text: Content) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        with Box(self._title):
            with VerticalScroll():
                yield Static(self._text)
            yield Choices(("dismiss", "Close", "esc"))


async def show_discussion(screen: ReviewBase) -> None:
    """Ask the forge, with a token that is asked for where it wants one, and show what it says.

    Raises:
        PartnerTuiError: There is none to ask, or it does not answer.
    """
    if (forge := await find_forge(screen)) is None:
        raise PartnerTuiError(
            "The forge of this contribution has no API that can be asked.",
            "GitHub has one, and the server in the setting github_api. Press o to open the page.",
        )
    read = partial(_read, forge, number=screen.one.name)
    done = await with_token(screen.app, forge, "reading the discussion", read)
    if done is None:
        return
    pull, discussion = done.result
    text = Content("\n").join(_lines(pull, discussion))
    await screen.app.push_screen_wait(DiscussionScreen(f"#{pull.number} on {forge.host}", text))


def _read(forge: Forge, token: Token | None, number: str) -> tuple[PullRequest, Discussion]:
    from partner_tui.forge.pull_requests import PullRequests

    pulls = PullRequests(forge, token)
    return pulls.one(number), pulls.discussion(number)


def _lines(pull: PullRequest, discussion: Discussion) -> Iterator[Content]:
    yield Content.styled(visible(pull.title, 300), "bold")
    state = "draft" if pull.is_draft and pull.state == "open" else pull.state
    about = [state, visible(pull.author, 60), *(visible(label, 60) for label in pull.labels)]
    yield Content.styled("  ·  ".join(part for part in about if part), "$foreground 70%")
    yield Content("")
    yield Content(visible(pull.body, _LONGEST, lines=True) or "No description.")
    if discussion.checks:
        yield Content("")
    for check in discussion.checks:
        colour = _COLOURS.get(check.outcome, "$foreground 70%")
        yield Content.assemble((f"{visible(check.outcome, 20):<12}", colour), visible(check.name, 100))
    for remark in discussion.remarks:
        yield Content("")
        place = f"  {visible(remark.place, 120)}" if remark.place else ""
        colour = _COLOURS.get(remark.verdict, "$foreground 70%")
        yield Content.assemble((visible(remark.author, 60), "bold"), "  ", (remark.verdict, colour), place)
        if remark.text:
            yield Content(visible(remark.text, _LONGEST, lines=True))
    if not discussion.is_whole:
        yield Content.styled("There is more on its page.", "$warning")
