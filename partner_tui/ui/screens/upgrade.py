"""The upgrade of entries to the latest format: plan, questions, files, apply. Nothing is written before the last.

A plan is made anew after each answer and each skipped fix, in a thread; the spec library's verdicts are remembered between.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Any, ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import ContentSwitcher

from partner_tui.ui.app import PartnerApp
from partner_tui.ui.background import Running
from partner_tui.ui.screens.fetch_sources import fetch_sources
from partner_tui.ui.screens.workspace import WorkspaceScreen
from partner_tui.ui.widgets.footer import Footer
from partner_tui.ui.widgets.top_line import TopLine
from partner_tui.ui.widgets.upgrade.files_pane import FilesPane
from partner_tui.ui.widgets.upgrade.outcome_pane import OutcomePane
from partner_tui.ui.widgets.upgrade.plan_pane import FixList, PlanPane
from partner_tui.ui.widgets.upgrade.question_pane import QuestionPane
from partner_tui.ui.widgets.view_bar import ViewTab
from partner_tui.upgrade.plan import Options, Plan
from partner_tui.workspace.upgrade_plan import PlanLines, fix_groups
from partner_tui.workspace.upgrading import Upgrading

NARROW = 100
PANES = {"plan": "Plan", "questions": "Questions", "files": "Files", "outcome": "Apply"}


class UpgradeScreen(Screen[None]):
    """Over the workspace.

    Args:
        frame: The workspace's screen, which runs what changes it.
        entries: Indices of the entries to upgrade.
        only: Fixes to apply alone; all that are needed when empty.
    """

    app = getters.app(PartnerApp)
    HELP = """
    The plan lists every fix with the entries it touches; space leaves one out, enter lists its entries, the diff beside shows the
    lines it changes. Questions come once each. ctrl+s applies everything as one step, which ctrl+z takes back.
    """
    CSS_PATH = "upgrade.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "show('plan')", "Plan", show=False, id="upgrade.plan", tooltip="What would be fixed"),
        Binding(
            "2", "show('questions')", "Questions", show=False, id="upgrade.questions", tooltip="What is asked"
        ),
        Binding("3", "show('files')", "Files", show=False, id="upgrade.files", tooltip="The files to create"),
        Binding(
            "4", "show('outcome')", "Apply", show=False, id="upgrade.outcome", tooltip="What comes of it"
        ),
        Binding("n", "go_on", "Next", id="upgrade.next", tooltip="Go on to what is still to be decided"),
        Binding("f6", "proposals", "Proposals", id="upgrade.proposals", tooltip="Take every proposed answer"),
        Binding(
            "F",
            "fetch",
            "Fetch",
            show=False,
            id="upgrade.fetch",
            tooltip="Fetch RDFs that lie elsewhere; asks",
        ),
        Binding(
            "C",
            "collection",
            "Collection",
            show=False,
            id="upgrade.collection",
            tooltip="Turn the manifest's groups into a collection list, as part of the plan",
        ),
        Binding("ctrl+s", "apply", "Apply", id="upgrade.apply", tooltip="Write the plan as one step"),
        Binding(
            "ctrl+z", "undo", "Undo", show=False, id="upgrade.undo", tooltip="Take what was applied back"
        ),
        Binding(
            "escape", "close", "Close", id="upgrade.close", tooltip="Back to the entries; answers are kept"
        ),
    ]

    def __init__(self, frame: WorkspaceScreen, entries: Collection[int], only: Collection[str] = ()) -> None:
        super().__init__()
        self._frame = frame
        self._entries = tuple(entries)
        self._options = Options(only=frozenset(only))
        self._upgrading = Upgrading(frame.workspace)
        self._skipped: set[str] = set()
        self._files_confirmed = False
        self.plan: Plan | None = None
        self._lines: PlanLines | None = None
        self._applied = False

    def compose(self) -> ComposeResult:
        yield TopLine()
        with Horizontal(id="steps"):
            for number, (pane, title) in enumerate(PANES.items(), start=1):
                yield ViewTab(pane, str(number), title)
        with ContentSwitcher(initial="plan"):
            yield PlanPane(id="plan")
            yield QuestionPane(id="questions")
            yield FilesPane(id="files")
            yield OutcomePane(id="outcome")
        yield Footer()

    def on_mount(self) -> None:
        count = len(self._entries)
        what = ", ".join(sorted(self._options.only)) or "to the latest format"
        title = f"Upgrade {count} entr{'y' if count == 1 else 'ies'} {what}"
        self.query_one(TopLine).show_open(title, manifest=self._frame.workspace.manifest_name)
        self.set_interval(0.1, self._tick)
        self.action_show("plan")
        self._make_plan()

    # The plan

    @work(exclusive=True, group="plan")
    async def _make_plan(self) -> None:
        """Make the plan anew from what was answered and skipped, and show it everywhere."""
        with self.app.errors_shown():
            plan = await self.app.background.run(
                Running("planning", stoppable=False),
                self._upgrading.plan,
                self._entries,
                skipped_fixes=frozenset(self._skipped),
                options=self._options,
            )
            self._show(plan)

    def _show(self, plan: Plan) -> None:
        self.plan = plan
        self._lines = PlanLines(self._upgrading, plan)
        groups = fix_groups(plan, self._upgrading.fixes)
        self.query_one(PlanPane).show(groups, self._skipped)
        self.query_one(QuestionPane).show(plan.questions, plan.answers)
        self.query_one(FilesPane).show(plan.files, self._files_confirmed)
        self.query_one(OutcomePane).show(plan, self._applied)
        counts = {
            "plan": str(len(groups)),
            "questions": f"{len(plan.open_questions)} open" if plan.questions else "0",
            "files": str(len(plan.files)),
            "outcome": "",
        }
        for tab in self.query(ViewTab):
            tab.count = counts[tab.view]
            tab.refresh(layout=True)
        self.refresh_bindings()

    @work(exclusive=True, group="lines")
    async def on_plan_pane_chosen(self, message: PlanPane.Chosen) -> None:
        """Show the lines that the chosen fix changes by itself, or all lines of the chosen entry."""
        if (lines := self._lines) is not None:
            with self.app.errors_shown():
                hunks = await asyncio.to_thread(lines.of, message.fix, message.entry)
                title = message.entry.id if message.entry else message.fix
                self.query_one(PlanPane).show_lines(title, hunks)

    # Handlers

    def on_plan_pane_fix_skipped(self, message: PlanPane.FixSkipped) -> None:
        self._skipped ^= {message.name}
        self._make_plan()

    def on_question_pane_answered(self, message: QuestionPane.Answered) -> None:
        self._upgrading.answer(message.question, message.answer, of_kind=message.of_kind)
        self._make_plan()

    def on_files_pane_confirmed(self) -> None:
        self._files_confirmed = True
        if self.plan is not None:
            self.query_one(FilesPane).show(self.plan.files, confirmed=True)
        self.action_go_on()

    def on_view_tab_chosen(self, message: ViewTab.Chosen) -> None:
        self.action_show(message.view)

    def on_resize(self) -> None:
        for pane in (self.query_one(PlanPane), self.query_one(FilesPane)):
            pane.set_class(self.size.width < NARROW, "-narrow")

    def _tick(self) -> None:
        self.query_one(TopLine).show_running(self.app.background.running)

    # Acts

    def action_show(self, pane: str) -> None:
        self.query_one(ContentSwitcher).current = pane
        for tab in self.query(ViewTab):
            tab.set_class(tab.view == pane, "-current")
        match pane:
            case "plan":
                self.query_one(FixList).focus()
            case "questions":
                self.query_one(QuestionPane).focus_answer()
            case "files":
                self.query_one("FilesPane OptionList").focus()
            case _:
                self.query_one("OutcomePane VerticalScroll").focus()

    def action_go_on(self) -> None:
        """Go to what is still to be decided: open questions, then the files, then apply."""
        plan = self.plan
        if plan is None:
            return
        if plan.open_questions and self.query_one(ContentSwitcher).current != "questions":
            self.action_show("questions")
        elif plan.files and not self._files_confirmed:
            self.action_show("files")
        else:
            self.action_show("outcome")

    def action_proposals(self) -> None:
        self._upgrading.take_proposals()
        self._make_plan()

    @work(exclusive=True, group="fetch")
    async def action_fetch(self) -> None:
        with self.app.errors_shown():
            if await fetch_sources(self._frame, self._upgrading.manifest, self._entries):
                self._make_plan()

    @work(exclusive=True, group="fetch")
    async def action_collection(self) -> None:
        with self.app.errors_shown():
            if await asyncio.to_thread(self._upgrading.turn_into_collection):
                self.notify("The groups become a collection list when the plan is applied.")
                self._make_plan()
            else:
                self.notify("The manifest is a collection list already.")

    @work(exclusive=True, group="apply")
    async def action_apply(self) -> None:
        plan = self.plan
        if plan is None or self._applied:
            return
        if not self._upgrading.contents(plan):
            self.notify(self._why_nothing(plan), severity="warning")
            return
        if plan.files and not self._files_confirmed:
            self.action_show("files")
            self.notify(f"{len(plan.files)} files would be created: y agrees.", severity="warning")
            return
        if await self._frame.act("upgrading", lambda: self._upgrading.apply(plan)):
            self._applied = True
            self.query_one(OutcomePane).show(plan, applied=True)
            self.action_show("outcome")
            self.notify("Upgraded, as one step. ctrl+z takes it back.")

    @work(exclusive=True, group="apply")
    async def action_undo(self) -> None:
        if not self._applied:
            self.notify("Nothing was applied yet.", severity="warning")
        elif await self._frame.act("taking back", self._frame.workspace.undo):
            self._applied = False
            self.notify("Taken back. ctrl+s applies it again.")
            self._make_plan()

    def action_close(self) -> None:
        self.dismiss(None)

    def _why_nothing(self, plan: Plan) -> str:
        if plan.open_questions:
            return "Nothing can be written before the open questions are answered (2)."
        return "Nothing to write: what remains cannot be fixed here. 4 says why."

    def check_action(self, action: str, parameters: tuple[Any, ...]) -> bool | None:
        if action == "proposals" and self.plan is not None and not self.plan.open_questions:
            return None
        if action == "apply" and self._applied:
            return None
        return True
