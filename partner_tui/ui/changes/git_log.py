"""The git commands of this session that changed something, and all they said: nothing happens behind the user's back."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from partner_tui.plain import visible
from partner_tui.repository.process.git_log import GitLog, LoggedCommand
from partner_tui.ui.binding import bind
from partner_tui.ui.widgets.said import said_lines

SHOWN = 200
INDENT = " " * 4


class GitLogPane(VerticalScroll):
    """Time, result and command, and below it what git and the remote said; the newest at the bottom and in sight."""

    TITLE = "Git commands"
    DEFAULT_CSS = """
    GitLogPane {
        scrollbar-size-vertical: 1;
        Static { height: auto; padding: 0 1; }
    }
    """
    BINDINGS = [
        bind(
            "enter",
            "toggle_whole",
            "Full commands",
            "log.full",
            "Show full commands, or only the essential part",
        )
    ]

    class Logged(Message):
        """Git ran another command; sent from the thread that ran it."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id, classes="panel")
        self.border_title = "Git"
        self.border_subtitle = "commands that changed something"
        self._log: GitLog | None = None
        self._shows_whole = False

    def compose(self) -> ComposeResult:
        yield Static(Content.styled("Nothing yet.", "$foreground 60%"), markup=False)

    def follow(self, log: GitLog) -> None:
        """Show this log, and what comes."""
        if log is not self._log:
            self._log = log
            log.on_change = self._logged
            self.on_git_log_pane_logged()

    def _logged(self, _: LoggedCommand) -> None:
        self.post_message(self.Logged())

    def on_git_log_pane_logged(self) -> None:
        if self._log is None or not self._log.commands:
            return
        lines = [line for logged in self._log.commands[-SHOWN:] for line in _lines(logged, self._shows_whole)]
        self.query_one(Static).update(Content("\n").join(lines))
        self.scroll_end(animate=False)

    def disabled_reason(self, action: str) -> str | None:
        if action == "toggle_whole" and not (self._log and self._log.commands):
            return "Git has changed nothing in this session."
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return None if self.disabled_reason(action) else True

    def action_toggle_whole(self) -> None:
        self._shows_whole = not self._shows_whole
        self.on_git_log_pane_logged()


def _lines(logged: LoggedCommand, whole: bool) -> list[Content]:
    """The command, and below it what was said; neither is cut."""
    command = Content.assemble(
        (f"{logged.time:%H:%M:%S} ", "$foreground 50%"),
        ("✓ ", "$success") if logged.ok else ("✗ ", "$error"),
        Content(visible(logged.command if whole else logged.brief, 500)),
        ("" if logged.ok else "  failed", "$error"),
    )
    return [command, *(Content(INDENT) + line for line in said_lines(logged.words))]
