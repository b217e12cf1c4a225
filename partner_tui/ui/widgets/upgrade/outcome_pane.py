"""What comes of the upgrade: each entry's status then, and for those that stay behind, why."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from partner_tui.compliance.status import Status
from partner_tui.plain import visible
from partner_tui.ui.themes import STATUS_STYLES
from partner_tui.upgrade.plan import EntryPlan, Plan
from partner_tui.workspace.upgrade_plan import outcome_counts, outcome_words

ID_WIDTH = 36


class OutcomePane(Vertical):
    """The sum in one line, warnings, and a line for each entry; those that stay behind come first."""

    DEFAULT_CSS = """
    OutcomePane {
        #sum-line { height: auto; padding: 0 1; margin-bottom: 1; }
        #outcomes { height: auto; padding: 0 1; }
    }
    """

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="panel") as panel:
            panel.border_title = "What comes of it"
            yield Static(id="sum-line", markup=False)
            yield Static(id="outcomes", markup=False)

    def show(self, plan: Plan, applied: bool) -> None:
        """Show a plan's outcome, before or after it was applied."""
        head = (
            "✓ Applied as one step: ctrl+z takes it back. esc closes."
            if applied
            else "ctrl+s applies it as one step."
        )
        self.query_one("#sum-line", Static).update(
            Content.assemble(*self._sum(plan), "\n", (head, "$foreground 65%"))
        )
        entries = sorted(plan.entries, key=lambda one: (one.after is Status.LATEST, one.index))
        lines = [*self._notes(plan), *(self._line(entry) for entry in entries)]
        self.query_one("#outcomes", Static).update(Content("\n").join(lines))

    def _sum(self, plan: Plan) -> list[tuple[str, str]]:
        counts = outcome_counts(plan.entries)
        return [
            (f"{status.glyph} {count} {status}   ", STATUS_STYLES[status])
            for status, count in counts.items()
            if count
        ]

    def _notes(self, plan: Plan) -> list[Content]:
        notes = [
            *(("✗ ", "$error", text) for text in plan.conflicts),
            *(("▲ ", "$warning", text) for text in plan.warnings),
        ]
        lines = [Content.assemble((glyph, style), visible(text, 400)) for glyph, style, text in notes]
        return [*lines, Content("")] if lines else []

    def _line(self, entry: EntryPlan) -> Content:
        name = visible(entry.id or f"#{entry.index + 1}", ID_WIDTH).ljust(ID_WIDTH)
        return Content.assemble(
            (f"{entry.before.glyph} ", STATUS_STYLES[entry.before]),
            ("→ ", "$foreground 50%"),
            (f"{entry.after.glyph} {entry.after.value:<11}", STATUS_STYLES[entry.after]),
            f"{name} ",
            (visible(outcome_words(entry), 200), "$foreground 65%"),
        )
