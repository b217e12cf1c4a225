"""What the forge does for a review: it merges the commit that was reviewed, and takes the review.

The rule: what is sent is shown before and agreed to, and what was not posted is kept.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Literal

from partner_tui.plain import visible
from partner_tui.ui.acting import act
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.dialogs.with_token import with_token
from partner_tui.ui.review.about import number

if TYPE_CHECKING:
    from partner_tui.forge.hosts import Forge
    from partner_tui.forge.tokens import Token
    from partner_tui.ui.review.base import ReviewBase


async def find_forge(screen: ReviewBase) -> Forge | None:
    """The API that has the contribution as a pull request; None where there is none that we know. Asks nobody.

    Raises:
        PartnerTuiError: The setting is not the URL of an API.
    """
    if screen.one.kind != "pull":
        return None
    return await asyncio.to_thread(screen.contributions.forge, screen.app.settings.github_api)


async def merge_there(screen: ReviewBase, forge: Forge, how: Literal["merge", "squash"], left: str) -> None:
    """Let the forge merge it, and keep that as the verdict.

    Raises:
        PartnerTuiError: It was not merged, also where it has newer commits than those that were reviewed.
    """
    one, review = screen.one, screen.review
    words = [
        f"{forge.host}/{forge.slug} merges {one.head[:7]} “{visible(one.heading, 200)}”"
        f" into its target branch, {'as one commit' if how == 'squash' else 'with a merge commit'}.",
        "Only this commit: where the pull request has newer ones, nothing is merged.",
        "Your branch stays as it is until you pull. This cannot be undone here.",
    ]
    if left:
        words += ["", left]
    if review is not None and review.merges.how != "git":
        words += ["", "Git alone cannot merge it here, and the forge merges as git does: it may refuse."]
    title = f"{'Squash' if how == 'squash' else 'Merge'} {number(one)} on {forge.host}?"
    if not await screen.app.push_screen_wait(ConfirmScreen(title, "\n".join(words), yes="Merge there")):
        return

    def ask(token: Token | None) -> str:
        from partner_tui.forge.pull_requests import PullRequests

        return PullRequests(forge, token).merge(one.name, one.head, how)

    done = await with_token(screen.app, forge, "merging on the forge", ask, needs_one=True, writes=True)
    if done is None:
        screen.notify("Nothing was merged. The review is kept.")
        return
    screen.keep(screen.kept.decided("merged-there", one.head, screen.kept.merged))
    screen.app.notify(
        f"Merged {number(one)} on {forge.host}: {done.result[:7]}. Press f5 to fetch it, then pull in Changes (p).",
        markup=False,
        timeout=12,
    )


@act("post")
async def post(screen: ReviewBase, forge: Forge, *, close: bool = False) -> None:
    """Post the review as one, and say where it is."""
    from partner_tui.workspace.contributions.posting import post_review, preview

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
