"""An upgrade on its way from the first question to the step: what was decided, and what is left to decide.

A plan is made anew after each decision, in a thread; what was decided counts at once, and a plan is applied only when it knows
of every decision. Nothing is written before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from partner_tui.compliance.status import Status
from partner_tui.plain import plural
from partner_tui.upgrade.new_files import NewFile
from partner_tui.upgrade.plan import OnProgress, Options, Plan
from partner_tui.upgrade.question import SKIPPED, UNANSWERED, Question
from partner_tui.workspace.steps.step import Step
from partner_tui.workspace.upgrade.lines import PlanLines, Preview
from partner_tui.workspace.upgrade.plan_summary import (
    UPGRADE,
    FixGroup,
    OutcomeGroup,
    called,
    fix_groups,
    outcome_groups,
    subject,
)
from partner_tui.workspace.upgrade.session import UpgradeSession
from partner_tui.workspace.workspace import Workspace


class UpgradeFlow:
    """The decisions about one upgrade, and the plan that follows from them.

    Args:
        only: Names of the fixes to apply alone; all that are needed when empty.

    Attributes:
        plan: The newest; None before the first.
        given: How many answers were given here.
    """

    def __init__(self, workspace: Workspace, entries: Collection[int], only: Collection[str] = ()) -> None:
        self.upgrading = UpgradeSession(workspace)
        self.entries = frozenset(entries)
        self._only = frozenset(only)
        self._approved: set[NewFile] = set()
        self._declined: dict[str, NewFile] = {}
        self.excluded: set[str] = set()
        self.given = 0
        self.plan: Plan | None = None
        self.groups: tuple[FixGroup, ...] = ()
        self.outcomes: tuple[OutcomeGroup, ...] = ()
        self.lines: PlanLines | None = None

    # Plans; these block

    def make_plan(self, on_progress: OnProgress) -> Plan:
        """Keep the answers for the repository, and plan with all that was decided by now."""
        excluded, options = (
            frozenset(self.excluded),
            Options(only=self._only, declined=frozenset(self._declined)),
        )
        self.upgrading.keep()
        return self.upgrading.plan(
            self.entries, skipped_fixes=excluded, options=options, on_progress=on_progress
        )

    def preview(self, on_progress: OnProgress) -> Preview:
        """Plans some entries with suggested answers, to see what comes of them."""

        def plan(entries: Iterable[int], fix: str) -> Plan:
            only = frozenset({fix}) if fix else self._only
            return self.upgrading.plan(
                frozenset(entries),
                skipped_fixes=frozenset() if fix else frozenset(self.excluded),
                options=Options(only=only),
                suggested=True,
                on_progress=on_progress,
            )

        return plan

    def apply(self) -> Step | None:
        """Write the plan as one step; see `UpgradeSession.apply`."""
        assert self.plan is not None
        return self.upgrading.apply(self.plan, subject(self.plan, self._only_title))

    def take(self, plan: Plan) -> None:
        """A plan was made."""
        kept = {group.name: group for group in self.groups if group.name in self.excluded}
        made = fix_groups(plan, self.upgrading.fixes)
        self.plan, self.lines = plan, PlanLines(self.upgrading, plan)
        self.groups = (*made, *(kept[name] for name in kept.keys() - {group.name for group in made}))
        self.outcomes = outcome_groups(plan)

    def asking(self, question: Question) -> FixGroup | None:
        """The fix that asks a question, with the entries that the question affects; None where it is not known."""
        group = next((one for one in self.groups if one.name == question.fix), None)
        if group is None:
            return None
        affected = tuple(one for one in group.entries if called(one) in question.entries)
        return replace(group, entries=affected) if affected else None

    # What is left

    @property
    def title(self) -> str:
        """What is under way: ``Upgrade 55 entries to 0.3.4``."""
        named = self.plan and subject(self.plan, self._only_title, waiting=True)
        return named or UPGRADE + plural(len(self.entries), "entry")

    @property
    def left(self) -> str:
        """What is left to do, in one line."""
        if self.plan is None:
            return "Planning"
        parts = [plural(len(self.to_answer), "question")] if self.to_answer else []
        if files := self.to_approve:
            parts.append(f"{plural(len(files), 'new file')} to approve")
        if parts:
            return ", ".join((*parts, "then ctrl+s"))
        if self.writes:
            return "Ready: press ctrl+s to apply."
        return "Nothing to apply. See Result for the reasons."

    @property
    def to_answer(self) -> tuple[Question, ...]:
        """The questions that are neither answered nor skipped."""
        asked = self.plan.waiting_questions if self.plan else ()
        return tuple(one for one in asked if self.answer_to(one) is UNANSWERED)

    @property
    def files(self) -> tuple[NewFile, ...]:
        """The files that would be created, and those that were declined."""
        planned = (*self.plan.files, *self.plan.waiting_files) if self.plan else ()
        return tuple(dict.fromkeys((*planned, *self._declined.values())))

    @property
    def to_approve(self) -> tuple[NewFile, ...]:
        """The new files that are neither approved nor declined."""
        return tuple(one for one in self.files if self.is_approved(one) is None)

    @property
    def writes(self) -> bool:
        """Whether there is something to apply."""
        return self.plan is not None and bool(self.upgrading.contents(self.plan))

    @property
    def is_up_to_date(self) -> bool:
        """Whether all entries are of the latest format already, and nothing is to be done."""
        plan = self.plan
        return (
            plan is not None
            and not self.writes
            and all(
                entry.before is Status.LATEST and not entry.open and not entry.reason
                for entry in plan.entries
            )
        )

    # Decisions

    def answer_to(self, question: Question) -> Any:
        """The answer by now; `UNANSWERED` or `SKIPPED` where there is none."""
        return self.upgrading.answers.find(question)

    def answer(self, question: Question, answer: Any, *, of_kind: bool = False) -> None:
        self.upgrading.answer(question, answer, of_kind=of_kind)
        self.given += answer is not SKIPPED

    def accept_suggested(self) -> int:
        """Answer every open question that has a suggested answer with it; gives their number."""
        suggested = [one for one in self.to_answer if one.proposal is not None]
        for question in suggested:
            self.answer(question, question.proposal)
        return len(suggested)

    def toggle_fix(self, name: str) -> None:
        """Exclude a fix, or include it again."""
        self.excluded ^= {name}

    def is_approved(self, file: NewFile) -> bool | None:
        """Whether a file may be created; None while that is not decided."""
        return False if file.path in self._declined else (file in self._approved) or None

    def approve(self, files: Iterable[NewFile]) -> None:
        for file in files:
            self._approved.add(file)
            self._declined.pop(file.path, None)

    def toggle_file(self, file: NewFile) -> None:
        """Decline an approved file, so that the entries that need it stay as they are; approve one that is not."""
        if self.is_approved(file):
            self._approved.discard(file)
            self._declined[file.path] = file
        else:
            self.approve([file])

    @property
    def _only_title(self) -> str:
        return ", ".join(self.upgrading.fixes[name].title for name in sorted(self._only))
