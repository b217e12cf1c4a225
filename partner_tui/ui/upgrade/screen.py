"""The upgrade as one page: what is left to decide from top to bottom, what each part changes beside it, and ctrl+s at its end.

It opens on the first open question, or on the fixes where there is none. Plans are made in the background after each decision,
so that typing never waits; nothing is written before ctrl+s, which ends in the commit.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Any

from textual import getters, work
from textual.widgets import Static

from partner_tui.plain import plural
from partner_tui.ui.acting import act
from partner_tui.ui.background import Running
from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.entries.fetch_sources import fetch_sources
from partner_tui.ui.upgrade.detail import UpgradeDetail, progress_of
from partner_tui.ui.upgrade.plan_list import PlanList
from partner_tui.ui.upgrade.question_card import QuestionCard
from partner_tui.ui.upgrade.rows import Part
from partner_tui.ui.view import Frame
from partner_tui.ui.workspace.top_line import TopLine
from partner_tui.ui.workspace.two_panes import ListAndDetail
from partner_tui.upgrade.new_files import NewFile
from partner_tui.upgrade.question import SKIPPED
from partner_tui.workspace.upgrade.flow import UpgradeFlow
from partner_tui.workspace.upgrade.plan_summary import FixGroup


class UpgradeScreen(ListAndDetail):
    """Over the workspace."""

    TITLE = "Upgrade"
    HELP = """
    The line below the title says what is left to do. Answer the questions, look at the fixes and the lines that they change,
    approve the new files, and press ctrl+s: it applies everything and goes on to the commit. ctrl+z undoes it there.
    """
    CSS_PATH = "screen.tcss"
    BINDINGS = [
        bind(
            "space",
            "check",
            "Toggle",
            "plan.toggle",
            "Include or exclude the fix; approve or decline the file",
        ),
        bind("ctrl+s", "apply", "Apply", "upgrade.apply", "Apply the upgrade"),
        bind(
            "a,f6",
            "accept_all",
            "Accept all",
            "upgrade.accept_all",
            "Accept the suggested answer to every open question",
        ),
        bind("s,f7", "skip", "Skip", "upgrade.skip", "Leave the question's entries unchanged for now"),
        bind("o", "alone", "One entry", "upgrade.alone", "List the entries, to decide one by itself"),
        hidden(
            "f8",
            "apply_to_all",
            "Apply to all",
            "upgrade.apply_to_all",
            "Use this answer for all similar questions",
        ),
        bind("y", "approve", "Approve all", "upgrade.approve", "Approve every new file"),
        bind("tab", "part(1)", "Next part", "upgrade.next_part", "Go to the next part"),
        hidden("shift+tab", "part(-1)", "Previous part", "upgrade.previous_part", "Go to the previous part"),
        # Before the answers to choose from, which have pages of their own.
        hidden("pagedown", "turn(1)", "Next", "upgrade.next", "The next question", priority=True),
        hidden("pageup", "turn(-1)", "Previous", "upgrade.previous", "The previous question", priority=True),
        hidden("F", "fetch", "Fetch", "upgrade.fetch", "Download RDFs from other sites (asks first)"),
        hidden(
            "C",
            "collection",
            "To collection",
            "upgrade.collection",
            "Also convert groups to a `collection:` list",
        ),
        bind("escape", "close", "Close", "upgrade.close", "Leave the field, then the page; keeps answers"),
    ]

    plan_list = getters.query_one(PlanList)
    detail = getters.query_one(UpgradeDetail)

    def __init__(self, frame: Frame, entries: Collection[int], only: Collection[str] = ()) -> None:
        super().__init__()
        self._frame = frame
        self.flow = UpgradeFlow(frame.workspace, entries, only)
        self._is_planned = False
        self._apply_then = False

    def panes(self) -> tuple[PlanList, UpgradeDetail]:
        return PlanList(), UpgradeDetail(id="detail")

    def on_mount(self) -> None:
        self._plan()

    def focus_detail(self) -> None:
        if self.detail.asks:
            self.detail.card.focus_answer()
        else:
            self.detail.lines.focus()

    def show_selected(self) -> None:
        self.detail.show(self.plan_list.selected, self.flow)
        self._arrange()
        self.refresh_bindings()

    def _arrange(self) -> None:
        """Where there is no room beside the plan, a question stands below it, and what else is opened over it."""
        self._is_open &= not self.detail.asks
        super()._arrange()
        self.detail.display |= self.detail.asks
        self.detail.lines.display = self._is_open or not self.has_class("-narrow")

    # The plan

    @work(exclusive=True, group="plan")
    async def _plan(self) -> None:
        """Make the plan again from what was decided, and show it; where none can be made, there is nothing to show."""
        self._is_planned = False
        self._show_left()
        running = Running("planning")
        with self.app.errors_shown():
            make = self.app.background.run(running, self.flow.make_plan, progress_of(running, self.app))
            plan, is_first = await make, self.flow.plan is None
            self.flow.take(plan)
            self._is_planned = True
            self._show_plan(is_first)
        if not self._is_planned:
            self.dismiss(None)

    def _show_plan(self, is_first: bool) -> None:
        if is_first and self.flow.is_up_to_date:
            self.app.notify("Nothing to upgrade: already in the latest format.")
            self.dismiss(None)
            return
        self._show_decided()
        if is_first:
            self._go_on()
        if self._apply_then:
            self.action_apply()

    def _show_left(self) -> None:
        self.query_one("#about", Static).update(self.flow.left)
        self.query_one(TopLine).show_open(self.flow.title, manifest=self._frame.workspace.manifest_name)

    def _show_decided(self) -> None:
        self.plan_list.show(self.flow)
        self._show_left()
        self.refresh_bindings()

    def _decided(self) -> None:
        """Something was decided: show it at once, and what follows from it when the plan is made."""
        self._apply_then = False
        self._show_decided()
        self._plan()

    def _go_on(self) -> None:
        """To the next open question and its answer; where there is none, to the fixes."""
        if self.plan_list.go_to_question({one.key for one in self.flow.to_answer}):
            self._focus_answer()
        else:
            self.go_back()
            self.plan_list.go_to_part(Part.FIXES)

    def _focus_answer(self) -> None:
        self.show_selected()
        self.detail.card.focus_answer()

    # Handlers

    def action_check(self) -> None:
        """Of the selected row, also where its lines stand over the plan."""
        row, flow = self.plan_list.selected, self.flow
        if row is not None and isinstance(row.item, FixGroup):
            flow.toggle_fix(row.item.name)
        elif row is not None and isinstance(row.item, NewFile):
            if flow.is_approved(row.item) is None:
                flow.approve([row.item])
                self._show_decided()
                return
            flow.toggle_file(row.item)
        self._decided()

    def on_question_card_answered(self, message: QuestionCard.Answered) -> None:
        self.flow.answer(message.question, message.answer, of_kind=message.of_kind)
        self._decided()
        self._go_on()

    def on_plan_list_toggled(self) -> None:
        self.action_check()

    # Acts

    def action_accept_all(self) -> None:
        accepted = self.flow.accept_suggested()
        self.notify(f"Accepted {plural(accepted, 'suggested answer')}.")
        self._decided()
        self._go_on()

    def action_skip(self) -> None:
        if (question := self.plan_list.question) is not None:
            self.flow.answer(question, SKIPPED)
            self._decided()
            self._go_on()

    def action_alone(self) -> None:
        """List the entries of what is selected; one that was answered alone goes back to the others."""
        row, question = self.plan_list.selected, self.plan_list.question
        self.plan_list.focus()
        if row and question and question.is_alone and row.entry is None:
            self.flow.upgrading.forget(question)
            self._decided()
        else:
            self.plan_list.action_spread()

    def action_apply_to_all(self) -> None:
        if self.detail.asks:
            self.detail.card.give(of_kind=True)

    def action_approve(self) -> None:
        self.flow.approve(self.flow.to_approve)
        self._show_decided()

    def action_part(self, by: int) -> None:
        self.go_back()
        self.plan_list.turn_part(by)

    def action_turn(self, by: int) -> None:
        if self.plan_list.turn_question(by):
            self._focus_answer()

    @work(exclusive=True, group="fetch")
    async def action_fetch(self) -> None:
        with self.app.errors_shown():
            if await fetch_sources(self._frame, self.flow.upgrading.manifest, self.flow.entries):
                self._decided()

    @work(exclusive=True, group="fetch")
    async def action_collection(self) -> None:
        with self.app.errors_shown():
            if await asyncio.to_thread(self.flow.upgrading.convert_to_collection):
                self.notify("Added to the plan: groups become a `collection:` list.")
                self._decided()
            else:
                self.notify("The manifest already uses a `collection:` list.")

    @act("apply")
    async def action_apply(self) -> None:
        """Apply the plan, as soon as it knows of every decision, and go on to the commit."""
        self._apply_then = not self._is_planned
        if self._apply_then or (self.flow.to_answer and not await self._may_skip()):
            return
        if self.flow.to_approve:
            self.go_back()
            self.plan_list.go(lambda row: row.item == self.flow.to_approve[0])
            self.notify("Approve the new files first: press y.", severity="warning")
        elif not self.flow.writes:
            self.notify("Nothing to apply. See Result for the reasons.", severity="warning")
        elif (step := await self._frame.run_and_refresh("upgrading", self.flow.apply)) is not None:
            self.dismiss(None)
            self.app.notify(f"Applied: {step.title}. Press esc, then ctrl+z, to undo.", markup=False)
            self._frame.show_commit()

    async def _may_skip(self) -> bool:
        """Whether what is not answered may be skipped; asked where something would be applied all the same."""
        from partner_tui.ui.dialogs.confirm import ConfirmScreen

        if self.flow.writes:
            waiting = len({entry for one in self.flow.to_answer for entry in one.entries})
            title = f"Skip {plural(len(self.flow.to_answer), 'question')}?"
            text = f"{plural(waiting, 'entry')} would stay unchanged. You are asked again next time."
            if await self.app.push_screen_wait(ConfirmScreen(title, text, yes="Skip", careful=False)):
                return True
        else:
            self.notify("Answer the open questions first.", severity="warning")
        self._go_on()
        return False

    def action_close(self) -> None:
        """From a field or the lines back to the plan; from there to the entries, which stops what is being planned."""
        if self.detail.has_focus_within:
            self.go_back()
            return
        if self.flow.given:
            self.app.notify(f"Not applied. {plural(self.flow.given, 'answer')} kept for next time.")
        self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[Any, ...]) -> bool | None:
        match action:
            case "accept_all":
                return any(one.proposal is not None for one in self.flow.to_answer)
            case "turn":
                return self.detail.card.has_focus_within
            case "check":
                return self.plan_list.selected is not None and self.plan_list.selected.has_box
            case "skip":
                return self.detail.asks
            case "alone":
                row = self.plan_list.selected
                return row is not None and row.is_shared
            case "approve":
                return bool(self.flow.to_approve)
        return True
