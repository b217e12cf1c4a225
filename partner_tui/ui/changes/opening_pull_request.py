"""Opens a pull request: asks for its texts, pushes, and then asks the forge, or shows the page that opens one.

The rule: each step says what it did, and what was written is forgotten only when the pull request is open. A fork is made only
after the remote refused the push, and the user agreed. An API is asked of a host whose name does not say what it runs only
because the user says that it is GitHub Enterprise.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from partner_tui.addresses.forge import SAID
from partner_tui.errors import Cancelled, NeedsConsent, PartnerTuiError
from partner_tui.plain import visible
from partner_tui.repository.commits.commit import head_of
from partner_tui.repository.process.failures.kinds import NoWriteAccess
from partner_tui.repository.remotes.push import Pushed
from partner_tui.settings_file import keep_forge
from partner_tui.ui.background import Running
from partner_tui.ui.changes.pull_request import PullRequestScreen
from partner_tui.ui.changes.push_dialogs import ForkUrlScreen
from partner_tui.ui.changes.questions import Dialogs
from partner_tui.ui.dialogs.choosing import ChoosingScreen
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.dialogs.with_token import with_token
from partner_tui.workspace.changes.committing import the_repository
from partner_tui.workspace.changes.pull_request import (
    Proposal,
    Texts,
    forget,
    host_to_ask_about,
    keep,
    open_by_push,
    propose,
    use_fork,
)
from partner_tui.workspace.changes.push_workflow import Ending, NothingLeft

if TYPE_CHECKING:
    from partner_tui.contributions.on_forge import PullRequest
    from partner_tui.forge.hosts import Forge
    from partner_tui.forge.tokens import Token
    from partner_tui.ui.app_base import BaseApp
    from partner_tui.workspace.workspace import Workspace

Push = Callable[[str | None], Awaitable[Ending | None]]
"""Pushes to a new branch of this name, or where the open branch goes; where it was not pushed, that was told."""
KEPT = "Your text is kept: press r to try again."


class Opening:
    """One pull request on its way."""

    def __init__(
        self,
        app: BaseApp,
        workspace: Workspace,
        dialogs: Dialogs,
        push: Push,
        show_link: Callable[[str], None],
    ) -> None:
        self._app = app
        self._workspace = workspace
        self._dialogs = dialogs
        self._push = push
        self._show_link = show_link

    async def run(self, new_branch: str = "", refusal: NoWriteAccess | None = None) -> None:
        """Ask for the texts, and open it.

        Args:
            new_branch: The name of the new branch, where the user has chosen it already.
            refusal: Why the remote took no push a moment ago.

        Raises:
            PartnerTuiError: There is nothing to open one from, or it was not opened.
        """
        app, workspace = self._app, self._workspace
        await ask_what_it_runs(app, workspace)
        api = app.settings.github_api
        proposal = await app.background.run(Running("reading commits"), propose, workspace, api, new_branch)
        keep_it = partial(keep, workspace, proposal.head)
        texts = await app.push_screen_wait(PullRequestScreen(proposal, keep_it))
        if texts is None:
            return
        try:
            if proposal.way == "agit":
                await self._by_push(proposal, texts)
                return
            if not proposal.is_pushed:
                pushed, proposal = await self._pushed(proposal, texts, refusal)
                if not isinstance(pushed, Pushed):
                    await self._keep_again(texts)
                    again = "" if isinstance(pushed, NothingLeft) else KEPT
                    app.notify(f"No pull request was opened. {again}".strip())
                    return
                texts = replace(texts, branch=pushed.branch)  # another one, where that name was taken
            if proposal.forge is None or not await self._by_api(proposal.forge, proposal, texts):
                await self._by_page(proposal, texts)
        except PartnerTuiError as error:
            await self._keep_again(texts)
            error.hint = f"{error.hint} {KEPT}".strip()
            raise

    async def _keep_again(self, texts: Texts) -> None:
        """For the commits as they are now: a push on the way may have rebased them."""
        head = await asyncio.to_thread(head_of, the_repository(self._workspace).root)
        await asyncio.to_thread(keep, self._workspace, head, texts)

    async def _pushed(
        self, proposal: Proposal, texts: Texts, refusal: NoWriteAccess | None
    ) -> tuple[Ending | None, Proposal]:
        """Push the branch, to a fork where the remote takes none from the user; None where that is not wanted."""
        branch = texts.branch if proposal.is_new else None
        if refusal is None:
            try:
                return await self._push(branch), proposal
            except NoWriteAccess as error:
                refusal = error
        if proposal.owner:
            raise refusal  # it is the fork that takes none
        url = await self._fork(proposal, refusal)
        if url is None:
            return None, proposal
        forked = await self._dialogs.run(
            "waiting for the fork",
            lambda watch: use_fork(self._workspace, proposal, url, **watch),
            stoppable=True,
            writes=True,
        )
        return await self._push(branch), forked

    async def _fork(self, proposal: Proposal, refusal: NoWriteAccess) -> str | None:
        """Have a fork, made by the forge's API or by the user; its URL."""
        app, forge, repository = self._app, proposal.forge, the_repository(self._workspace)
        if forge is None:
            page = await asyncio.to_thread(lambda: repository.page) or proposal.place
            return await app.push_screen_wait(ForkUrlScreen(refusal.message, page))
        words = (
            f"{refusal.message}\n\n{forge.host}/{forge.slug} is forked to your account, unless it is already. The branch is"
            " pushed to your fork, and so is what you push from this clone later (git's remote.pushDefault)."
        )
        if not await app.push_screen_wait(ConfirmScreen(f"Fork {forge.slug}?", words, yes="Fork")):
            return None

        def ask(token: Token | None) -> str:
            from partner_tui.forge.pull_requests import PullRequests

            return PullRequests(forge, token).fork()

        done = await with_token(app, forge, "making the fork", ask, needs_one=True, writes=True)
        return await asyncio.to_thread(repository.fork_url, done.result) if done else None

    async def _by_push(self, proposal: Proposal, texts: Texts, *, consented: bool = False) -> None:
        try:
            page = await self._dialogs.run(
                "opening the pull request",
                lambda watch: open_by_push(self._workspace, proposal, texts, consented=consented, **watch),
                stoppable=True,
                writes=True,
            )
        except NeedsConsent as doubt:
            if await self._dialogs.push_anyway(doubt):
                await self._by_push(proposal, texts, consented=True)
            else:
                self._app.notify(f"Nothing was pushed. {KEPT}")
        else:
            self._opened(page, f"On {proposal.place}.")

    async def _by_api(self, forge: Forge, proposal: Proposal, texts: Texts) -> bool:
        """Whether it was opened; not without a token."""

        def ask(token: Token | None) -> PullRequest:
            from partner_tui.forge.pull_requests import PullRequests

            return PullRequests(forge, token).open(
                texts.base, texts.branch, texts.title, texts.body, proposal.owner, draft=texts.is_draft
            )

        done = await with_token(
            self._app, forge, "opening the pull request", ask, needs_one=True, writes=True
        )
        if done is None:
            return False
        self._opened(done.result.url, f"#{done.result.number} on {forge.host}.")
        return True

    async def _by_page(self, proposal: Proposal, texts: Texts) -> None:
        app, repository = self._app, the_repository(self._workspace)
        link = await asyncio.to_thread(repository.compare_url, texts.branch, proposal.remote, texts.base)
        app.copy_to_clipboard(f"{texts.title}\n\n{texts.body}".strip())
        if link is None:
            page = await asyncio.to_thread(lambda: repository.page) or proposal.place
            raise PartnerTuiError(
                f"{texts.branch} is pushed, but the page that opens a pull request is not known.",
                f"Title and description are copied: paste them at {page}.",
            )
        self._show_link(link)
        from partner_tui.ui.browser import open_in_browser  # webbrowser takes a while to import

        await asyncio.to_thread(open_in_browser, link)  # what was copied stays copied
        app.notify(
            f"Title and description are copied: paste them there.\n{link}",
            title="Open the pull request on this page",
            markup=False,
            timeout=12,
        )

    def _opened(self, page: str, where: str) -> None:
        forget(self._workspace)
        if page:
            self._show_link(page)
        more = f"\n{page}\ny copies its link, o opens it." if page else ""
        self._app.notify(f"{where}{more}", title="Pull request opened", markup=False, timeout=12)


class ForgeKindScreen(ChoosingScreen[str]):
    """Dismissed with one of `SAID`, None when cancelled."""

    HELP = "How a pull request is opened depends on it. The answer is saved in your settings, as forges."

    def __init__(self, host: str) -> None:
        text = f"What does {visible(host, 60)} run? Its name does not say. You are asked once."
        super().__init__(tuple(SAID), "Which forge is it?", text, SAID.values())


async def ask_what_it_runs(app: BaseApp, workspace: Workspace) -> None:
    """Ask about the remote's host, where nobody said it.

    Raises:
        Cancelled: There was no answer.
        PartnerTuiError: The settings cannot be written.
    """
    workspace.forges = app.settings.hosts
    host = await app.background.run(Running("reading the remote"), host_to_ask_about, workspace)
    if not host:
        return
    kind = await app.push_screen_wait(ForgeKindScreen(host))
    if kind is None:
        raise Cancelled("No pull request was opened.")
    app.settings = await asyncio.to_thread(keep_forge, app.directories.settings_file, host, kind)
    workspace.forges = app.settings.hosts
    if workspace.repository is not None:
        workspace.repository.forges = workspace.forges
