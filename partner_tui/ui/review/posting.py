"""The review posted on its forge, where the reviewer chooses so.

The rule: what was not posted is kept, and a token is kept only when the user agrees.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from partner_tui.ui.background import Running
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.review.with_token import with_token
from partner_tui.workspace.contributions.posting import post_review

if TYPE_CHECKING:
    from partner_tui.forge.hosts import Forge
    from partner_tui.forge.tokens import Token
    from partner_tui.ui.review.base import ReviewBase


async def post(screen: ReviewBase, forge: Forge, *, close: bool = False) -> None:
    """Post the review as one, and say where it is.

    Args:
        close: Whether to close the pull request after it.
    """
    from partner_tui.forge.tokens import keep_token

    assert screen.review is not None
    review, kept = screen.review, screen.kept

    def post_it(token: Token | None) -> str:
        return post_review(forge, token, review, kept, close=close)

    with screen.app.errors_shown(asked=True):
        done = await with_token(screen, forge, "posting the review", post_it, needs_one=True, writes=True)
        if done is None:
            screen.notify("Nothing was posted. The review is kept.")
            return
        screen.notify(f"Posted: {done.result}", markup=False)
        if done.typed is None:
            return
        if await screen.app.push_screen_wait(_keep_question(forge)):
            running = Running("keeping the token", stoppable=False)
            await screen.app.background.run(running, keep_token, done.typed)


def _keep_question(forge: Forge) -> ConfirmScreen:
    return ConfirmScreen(
        "Keep the token?",
        f"It would be kept in your system's keyring, for {forge.host} alone.",
        yes="Keep",
        no="Don't keep",
    )
