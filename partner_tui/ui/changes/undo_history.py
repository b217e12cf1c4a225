"""The steps since the last commit: what ctrl+z takes back next, and what ctrl+y does again."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from partner_tui.plain import visible
from partner_tui.workspace.steps.step import Step

SHOWN = 200


class UndoHistory(VerticalScroll):
    """Newest first; undone steps stand above, dim."""

    BORDER_TITLE = "Undo history"
    DEFAULT_CLASSES = "panel"
    DEFAULT_CSS = """
    UndoHistory {
        scrollbar-size-vertical: 1;
        Static { height: auto; padding: 0 1; }
    }
    """

    def compose(self) -> ComposeResult:
        yield Static(markup=False)

    def show(self, done: Sequence[Step], undone: Sequence[Step]) -> None:
        lines = [self._line("·", step, "$foreground 40%", "undone") for step in undone]
        for number, step in enumerate(reversed(done[-SHOWN:])):
            newest = number == 0
            lines.append(self._line("▸" if newest else " ", step, "" if newest else "$foreground 75%"))
        if not lines:
            lines = [Content.styled("No changes since the last commit.", "$foreground 60%")]
        hints = (["ctrl+z undo"] if done else []) + (["ctrl+y redo"] if undone else [])
        self.border_subtitle = "  ".join(hints)
        self.query_one(Static).update(Content("\n").join(lines))

    def _line(self, mark: str, step: Step, style: str, note: str = "") -> Content:
        text = Content.styled(visible(step.title, 200), style)
        return Content.assemble(
            (f"{mark} ", "bold $accent"), text, (f"  {note}" if note else "", "$foreground 40%")
        )
