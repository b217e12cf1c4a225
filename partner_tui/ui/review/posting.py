"""The review posted on its forge, where the reviewer chooses so.

The rule: what is sent is shown before and agreed to, and what was not posted is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.dialogs.with_token import with_token
from partner_tui.ui.review.about import number
from partner_tui.workspace.contributions.posting import post_review, preview

if TYPE_CHECKING:
    from partner_tui.forge.hosts import Forge
    from partner_tui.forge.tokens import Token
    from partner_tui.ui.review.base import ReviewBase


async def post(screen: ReviewBase, forge: Forge, *, close: bool = False) -> None:
    """Post the review as one, and say where it is.

    Args:
        close: Whether to close the pull request after it.
    """
    assert screen.review is not None
    review, kept = screen.review, screen.kept

    def post_it(token: Token | None) -> str:
        return post_review(forge, token, review, kept, close=close)

    with screen.app.errors_shown(asked=True):
        title = f"Post and close {number(screen.one)}?" if close else f"Post on {number(screen.one)}?"
        text = f"To {forge.host}/{forge.slug}. {preview(review, kept, close=close)}"
        if not await screen.app.push_screen_wait(ConfirmScreen(title, text, yes="Post")):
            screen.notify("Nothing was posted. The review is kept.")
            return
        done = await with_token(screen.app, forge, "posting the review", post_it, needs_one=True, writes=True)
        if done is None:
            screen.notify("Nothing was posted. The review is kept.")
            return
        screen.notify(f"Posted: {done.result}", markup=False)
