"""The error screen: a bug, its traceback to read and to copy, and where the log lies. Files and drafts are as they were."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from partner_tui.plain import visible
from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.dialogs.dialog import Dialog
from partner_tui.ui.widgets.box import Box, Choices


class BugScreen(Dialog[None]):
    """One bug."""

    TITLE = "Error"
    CSS = """
    BugScreen {
        Box { width: 110; }
        #traceback { height: auto; max-height: 22; margin-top: 1; background: $panel; padding: 0 1; }
    }
    BugScreen.-short #traceback { max-height: 8; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]
    HELP = "This is a bug in partner-tui. Your saved work is safe, and open forms are kept as drafts."
    BINDINGS = [
        bind("c", "copy", "Copy", "bug.copy", "Copy the traceback"),
        bind("escape", "continue", "Continue", "bug.continue", "Close this message"),
        bind("q", "quit", "Quit", "bug.quit", "Close the app now"),
        hidden("j", "scroll(1)", "Down", "bug.down", "Scroll down"),
        hidden("k", "scroll(-1)", "Up", "bug.up", "Scroll up"),
    ]

    def __init__(self, text: str, log_file: Path) -> None:
        super().__init__()
        self._text = text
        self._log_file = log_file

    def compose(self) -> ComposeResult:
        last = self._text.strip().rpartition("\n")[2]
        with Box("partner-tui has a bug", danger=True):
            yield Static(Content(visible(last, 400)), classes="error")
            yield Static(Content(self.HELP))
            with VerticalScroll(id="traceback"):
                yield Static(Content(visible(self._text, lines=True)))
            yield Static(Content(f"Log: {self._log_file}"), classes="quiet")
            yield Choices(("continue", "Continue", "esc"), ("copy", "Copy", "c"), ("quit", "Quit", "q"))

    def on_mount(self) -> None:
        self.query_one("#traceback", VerticalScroll).scroll_end(animate=False)
        self.query_one("#continue", Button).focus()

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self._text)
        self.notify("Copied.")

    def action_continue(self) -> None:
        self.dismiss(None)

    def action_quit(self) -> None:
        self.app.exit(return_code=1)

    def action_scroll(self, lines: int) -> None:
        self.query_one("#traceback", VerticalScroll).scroll_relative(y=lines, animate=False)
