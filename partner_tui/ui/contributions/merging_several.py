"""Several contributions merged in one go: planned in the background, shown in their order, then committed; and undone in one go.

The rule: each is committed by itself, and what cannot be merged without a decision or brings an error is left and named.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from partner_tui.contributions.contribution import Contribution
from partner_tui.contributions.kept import Verdict
from partner_tui.errors import PartnerTuiError
from partner_tui.plain import plural, visible
from partner_tui.ui.background import Running
from partner_tui.ui.binding import bind
from partner_tui.ui.dialogs.prompt import PromptScreen
from partner_tui.ui.review.about import number
from partner_tui.ui.review.merge_preview import HOW
from partner_tui.ui.review.merging import undo_applied
from partner_tui.ui.view import Frame
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.ui.widgets.diff import WordsScroll
from partner_tui.workspace.changes.committing import the_repository
from partner_tui.workspace.contributions import acts
from partner_tui.workspace.contributions.applying import Applied, branch_to_merge_into
from partner_tui.workspace.contributions.batch import BatchRow, Trials
from partner_tui.workspace.contributions.contributions import Contributions
from partner_tui.workspace.contributions.kept_reviews import find_review, keep_review, merged_by

QUIET = "$foreground 65%"
Way: TypeAlias = Literal["merge", "other"]


async def merge_several(frame: Frame, contributions: Contributions, wanted: Sequence[Contribution]) -> bool:
    """Plan, show, commit; whether anything was merged.

    Raises:
        PartnerTuiError: Nobody may commit now; nothing was moved.
    """
    app, workspace, squash = frame.app, frame.workspace, False

    def plan(squash: bool, running: Running) -> tuple[str, list[BatchRow]]:
        """Plan them for the branch as it is now; blocks."""
        onto = branch_to_merge_into(the_repository(workspace))
        trials = Trials(contributions.repository, onto, workspace.manifest_name)
        order, stop = trials.best_order(wanted), running.cancelled
        planned = contributions.plan_several(
            order, onto, squash=squash, cancelled=stop, credentials=app.credentials
        )
        return onto, list(planned)

    while True:
        running = Running("planning the merges")
        onto, rows = await app.background.run(running, plan, squash, running)
        way = await app.push_screen_wait(BatchScreen(rows, squash=squash))
        if way is None:
            return False
        if way == "merge":
            break
        squash = not squash
    merged = [row.plan.contribution for row in rows if row.is_merged]

    unkept: list[PartnerTuiError] = []

    def apply() -> Applied:
        applied = acts.merge_several(workspace, onto, rows, credentials=app.credentials)
        verdict: Verdict = "squashed" if squash else "merged"
        try:
            for one in merged:
                kept = find_review(workspace.state, one).decided(verdict, one.head, applied)
                keep_review(workspace.state, one, kept)
        except PartnerTuiError as error:  # they are merged all the same
            unkept.append(error)
        return applied

    done = await frame.run_and_refresh("merging", apply)
    for error in unkept:
        app.show_error(error)
    if done is not None:
        left = [f"{number(row.plan.contribution)} {why_left(row)}." for row in rows if not row.is_merged]
        names = ", ".join(number(one) for one in merged)
        said = [f"{'Squashed' if squash else 'Merged'} {names}.", *left]
        said.append("Push in Changes (P). Press ctrl+z here to undo it until then.")
        frame.notify("\n".join(said), markup=False, timeout=12)
    return done is not None


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


class BatchScreen(PromptScreen[Way]):
    """Dismissed with ``merge`` to commit them, with ``other`` to plan squashes instead of merges, or the reverse."""

    TITLE = "Merge several"
    DEFAULT_CSS = """
    BatchScreen {
        Box.-large { height: auto; }
        .head { height: auto; padding: 0 1; margin-bottom: 1; }
        WordsScroll { height: auto; max-height: 60vh; padding: 0 1; scrollbar-size-vertical: 1; }
        WordsScroll Static { height: auto; }
        .outcome { padding-left: 7; }
    }
    """
    HELP = """
    They are merged in this order, one commit each. What conflicts with an earlier one, or brings a new error, is not merged:
    review it by itself. Nothing is committed before you press ctrl+s, and nothing is pushed.
    """
    BINDINGS = [
        bind("ctrl+s,y", "merge", "Merge", "batch.merge", "Commit these on your branch"),
        bind("s", "other", "Merge or squash", "batch.squash", "Switch between merging and squashing"),
    ]

    def __init__(self, rows: Sequence[BatchRow], *, squash: bool) -> None:
        super().__init__()
        self._rows = rows
        self._squash = squash
        self._count = sum(row.is_merged for row in rows)

    def compose(self) -> ComposeResult:
        verb, other = ("Squash", "Merge instead") if self._squash else ("Merge", "Squash instead")
        title = f"{verb} {plural(len(self._rows), 'contribution')}"
        ways = (("merge", f"{verb} {self._count}", "^s"), ("other", other, "s")) if self._count else ()
        with Box(title, large=True, note="not pushed by this; undo until you push"):
            yield Static(self._head(), classes="head", markup=False)
            with WordsScroll():
                yield from self._lines()
            yield Choices(*ways, ("cancel", "Cancel", "esc"))

    def on_mount(self) -> None:
        self.query_one(WordsScroll).focus()

    def _head(self) -> Content:
        left = len(self._rows) - self._count
        words = f"{self._count} in this order, one commit each" if self._count else "None of them merges"
        return Content.styled(f"{words}; {left} not merged." if left and self._count else f"{words}.", QUIET)

    def _lines(self) -> Iterator[Static]:
        wide = max(len(number(row.plan.contribution)) for row in self._rows)
        place = 0
        for row in self._rows:
            one = row.plan.contribution
            place += row.is_merged
            at = f"{place:>3}  " if row.is_merged else "  –  "
            name = f"{number(one):<{wide}}  "
            yield Static(Content.assemble((at, QUIET), (name, "bold $accent"), visible(one.heading, 110)))
            yield Static(Content.styled(*outcome_words(row)), classes="outcome")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("merge", "other") and not self._count:
            return False
        return super().check_action(action, parameters)

    def action_merge(self) -> None:
        self.dismiss("merge")

    def action_other(self) -> None:
        self.dismiss("other")


def outcome_words(row: BatchRow) -> tuple[str, str]:
    """What becomes of one of several merges, and its style."""
    if row.is_merged:
        counts = row.plan.outcome.entry_counts if row.plan.outcome else ""
        return f"✓ {'; '.join(filter(None, (HOW[row.plan.merged.how], counts)))}", "$success"
    return f"✗ {visible(why_left(row), 300)}", "$warning"


def why_left(row: BatchRow) -> str:
    """Why one of several is not merged, without a full stop."""
    if row.conflicts_with is not None:
        return f"not merged: conflicts with {number(row.conflicts_with)}"
    if row.plan.is_decided:
        return f"not merged: {next(row.plan.objections(), 'it has problems').rstrip('.')}"
    if row.plan.merged.how == "decision":
        return "not merged: needs a decision. Review it by itself"
    return f"not merged: {row.plan.merged.why or 'git refuses'}"
