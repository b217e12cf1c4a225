"""A merge from the review: planned in the background, conflicts decided by a person, shown as it would be, and only then committed.

The rule: nothing moves before the reviewer saw what it gives; what brings an error has to be agreed to, and Enter is not the answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from partner_tui.comparison.changes import ABSENT
from partner_tui.comparison.three_way import Conflict, Side
from partner_tui.contributions.arrived import Arrival
from partner_tui.contributions.contribution import State
from partner_tui.contributions.kept import Verdict
from partner_tui.errors import PartnerTuiError
from partner_tui.plain import size_words, visible
from partner_tui.ui.background import Running
from partner_tui.ui.changes.conflicts import ConflictsScreen
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.review.about import number
from partner_tui.ui.review.merge_preview import MergePreview
from partner_tui.workspace.changes.committing import the_repository
from partner_tui.workspace.contributions import acts
from partner_tui.workspace.contributions.applying import Applied, branch_to_merge_into, require_undoable
from partner_tui.workspace.contributions.conflicted import FileVersion, read_versions
from partner_tui.workspace.contributions.kept_reviews import forget_merge, merged_by
from partner_tui.workspace.contributions.merge_plan import MergePlan, Plan

if TYPE_CHECKING:
    from pathlib import Path

    from partner_tui.repository.commits.trial_merge import ConflictedFile
    from partner_tui.ui.review.base import ReviewBase
    from partner_tui.ui.view import Frame


async def merge(screen: ReviewBase, *, squash: bool, with_fixes: bool) -> None:
    """Plan, decide, show, commit.

    Raises:
        PartnerTuiError: It cannot be merged, or nobody may commit now; nothing was moved.
    """

    def make(choices: Mapping[str, Side], running: Running) -> MergePlan:
        """Plan it for the branch as it is now; blocks."""
        return screen.contributions.plan(
            screen.one,
            branch_to_merge_into(the_repository(screen.frame.workspace)),
            squash=squash,
            with_fixes=with_fixes,
            choices=choices,
            cancelled=running.cancelled,
            credentials=screen.app.credentials,
        )

    plan = await decided(screen, "merge", make, "Request changes, or merge it with git.")
    if plan is None or not await screen.app.push_screen_wait(
        MergePreview(plan, screen.one, wants_fixes=with_fixes)
    ):
        return
    if not await agreed_to(screen, list(plan.objections()), "Merge"):
        return
    if (applied := await apply(screen, plan)) is None:
        return
    verdict: Verdict = "squashed" if squash else "merged"
    screen.keep(screen.kept.decided(verdict, screen.one.head, applied))
    words = "Squashed" if squash else "Merged"
    fixes = ", with fixes on top" if plan.fixes else ""
    screen.app.notify(
        f"{words} {number(screen.one)}{fixes}. Push it in Changes (P). Press ctrl+z here to undo it until then.",
        markup=False,
        timeout=12,
    )


async def agreed_to(screen: ReviewBase, objections: Sequence[str], verb: str) -> bool:
    """Whether what brings problems is committed all the same; Enter is not the answer."""
    if not objections:
        return True
    words = "\n".join(["The result has problems that your branch does not have:", "", *objections])
    question = ConfirmScreen(f"{verb} with new problems?", words, yes=f"{verb} anyway")
    return await screen.app.push_screen_wait(question)


async def decided(
    screen: ReviewBase, verb: str, make: Callable[[Mapping[str, Side], Running], Plan], hint: str
) -> Plan | None:
    """Plan until nothing is left to decide; None when cancelled.

    Args:
        verb: ``merge`` or ``revert``.
        make: Plans with the choices so far; blocks.
        hint: What to do where it cannot be done.

    Raises:
        PartnerTuiError: It cannot be done.
    """
    app = screen.app
    choices: dict[str, Side] = {}
    while True:
        running = Running(f"planning the {verb}")
        plan = await app.background.run(running, make, choices, running)
        if plan.is_decided:
            return plan
        merged = plan.merged
        if not (merged.conflicts or merged.files):
            why = visible(merged.why or "git refuses", 300)
            past = "merged" if verb == "merge" else "reverted"
            raise PartnerTuiError(f"It cannot be {past}: {why}.", merged.hint or hint)
        root = screen.contributions.root
        files = [
            await asyncio.to_thread(file_conflict, root, one, merged.reasons[one.path])
            for one in merged.files
        ]
        asking = ConflictsScreen(
            [*merged.conflicts, *files],
            (),
            other="Contribution" if verb == "merge" else "Reverted",
            title=f"{verb.capitalize()} {number(screen.one)}: decide the conflicts",
        )
        chosen = await app.push_screen_wait(asking)
        if chosen is None:
            return None
        choices |= chosen


async def apply(screen: ReviewBase, plan: Plan) -> Applied | None:
    """Commit it through the frame, so that every view sees it; None where that failed, which was said."""
    commit = partial(acts.apply, screen.frame.workspace, plan, credentials=screen.app.credentials)
    title = "merging" if isinstance(plan, MergePlan) else "reverting"
    return await screen.frame.run_and_refresh(title, commit)


async def undo_merge(screen: ReviewBase) -> None:
    """Undo a merge or a revert of this review that is not pushed, after a question."""
    is_revert = isinstance(screen.one, Arrival) or screen.kept.verdict == "reverted"
    what, past = ("revert", "reverted") if is_revert else ("merge", "merged")
    if screen.kept.merged is None:
        screen.notify(f"Nothing to undo: this contribution was not {past} here.", severity="warning")
        return
    before, commit = screen.kept.merged
    _, names = await asyncio.to_thread(merged_by, screen.frame.workspace.state, commit)
    together = f"{', '.join(names)} were merged together, and all of it is undone. " if len(names) > 1 else ""
    words = f"{together}The branch goes back to {before[:7]}, where it was before the {what}. Your comments and answers stay."
    if await undo_applied(screen.frame, Applied(before, commit), what, words):
        # What was merged here, and is not pushed, is so again.
        is_merged = is_revert and screen.one.state not in (State.ARRIVED, State.MERGED)
        screen.keep(screen.kept.decided("merged" if is_merged else None, screen.one.head))
        screen.app.notify(f"Undone: the {what} of {number(screen.one)}.", markup=False)


async def undo_applied(frame: Frame, applied: Applied, what: str, words: str) -> bool:
    """Undo what was committed and is not pushed, after a question; whether it was undone.

    Args:
        what: ``merge`` or ``revert``.

    Raises:
        GitError: It cannot be undone any more, so nobody was asked.
    """
    await asyncio.to_thread(require_undoable, the_repository(frame.workspace).root, applied)
    if not await frame.app.push_screen_wait(ConfirmScreen(f"Undo the {what}?", words, yes="Undo it")):
        return False

    def undo() -> bool:
        acts.undo(frame.workspace, applied)
        forget_merge(frame.workspace.state, applied)
        return True

    return await frame.run_and_refresh(f"undoing the {what}", undo) is not None


def file_conflict(root: Path, file: ConflictedFile, why: str) -> Conflict:
    """A file that git cannot merge, as something to choose a side of; blocks."""
    base, ours, theirs = (_version(one) for one in read_versions(root, file))
    return Conflict(file.path, (file.path,), why, base, ours, theirs)


def _version(version: FileVersion) -> object:
    """What a side has, in words where it is not a text."""
    if version.kind == "removed":
        return ABSENT
    if version.kind in ("text", "link") and version.text is not None:
        return version.text
    size = f", {size_words(version.size)}" if version.size is not None else ""
    return f"({version.kind}{size})"
