"""Dialog for what git or the remote refused: one clear line, the next step, and all that was said, to read and to copy."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from partner_tui.errors import GitError
from partner_tui.plain import visible
from partner_tui.repository.process.git_log import brief
from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.dialogs.dialog import Dialog
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.ui.widgets.said import Said


class FailureScreen(Dialog[None]):
    """One failure of git's."""

    CSS = """
    FailureScreen { Box { width: 90; } }
    FailureScreen.-short Said { max-height: 9; }
    """
    HELP = "The output of the remote and of git. The git log of the Changes view keeps it."
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]
    BINDINGS = [
        bind("escape", "dismiss(None)", "Close", "failure.close", "Close this message"),
        bind("c", "copy", "Copy", "failure.copy", "Copy the whole output"),
        hidden("j,down", "scroll(1)", "Down", "failure.down", "Scroll down"),
        hidden("k,up", "scroll(-1)", "Up", "failure.up", "Scroll up"),
    ]

    def __init__(self, error: GitError) -> None:
        super().__init__()
        self.error = error

    def compose(self) -> ComposeResult:
        command = " ".join(brief(self.error.command).split()[:2])
        with Box(f"{visible(command, 40)} failed", danger=True):
            yield Static(Content(visible(self.error.message, 1_000)), classes="error")
            yield Static(Content(visible(self.error.hint, 1_000)))
            yield Said(self.error.output)
            yield Choices(("dismiss", "Close", "esc"), ("copy", "Copy", "c"))

    def action_copy(self) -> None:
        error = self.error
        self.app.copy_to_clipboard("\n".join([error.command, error.output]))
        self.notify("Copied.")

    def action_scroll(self, lines: int) -> None:
        self.query_one(Said).scroll_relative(y=lines, animate=False)
