"""Reverts what is on the branch already, whole or by entry: planned, decided, shown, and only then committed on top."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from partner_tui.comparison.three_way import Side
from partner_tui.contributions.arrived import Arrival
from partner_tui.contributions.entry_changes import EntryChange
from partner_tui.contributions.finding_changes import FindingChanges
from partner_tui.errors import PartnerTuiError
from partner_tui.plain import few
from partner_tui.ui.background import Running
from partner_tui.ui.binding import bind
from partner_tui.ui.dialogs.prompt import PromptScreen
from partner_tui.ui.review.about import number
from partner_tui.ui.review.merge_preview import MergePreview
from partner_tui.ui.review.merging import agreed_to, apply, decided
from partner_tui.ui.review.rows import entry_row
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.workspace.changes.committing import the_repository
from partner_tui.workspace.contributions.applying import branch_to_merge_into
from partner_tui.workspace.contributions.kept_reviews import merged_by
from partner_tui.workspace.contributions.merge_plan import Plan
from partner_tui.workspace.contributions.taking_back import plan_take_back

if TYPE_CHECKING:
    from partner_tui.ui.review.base import ReviewBase


async def choose_entries(screen: ReviewBase) -> tuple[str, ...] | None:
    """Ask which entries are reverted; None when cancelled."""
    assert screen.review is not None
    title = f"Revert entries of {number(screen.one)}"
    return await screen.app.push_screen_wait(ChooseEntriesScreen(title, screen.review.entries))


async def revert_merged(screen: ReviewBase, entries: Collection[str] | None) -> None:
    """Revert a contribution that was merged; see `revert`."""
    await revert(screen, *await asyncio.to_thread(_commits_of, screen), entries)


def _commits_of(screen: ReviewBase) -> tuple[str, str]:
    """The commits that brought it to the branch that is checked out."""
    workspace, kept = screen.frame.workspace, screen.kept
    onto = branch_to_merge_into(the_repository(workspace))
    made_here = kept.merged if kept.verdict in ("merged", "squashed") else None
    if made_here is not None and len(merged_by(workspace.state, made_here[1])[1]) > 1:
        made_here = None  # others were merged by the same commits
    return screen.contributions.merged_commits(screen.one, onto, made_here)


async def revert(screen: ReviewBase, before: str | None, after: str, entries: Collection[str] | None) -> bool:
    """Plan, decide, show, commit; whether it was committed.

    Args:
        before: The commit before what is reverted; the first parent of `after` where None.
        after: The last commit of what is reverted.
        entries: Names, to revert these alone; all of it where None.

    Raises:
        PartnerTuiError: It cannot be reverted, or nobody may commit now; nothing was moved.
    """
    workspace, one = screen.frame.workspace, screen.one

    def make(choices: Mapping[str, Side], running: Running) -> Plan:
        repository = the_repository(workspace)
        return plan_take_back(
            repository,
            workspace.checker,
            after,
            before=before,
            entries=entries,
            choices=choices,
            manifest_name=workspace.manifest_name,
            onto=branch_to_merge_into(repository),
            cancelled=running.cancelled,
        )

    plan = await decided(screen, "revert", make, "Revert single entries, or revert it with git.")
    if plan is None:
        return False
    if plan.outcome is not None and not plan.outcome.files:
        hint = "Mark it as seen." if isinstance(one, Arrival) else "It may have been reverted already."
        raise PartnerTuiError("Nothing to revert: the branch has none of it any more.", hint)
    if not await screen.app.push_screen_wait(MergePreview(plan, one)):
        return False
    if not await agreed_to(screen, list(plan.objections()), "Revert"):
        return False
    if (applied := await apply(screen, plan)) is None:
        return False
    screen.keep(screen.kept.decided("reverted", one.head, applied))
    what = few(sorted(entries)) if entries else number(one)
    screen.app.notify(
        f"Reverted {what}. Push it in Changes (P). Press ctrl+z here to undo it until then.",
        markup=False,
        timeout=12,
    )
    return True


class ChooseEntriesScreen(PromptScreen[tuple[str, ...]]):
    """Dismissed with the names of the marked entries; None when cancelled. Those with new errors are marked at first."""

    HELP = "Mark entries with space. ctrl+s shows what reverting them gives; nothing is committed before you agree to that."
    BINDINGS = [
        bind("space", "mark", "Mark", "revert_entries.mark", "Mark the entry, or take it off"),
        bind("ctrl+s", "choose", "Continue", "revert_entries.choose", "Show what the revert gives"),
    ]

    def __init__(self, title: str, entries: Sequence[tuple[EntryChange, FindingChanges]]) -> None:
        super().__init__()
        self._title = title
        self._entries = entries
        self._marked = {place for place, (_, found) in enumerate(entries) if found.brings_errors}

    @property
    def marked(self) -> tuple[str, ...]:
        """The names of the marked entries."""
        return tuple(self._entries[place][0].name for place in sorted(self._marked))

    def compose(self) -> ComposeResult:
        with Box(self._title):
            yield Static("Marked entries become what they were before; the others stay.")
            yield OptionList(*map(self._label, range(len(self._entries))), markup=False)
            yield Choices(
                ("mark", "Mark", "space"), ("choose", "Continue", "^s"), ("cancel", "Cancel", "esc")
            )

    def _label(self, place: int) -> Content:
        """The mark is a sign, which needs no colour to be seen."""
        return Content("[x] " if place in self._marked else "[ ] ") + entry_row(*self._entries[place]).label

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def action_mark(self) -> None:
        options = self.query_one(OptionList)
        if (place := options.highlighted) is not None:
            self._marked ^= {place}
            options.replace_option_prompt_at_index(place, self._label(place))

    def action_choose(self) -> None:
        if self.marked:
            self.dismiss(self.marked)
        else:
            self.notify("No entry is marked: mark one with space.", severity="warning")
