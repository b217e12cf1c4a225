"""Where the central repository is read from: named in a dialog, and fetched after its address was shown and agreed to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Static

from partner_tui.errors import PartnerTuiError
from partner_tui.plain import age
from partner_tui.repository.git import Watch
from partner_tui.settings_file import keep_central
from partner_tui.ui.background import Running
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.dialogs.prompt import PromptScreen, labelled
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.ui.widgets.source_input import SourceInput, SourceSuggester
from partner_tui.workspace.central.central_clone import SLUG, central_clone
from partner_tui.workspace.central.collection import open_copy

if TYPE_CHECKING:
    from partner_tui.repository.clones.kept_clone import KeptClone
    from partner_tui.ui.view import Frame


class CentralSourceScreen(PromptScreen[str]):
    """Dismissed with a folder or a URL, "" for GitHub's; None when cancelled."""

    HELP = """
    A folder is a clone of yours, and its branches are read as they are; or a copy of gh-pages without git, for Listed today. Anything
    else is fetched into the cache folder when you agree.
    """

    def __init__(self, setting: str) -> None:
        super().__init__()
        self._setting = setting

    def compose(self) -> ComposeResult:
        with Box("Central repository"):
            words = (
                f"A folder with your clone of {SLUG}, or a URL to fetch it from. Leave it empty for GitHub. "
            )
            yield Static(f"{words}It is saved in your settings, as central.", classes="text", markup=False)
            yield labelled(
                "Source",
                SourceInput(self._setting, placeholder=SLUG, suggester=SourceSuggester(), compact=True),
            )
            yield Choices(("yes", "Save", "⏎"), ("no", "Cancel", "esc"))

    @on(Input.Submitted)
    @on(Button.Pressed, "#yes")
    def _answer(self) -> None:
        self.dismiss(self.query_one(SourceInput).value.strip())


async def choose_central(frame: Frame) -> bool:
    """Ask where the central repository is read from, and keep the answer; whether there was one."""
    app = frame.app
    with app.errors_shown():
        said = await app.push_screen_wait(CentralSourceScreen(app.settings.central))
        if said is None:
            return False
        await asyncio.to_thread(open_copy, said, app.directories)
        app.settings = await asyncio.to_thread(keep_central, app.directories.settings_file, said)
        return True
    return False


async def fetch_central(
    frame: Frame,
    branch: str,
    then: Callable[[KeptClone, str, Watch], object],
    *,
    newest_only: bool = False,
    also: str = "",
) -> bool:
    """Ask, then fetch a branch of the central repository; whether that was done.

    Args:
        newest_only: Whether its history is left out.
        also: What else is asked of whom, in a sentence.
        then: Reads what is wanted of the branch's newest commit, which may be fetched too; in a thread.
    """
    app, repository = frame.app, frame.workspace.repository
    with app.errors_shown(asked=True):
        clone = await asyncio.to_thread(central_clone, app.settings.central, app.directories)
        if not (address := await asyncio.to_thread(lambda: clone.address)):
            raise PartnerTuiError(f"{clone.root} has no remote to fetch from.", "Press S to name another.")
        where = (
            f"It is fetched into your clone, {clone.root}."
            if clone.is_own
            else f"{'Its newest commit' if newest_only else 'History'} is fetched without file contents; "
            f"of these, what is shown. It is kept in {clone.root}."
        )
        text = f"git asks this address for the branch {branch}:\n\n{address}\n\n{where}"
        text = f"{text}\n\n{also}" if also else text
        if not await app.push_screen_wait(
            ConfirmScreen("Fetch the central repository?", text, yes="Fetch", careful=False)
        ):
            return False

        def fetch(watch: Watch) -> None:
            log = repository.log if repository else None
            then(clone, clone.fetch(branch, log, newest_only=newest_only, **watch), watch)

        await app.run_git(Running("fetching the central repository"), fetch)
        return True
    return False


def age_words(clone: KeptClone, branch: str) -> str:
    """How old what is here of a branch is, and where it is from. Blocks."""
    where = str(clone.root) if clone.is_own else clone.address
    if fetched := clone.fetched(branch):
        return f"{where}, fetched {age(fetched, now())}"
    date = clone.date(branch)
    return f"{where}, newest commit {age(date, now())}" if date else where


def now() -> datetime:
    """What ages are counted to."""
    return datetime.now(UTC)
