"""Details of the selected row of the plan: a question, the reason of a fix, a new file, and the lines that change."""

from __future__ import annotations

import asyncio

from textual import getters, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from partner_tui.errors import Cancelled
from partner_tui.plain import few, visible
from partner_tui.ui.app_base import BaseApp
from partner_tui.ui.background import Running
from partner_tui.ui.upgrade.question_card import QuestionCard
from partner_tui.ui.upgrade.rows import Row
from partner_tui.ui.widgets.diff_lines import DiffLines
from partner_tui.upgrade.new_files import NewFile
from partner_tui.upgrade.plan import EntryPlan, OnProgress
from partner_tui.upgrade.question import Question
from partner_tui.workspace.upgrade.flow import UpgradeFlow
from partner_tui.workspace.upgrade.lines import Lines, file_lines
from partner_tui.workspace.upgrade.plan_summary import FixGroup, OutcomeGroup, called, outcome_words

SETTLE_SECONDS = 0.05
SHOWN_ENTRIES = 40
FILE_NOTES = {
    None: "Press space to approve this file, or y to approve all.",
    True: "✓ Approved. Press space to decline.",
    False: "Declined: the entries that need it stay unchanged. Press space to approve.",
}


class UpgradeDetail(Vertical):
    """The question's card or a note, and below it the lines that the selected row changes."""

    DEFAULT_CSS = """
    UpgradeDetail {
        #note { height: auto; max-height: 40%; padding: 0 1; color: $foreground 65%; }
        &.-question DiffLines { border-top: solid $border-blurred; }
    }
    """

    app = getters.app(BaseApp)
    card = getters.query_one(QuestionCard)
    lines = getters.query_one(DiffLines)

    def __init__(self, id: str) -> None:
        super().__init__(id=id, classes="panel")

    def compose(self) -> ComposeResult:
        yield QuestionCard()
        yield Static(id="note", markup=False)
        yield DiffLines()

    @property
    def asks(self) -> bool:
        """Whether a question is shown."""
        return self.card.display

    def show(self, row: Row | None, flow: UpgradeFlow) -> None:
        """Show a row; its lines follow once the cursor rests."""
        question = row.item if row and isinstance(row.item, Question) else None
        self.border_title = visible(_title(row), 60)
        self.card.display = question is not None
        self.set_class(question is not None, "-question")
        if question is not None:
            self.card.show(question, flow.answer_to(question))
        note = self.query_one("#note", Static)
        note.update(visible(_note(row, flow), 4_000, lines=True))
        note.display = question is None
        self._read(row, flow)

    @work(exclusive=True)
    async def _read(self, row: Row | None, flow: UpgradeFlow) -> None:
        await asyncio.sleep(SETTLE_SECONDS)
        running = Running("reading the lines")
        with self.app.errors_shown():
            progress = progress_of(running, self.app)
            lines = await self.app.background.run(running, _lines, row, flow, progress)
            for shown in self.query(DiffLines):  # there is none once the screen is left
                shown.show(lines)


def progress_of(running: Running, app: BaseApp) -> OnProgress:
    """Says how far a plan is, lets keys go first, and ends the planning when it is told to stop."""

    def report(done: int, total: int) -> None:
        running.detail = f"{done}/{total}"
        if running.cancelled.is_set():
            raise Cancelled("Planning was stopped.")
        app.yield_to_keys()

    return report


def _title(row: Row | None) -> str:
    match row:
        case Row(item=Question()):
            return "Question"
        case Row(entry=EntryPlan() as entry):
            return f"Diff · {called(entry)}"
        case Row(item=FixGroup() as group):
            return f"Diff · {group.title}"
        case Row(item=NewFile()):
            return "New file"
    return "Result"


def _note(row: Row | None, flow: UpgradeFlow) -> str:
    match row:
        case Row(entry=EntryPlan() as entry):
            return outcome_words(entry)
        case Row(item=FixGroup() as group):
            return group.why
        case Row(item=NewFile() as file):
            return FILE_NOTES[flow.is_approved(file)]
        case Row(item=OutcomeGroup() as group):
            entries = few([called(entry) for entry in group.entries], SHOWN_ENTRIES, 400)
            return "\n".join(part for part in (group.words, group.todo, entries) if part)
    return ""


def _lines(row: Row | None, flow: UpgradeFlow, on_progress: OnProgress) -> Lines:
    """The lines that a row changes; blocks."""
    lines, preview = flow.lines, flow.preview(on_progress)
    match row:
        case _ if lines is None:
            return ()
        case Row(entry=EntryPlan() as entry) | Row(item=OutcomeGroup(entries=(entry,))):
            return lines.of_entry(entry, preview)
        case Row(item=FixGroup() as group):
            return lines.of_fix(group, preview)
        case Row(item=NewFile() as file):
            return file_lines(file)
        case Row(item=Question() as question) if (asking := flow.asking(question)) is not None:
            return lines.of_fix(asking, preview)
    return ()
