"""Pushes and pulls in the app: one at a time, in a worker of the app, so that a view or screen that goes away does not stop
it half way. What happens is `PushWorkflow`'s; its questions are dialogs here, its endings messages.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from partner_tui.errors import PartnerTuiError
from partner_tui.repository.process.failures.kinds import NoWriteAccess
from partner_tui.repository.remotes.push import Pushed
from partner_tui.ui.background import Running
from partner_tui.ui.changes.questions import Dialogs, arrived
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.workspace.changes.push_questions import PullRequestWanted
from partner_tui.workspace.changes.push_workflow import (
    COMMITS_UNCHANGED,
    Ending,
    NothingLeft,
    NotPushed,
    PushWorkflow,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from partner_tui.ui.app_base import BaseApp
    from partner_tui.ui.view import Frame

GROUP = "remote"
BUSY = "Another push or pull is still running."


def is_busy(app: BaseApp) -> bool:
    """Whether a push or pull is under way; there is one at a time."""
    return any(worker.group == GROUP and not worker.is_finished for worker in app.workers)


class RemoteWork:
    """Pushes and pulls the commits of one open repository.

    Args:
        show_link: Told the page of a pull request that was opened, or of where one is to be opened.
    """

    def __init__(
        self,
        app: BaseApp,
        screen: Frame,
        on_pushed: Callable[[Pushed], None],
        show_link: Callable[[str], None],
    ) -> None:
        self._app = app
        self._screen = screen
        self._dialogs = Dialogs(app, screen)
        self._workflow = PushWorkflow(screen.workspace, self._dialogs)
        self._on_pushed = on_pushed
        self._show_link = show_link

    @property
    def why_busy(self) -> str | None:
        return BUSY if is_busy(self._app) else None

    def start(self, act: Literal["push", "push_branch", "pull_request", "bring_in"]) -> None:
        """Begin one of these acts, unless another one is under way."""
        work: dict[str, Callable[[], Coroutine[Any, Any, None]]] = {
            "push": partial(self._push, self._workflow.push),
            "push_branch": partial(self._push, self._workflow.push_to_new_branch),
            "pull_request": self._pull_request,
            "bring_in": self._pull,
        }
        if reason := self.why_busy:
            self._app.notify(f"{reason} Try again when it is done.", severity="warning")
        else:
            self._app.run_worker(work[act](), group=GROUP)

    async def _push(self, push: Callable[[], Coroutine[Any, Any, Ending | None]]) -> None:
        """Push; where the remote does not take it, a pull request is offered."""
        with self._app.errors_shown(asked=True):
            try:
                if isinstance(ending := await self._push_and_tell(push()), Pushed):
                    self._on_pushed(ending)
            except PullRequestWanted as wanted:
                await self._pull_request(wanted.branch)
            except NoWriteAccess as refusal:
                if not await self._app.push_screen_wait(_instead(refusal)):
                    raise
                await self._pull_request(self._workflow.new_branch, refusal)

    async def _push_and_tell(self, push: Coroutine[Any, Any, Ending | None]) -> Ending | None:
        """Push; where nothing was pushed, say why."""
        async with self._refreshing_repository():
            ending = await push
        match ending:
            case NotPushed.CONFLICTS:
                self._app.notify(
                    f"{COMMITS_UNCHANGED} Press P to retry.",
                    title="Nothing was pushed",
                    severity="warning",
                )
            case NothingLeft(integration):
                words = f"None of your commits is left after the pull.\n{arrived(integration)}"
                self._app.notify(words, title="Nothing to push", markup=False)
            case NotPushed.REBASED:
                self._app.notify("Your commits were rebased. Press P to push.", title="Not pushed yet")
        return ending

    async def _pull_request(self, new_branch: str = "", refusal: NoWriteAccess | None = None) -> None:
        from partner_tui.ui.changes.opening_pull_request import Opening

        async def push(new_branch: str | None) -> Ending | None:
            try:
                return await self._push_and_tell(self._workflow.push(new_branch))
            except PullRequestWanted as wanted:
                return await push(wanted.branch)

        with self._app.errors_shown(asked=True):
            workspace = self._screen.workspace
            opening = Opening(self._app, workspace, self._dialogs, push, self._show_link)
            await opening.run(new_branch, refusal)

    async def _pull(self) -> None:
        with self._app.errors_shown(asked=True):
            async with self._refreshing_repository():
                integration = await self._workflow.pull()
            if integration is not None:
                self._app.notify(arrived(integration), title="Pulled", markup=False)

    @asynccontextmanager
    async def _refreshing_repository(self) -> AsyncIterator[None]:
        """See where the clone stands afterwards, whatever happened, unless it is closed."""
        try:
            yield
        finally:
            if self._screen in self._app.screen_stack:
                with suppress(PartnerTuiError):  # what went wrong before is told
                    reading = Running("reading the repository", stoppable=False)
                    await self._app.background.run(reading, self._screen.workspace.open_repository)
                    self._screen.repository_changed()


def _instead(refusal: NoWriteAccess) -> ConfirmScreen:
    words = f"{refusal.message} {COMMITS_UNCHANGED}\n\nYou can open a pull request with them, from a fork of your own."
    return ConfirmScreen("Open a pull request instead?", words, yes="Pull request …", careful=False)
