"""Opens a pull request: asks for its texts, pushes, and then asks the forge, or shows the page that opens one.

The rule: each step says what it did, and what was written is forgotten only when the pull request is open.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from partner_tui.errors import NeedsConsent, PartnerTuiError
from partner_tui.repository.git import watching
from partner_tui.ui.background import Running
from partner_tui.ui.changes.pull_request import PullRequestScreen
from partner_tui.ui.dialogs.confirm import agrees
from partner_tui.ui.dialogs.with_token import with_token
from partner_tui.workspace.changes.pull_request import Proposal, Texts, forget, keep, open_by_push, propose

if TYPE_CHECKING:
    from partner_tui.contributions.on_forge import PullRequest
    from partner_tui.forge.hosts import Forge
    from partner_tui.forge.tokens import Token
    from partner_tui.repository.remotes.push import Pushed
    from partner_tui.ui.app_base import BaseApp
    from partner_tui.workspace.workspace import Workspace

Push = Callable[[str | None], Awaitable["Pushed | None"]]
"""Pushes to a new branch of this name, or where the open branch goes; None where it was not pushed, and that was told."""
KEPT = "Your text is kept: press r to try again."


async def open_pull_request(
    app: BaseApp, workspace: Workspace, push: Push, show_link: Callable[[str], None]
) -> None:
    """Ask for the texts, and open it.

    Args:
        show_link: Told the page of what was opened, or of where it is to be opened.

    Raises:
        PartnerTuiError: There is nothing to open one from, or it was not opened.
    """
    api = app.settings.github_api
    proposal = await app.background.run(Running("reading commits"), propose, workspace, api)
    keep_it = partial(keep, workspace, proposal.head)
    texts = await app.push_screen_wait(PullRequestScreen(proposal, keep_it))
    if texts is None:
        return
    try:
        if proposal.way == "agit":
            await _by_push(app, workspace, proposal, texts, show_link)
            return
        if not proposal.is_pushed and await push(texts.branch if proposal.is_new else None) is None:
            app.notify(KEPT)
            return
        if proposal.forge is not None and await _by_api(
            app, workspace, proposal.forge, proposal, texts, show_link
        ):
            return
        _by_page(app, workspace, proposal, texts, show_link)
    except PartnerTuiError as error:
        error.hint = f"{error.hint} {KEPT}".strip()
        raise


async def _by_push(
    app: BaseApp, workspace: Workspace, proposal: Proposal, texts: Texts, show_link: Callable[[str], None]
) -> None:
    consented = False
    while True:
        running = Running("opening the pull request", writes=True)
        watch = watching(app.progress_of(running), running.cancelled, app.credentials)
        ask = partial(open_by_push, workspace, proposal, texts, consented=consented, **watch)
        try:
            page = await app.background.run(running, ask)
            break
        except NeedsConsent as doubt:
            if not await agrees(app, "Push anyway?", doubt, yes="Push"):
                app.notify(f"Nothing was pushed. {KEPT}")
                return
            consented = True
    _opened(app, workspace, page, show_link, f"On {proposal.place}.")


async def _by_api(
    app: BaseApp,
    workspace: Workspace,
    forge: Forge,
    proposal: Proposal,
    texts: Texts,
    show_link: Callable[[str], None],
) -> bool:
    """Whether it was opened; not without a token."""

    def ask(token: Token | None) -> PullRequest:
        from partner_tui.forge.pull_requests import PullRequests

        return PullRequests(forge, token).open(
            texts.base, texts.branch, texts.title, texts.body, proposal.owner, draft=texts.is_draft
        )

    done = await with_token(app, forge, "opening the pull request", ask, needs_one=True, writes=True)
    if done is None:
        return False
    made = done.result
    _opened(app, workspace, made.url, show_link, f"#{made.number} on {forge.host}.")
    return True


def _by_page(
    app: BaseApp,
    workspace: Workspace,
    proposal: Proposal,
    texts: Texts,
    show_link: Callable[[str], None],
) -> None:
    repository = workspace.repository
    link = repository.compare_url(texts.branch, proposal.remote, texts.base) if repository else None
    app.copy_to_clipboard(f"{texts.title}\n\n{texts.body}".strip())
    if link is None:
        raise PartnerTuiError(
            "The page that opens a pull request is not known for this remote.",
            "Title and description are copied: open the page of the repository and paste them.",
        )
    show_link(link)
    app.open_url(link)
    app.notify("Title and description are copied: paste them into its page.", title="Open the pull request")


def _opened(
    app: BaseApp, workspace: Workspace, page: str, show_link: Callable[[str], None], where: str
) -> None:
    forget(workspace)
    if page:
        show_link(page)
    more = "\ny copies its link, o opens it." if page else ""
    app.notify(f"{where}{more}", title="Pull request opened", markup=False)
