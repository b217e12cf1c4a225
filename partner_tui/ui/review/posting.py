"""The review posted on its forge, where the reviewer chooses so, with a token that is asked for where none is found.

The rule: what was not posted is kept, and a token is kept only when the user agrees.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from partner_tui.errors import TokenRefused
from partner_tui.repository.process.prompts import CredentialRequest
from partner_tui.ui.background import Running
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.dialogs.credentials import CredentialsScreen
from partner_tui.workspace.contributions.posting import post_review

if TYPE_CHECKING:
    from partner_tui.forge.hosts import Forge
    from partner_tui.ui.review.base import ReviewBase


async def post(screen: ReviewBase, forge: Forge, *, close: bool = False) -> None:
    """Post the review as one, and say where it is.

    Args:
        close: Whether to close the pull request after it.
    """
    from partner_tui.forge.tokens import find_token, given_token, keep_token

    assert screen.review is not None
    run, review, kept = screen.app.background.run, screen.review, screen.kept
    with screen.app.errors_shown(asked=True):
        token, attempt, is_typed = await run(Running("looking for a token"), find_token, forge.host), 1, False
        while True:
            if token is None:
                typed = await ask_token(screen, forge, attempt)
                if typed is None:
                    screen.notify("Nothing was posted. The review is kept.")
                    return
                token, is_typed = given_token(forge.host, typed), True
            running = Running("posting the review", stoppable=False, writes=True)
            try:
                url = await run(running, post_review, forge, token, review, kept, close=close)
                break
            except TokenRefused as error:
                screen.app.show_error(error)
                token, attempt = None, attempt + 1
        screen.notify(f"Posted: {url}", markup=False)
        if is_typed and await screen.app.push_screen_wait(_keep_question(forge)):
            await run(Running("keeping the token", stoppable=False), keep_token, token)


async def ask_token(screen: ReviewBase, forge: Forge, attempt: int) -> str | None:
    request = CredentialRequest("password", "", url=f"https://{forge.host}", attempt=attempt)
    return await screen.app.push_screen_wait(CredentialsScreen(request))


def _keep_question(forge: Forge) -> ConfirmScreen:
    return ConfirmScreen(
        "Keep the token?",
        f"It would be kept in your system's keyring, for {forge.host} alone.",
        yes="Keep",
        no="Don't keep",
    )
