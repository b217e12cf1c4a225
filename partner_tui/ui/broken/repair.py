"""Ways to mend a file that does not parse, or in which a key is written twice: each with the lines it changes, to confirm."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from partner_tui.comparison.hunks import read_diff
from partner_tui.plain import visible
from partner_tui.repository.commits.diff import diff_text
from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.dialogs.dialog import Dialog
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.ui.widgets.diff_lines import DiffLines
from partner_tui.workspace.opening.repair_session import Diagnosis, Repair


class RepairScreen(Dialog[Repair | None]):
    """Dismissed with the remedy to write, or None to write nothing."""

    DEFAULT_CSS = """
    RepairScreen {
        #sides { height: auto; max-height: 10; margin-top: 1; }
        .side { width: 1fr; padding: 0 1; border: round $border-blurred; }
        OptionList { max-height: 8; margin: 1 0; }
        DiffLines { height: 1fr; }
    }
    """
    HELP = "Choose a repair; the diff shows what it changes. Press ctrl+s to apply it, and ctrl+z in the app to undo it."
    BINDINGS = [
        bind("ctrl+s", "write", "Apply", "repair.apply", "Write the selected repair"),
        bind("escape", "dismiss", "Cancel", "repair.cancel", "Close without a repair"),
        hidden("j", "move('down')", "Down", "repair.down", "Go to the next repair"),
        hidden("k", "move('up')", "Up", "repair.up", "Go to the previous repair"),
    ]

    def __init__(self, diagnosis: Diagnosis) -> None:
        super().__init__()
        self._diagnosis = diagnosis

    def compose(self) -> ComposeResult:
        found = self._diagnosis
        with Box("Repair the file", large=True):
            yield Static(Content(visible(found.problem, 400)))
            if found.left:
                yield Static(Content(f"{found.left} more duplicate keys after this one."), classes="quiet")
            if found.excerpts:
                with Horizontal(id="sides"):
                    for excerpt in found.excerpts:
                        yield Static(Content(visible(excerpt, 2_000, lines=True)), classes="side")
            if not found.remedies:
                yield Static(
                    Content("No automatic repair found. Edit the file yourself (e)."), classes="quiet"
                )
            yield OptionList(
                *(Option(Content(visible(one.title, 200))) for one in found.remedies), markup=False
            )
            yield DiffLines()
            yield Choices(("write", "Apply", "^s"), ("dismiss", "Cancel", "esc"))

    def on_mount(self) -> None:
        remedies = self.query_one(OptionList)
        remedies.display = bool(self._diagnosis.remedies)
        remedies.highlighted = 0 if self._diagnosis.remedies else None
        self.query_one("#write", Button).disabled = not self._diagnosis.remedies
        (remedies if self._diagnosis.remedies else self.query_one("#dismiss", Button)).focus()

    @property
    def chosen(self) -> Repair | None:
        at = self.query_one(OptionList).highlighted
        return None if at is None else self._diagnosis.remedies[at]

    def on_option_list_option_highlighted(self) -> None:
        if (remedy := self.chosen) is not None:
            self.query_one(DiffLines).show(read_diff(diff_text(self._diagnosis.text, remedy.text)))

    def action_write(self) -> None:
        if (remedy := self.chosen) is not None:
            self.dismiss(remedy)

    def action_move(self, where: str) -> None:
        remedies = self.query_one(OptionList)
        remedies.action_cursor_down() if where == "down" else remedies.action_cursor_up()
