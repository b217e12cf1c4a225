"""Several contributions merged in one go: planned in the background, shown in their order, then committed; and undone in one go.

The rule: each is committed by itself, and what cannot be merged without a decision or brings an error is left and named.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from threading import Event

from partner_tui.contributions.contribution import Contribution
from partner_tui.plain import plural
from partner_tui.ui.background import Running
from partner_tui.ui.contributions.batch_screen import BatchScreen, why_left
from partner_tui.ui.review.about import number
from partner_tui.ui.review.merging import undo_applied
from partner_tui.ui.view import Frame
from partner_tui.workspace.changes.committing import the_repository
from partner_tui.workspace.contributions import acts
from partner_tui.workspace.contributions.applying import Applied, branch_to_merge_into
from partner_tui.workspace.contributions.batch import BatchRow
from partner_tui.workspace.contributions.contributions import Contributions
from partner_tui.workspace.contributions.kept_reviews import (
    find_review,
    keep_review,
    merged_by,
)


async def merge_several(frame: Frame, contributions: Contributions, wanted: Sequence[Contribution]) -> bool:
    """Plan, show, commit; whether anything was merged.

    Raises:
        PartnerTuiError: Nobody may commit now; nothing was moved.
    """
    app, workspace, squash = frame.app, frame.workspace, False
    while True:
        running = Running("planning the merges")
        onto, rows = await app.background.run(
            running, _plan, frame, contributions, wanted, squash, running.cancelled
        )
        way = await app.push_screen_wait(BatchScreen(rows, squash=squash))
        if way is None:
            return False
        if way == "merge":
            break
        squash = not squash
    merged = [row.plan.contribution for row in rows if row.is_merged]
    done: list[Applied] = []

    def apply() -> None:
        applied = acts.merge_several(workspace, onto, rows, credentials=app.credentials)
        done.append(applied)
        for one in merged:
            kept = find_review(workspace.state, one)
            verdict = kept.decided(
                "squashed" if squash else "merged", one.head, (applied.before, applied.commit)
            )
            keep_review(workspace.state, one, verdict)

    await frame.run_and_refresh("merging", apply)
    if done:
        left = [f"{number(row.plan.contribution)} {why_left(row)}." for row in rows if not row.is_merged]
        names = ", ".join(number(one) for one in merged)
        said = [f"{'Squashed' if squash else 'Merged'} {names}.", *left]
        said.append("Push in Changes (P). Press ctrl+z here to undo it until then.")
        frame.notify("\n".join(said), markup=False, timeout=12)
    return bool(done)


def _plan(
    frame: Frame,
    contributions: Contributions,
    wanted: Sequence[Contribution],
    squash: bool,
    cancelled: Event,
) -> tuple[str, list[BatchRow]]:
    """Plan them for the branch as it is now; blocks."""
    onto = branch_to_merge_into(the_repository(frame.workspace))
    order = contributions.best_order(wanted, onto)
    credentials = frame.app.credentials
    planned = contributions.plan_several(
        order, onto, squash=squash, cancelled=cancelled, credentials=credentials
    )
    return onto, list(planned)


async def undo_merges(frame: Frame) -> bool:
    """Undo what was merged last and is not pushed, after a question; False where the last commit is none of these.

    Raises:
        PartnerTuiError: It cannot be undone any more; nothing was moved.
    """
    workspace = frame.workspace
    commit = workspace.repository.state.commit if workspace.repository is not None else None
    pair, names = await asyncio.to_thread(merged_by, workspace.state, commit)
    if pair is None:
        return False
    what = names[0] if len(names) == 1 else plural(len(names), "contribution")
    words = f"The branch goes back to {pair[0][:7]}, where it was before the merge of {', '.join(names)}."
    if await undo_applied(frame, Applied(*pair), "merge", words):
        frame.notify(f"Undone: the merge of {what}.", markup=False)
    return True
