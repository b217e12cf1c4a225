"""Becoming a community partner on three pages: who may, the answers, and what is written, which is shown before it is."""

from __future__ import annotations

import asyncio
from threading import Event

from textual import getters, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import ContentSwitcher

from partner_tui.central.workflows import FILE as WORKFLOW
from partner_tui.central.workflows import to_set
from partner_tui.errors import Cancelled
from partner_tui.plain import plural, visible
from partner_tui.repository.process.git_log import GitLog
from partner_tui.settings import Directories
from partner_tui.ui.acting import act
from partner_tui.ui.background import Running, writing
from partner_tui.ui.binding import bind, hidden
from partner_tui.ui.join.answers_page import AnswersPage, Filled
from partner_tui.ui.join.planned_page import REQUEST, Planned, PlannedPage, rows_of
from partner_tui.ui.join.who_page import WhoPage
from partner_tui.ui.view import WholeScreen
from partner_tui.ui.widgets.footer import Footer
from partner_tui.ui.workspace.top_line import TopLine
from partner_tui.workspace.central.joining import Joining, look_at, plan_joining, write_joining

_PAGES = {"who": "Who may join", "answers": "Answers", "result": "What is written"}


class JoinScreen(WholeScreen):
    """Over the start screen; gives way to the repository that it made."""

    TITLE = "Join"
    HELP = """
    A community partner has a repository with a manifest, and an object in the central repository. Answer a few questions; what
    would be written is shown before it is, and what a folder has already is never changed. Nothing is pushed. space ticks a box.
    """
    DEFAULT_CSS = """
    JoinScreen {
        ContentSwitcher { height: 1fr; }
        .panel { background: transparent; }
        &.-narrow #both { layout: vertical; }
        &.-narrow #rows { width: 1fr; height: auto; max-height: 45%; PlannedList { height: auto; } }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    BINDINGS = [
        bind("ctrl+s", "go_on", "Continue", "join.continue", "Continue on the next page"),
        bind("ctrl+s", "write", "Write", "join.write", "Write what is listed"),
        bind("ctrl+s", "open", "Open", "join.open", "Open the repository"),
        bind("y", "copy", "Copy request", "join.copy", "Copy the text of the request to join"),
        bind("w", "save", "Save request", "join.save", "Write the request to a Markdown file"),
        bind("o", "browse", "Send request", "join.send", "Open the page of a new issue, filled in"),
        bind("escape", "back", "Back", "join.back", "Stop what runs, or go back a page"),
        hidden("down", "move(1)", "Down", "join.down", "Go to the next line"),
        hidden("up", "move(-1)", "Up", "join.up", "Go to the previous line"),
        hidden("right", "app.focus_next", "Right", "join.right", "Go to the next box"),
        hidden("left", "app.focus_previous", "Left", "join.left", "Go to the previous box"),
    ]

    answers = getters.query_one(AnswersPage)
    _joining: Joining
    """What was planned last; there is none before the last page."""
    _is_written = False

    def __init__(self) -> None:
        super().__init__()
        self._log = GitLog()

    def compose(self) -> ComposeResult:
        yield TopLine()
        with ContentSwitcher(id="pages", initial="who"):
            yield WhoPage(id="who", classes="panel")
            yield AnswersPage()
            yield PlannedPage(id="result")
        yield Footer()

    def on_mount(self) -> None:
        self.set_interval(0.1, self._tick)
        self._show_page("who")

    def _tick(self) -> None:
        for line in self.query_children(TopLine):  # there is none while the screen is left
            line.show_running(self.app.background.running)

    def on_top_line_stop_requested(self) -> None:
        self.app.background.stop_newest()

    @property
    def has_unsaved(self) -> bool:
        """Whether something was typed that is not written."""
        return self.answers.has_unsaved and not self._is_written

    # Pages

    @property
    def _page(self) -> str:
        return self.query_one("#pages", ContentSwitcher).current or "who"

    def _show_page(self, page: str) -> None:
        self.query_one("#pages", ContentSwitcher).current = page
        step = list(_PAGES).index(page) + 1
        words = f"{step} of {len(_PAGES)}: {_PAGES[page]}"
        self.query_one(TopLine).show_open("Become a community partner", manifest=words)
        self.query_one(f"#{page}").query("CheckBox, Input, PlannedList").first().focus()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        is_planned = self.is_mounted and self._page == "result"
        is_writing = any(one.writes for one in self.app.background.running)
        match action:
            case "write" | "go_on" | "back" if is_writing:
                return False
            case "go_on":
                return not is_planned
            case "write":
                return is_planned and not self._is_written
            case "open" | "browse":
                return is_planned and self._is_written
            case "copy" | "save":
                return is_planned
        return True

    def action_move(self, by: int) -> None:
        """To a field of another line: boxes share one."""
        chain, focused = self.focus_chain, self.focused
        if focused in chain:
            others = chain[chain.index(focused) :: by]
            self.set_focus(next((one for one in others if one.region.y != focused.region.y), focused))

    def action_go_on(self) -> None:
        if self._page == "who":
            self._show_page("answers")
        elif not self.answers.complain():
            self._plan()

    def on_answers_page_finished(self) -> None:
        self.action_go_on()

    @work(exclusive=True, group="leave")
    async def action_back(self) -> None:
        from partner_tui.ui.dialogs.confirm import ConfirmScreen

        if self.app.background.stop_newest() is not None:
            return
        if self._is_written or self._page == "who":
            question = ConfirmScreen("Discard your answers?", "Nothing is written yet.", yes="Discard")
            if not self.has_unsaved or await self.app.push_screen_wait(question):
                self.dismiss(None)
        else:
            self._show_page("answers" if self._page == "result" else "who")

    # Planning and writing

    @work(exclusive=True, group="join")
    async def _plan(self) -> None:
        filled = self.answers.filled(self.query_one(WhoPage).claims)
        with self.app.errors_shown():
            running = Running("checking the first entry")
            planned = await self.app.background.run(
                running, _plan, filled, self.app.directories, running.cancelled
            )
            self._joining, rows = planned
            self.query_one(PlannedPage).show("Will be written", rows, _will_be(self._joining, self._where))
            self._show_page("result")

    @act("write")
    async def action_write(self) -> None:
        with self.app.errors_shown(asked=True):
            running = writing("writing")
            await self.app.background.run(
                running, write_joining, self._joining, self.app.directories, self._log
            )
            self._is_written = True
            rows = await asyncio.to_thread(lambda joining: tuple(rows_of(joining)), self._joining)
            done = _was_done(self._joining, self._where)
            self.query_one(PlannedPage).show("Written", rows, done, REQUEST)
            self.refresh_bindings()

    @property
    def _where(self) -> str:
        return visible(self.app.short_path(self._joining.folder.top), 100)

    def action_open(self) -> None:
        self.app.reopen(self, str(self._joining.folder.top), log=self._log)

    # The request

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self._joining.partner.request)
        self.notify("Copied the request to join.")

    def action_save(self) -> None:
        from partner_tui.ui.dialogs.save_file import SaveFileScreen

        name, text = f"join-{self._joining.answers.id}.md", self._joining.partner.request
        self.app.push_screen(SaveFileScreen("Save the request", name, text))

    def action_browse(self) -> None:
        self.app.open_url(self._joining.partner.request_url)


def _plan(filled: Filled, directories: Directories, cancelled: Event) -> tuple[Joining, tuple[Planned, ...]]:
    """Look at the folder as it is now, and plan. Blocks."""
    found = look_at(filled.folder, directories)
    joining = plan_joining(found, filled.answers, directories, filled.remote, filled.central)
    rows = tuple(rows_of(joining))
    if cancelled.is_set():
        raise Cancelled
    return joining, rows


def _will_be(joining: Joining, where: str) -> Content:
    count, branch = len(joining.partner.files), joining.branch
    files = (
        f"Adds {plural(count, 'file')} to {where}; ctrl+z undoes it." if count else f"{where} has every file."
    )
    made = f" Makes the branch {branch.name} in {branch.root}." if branch and branch.is_needed else ""
    return Content.assemble(
        f"{files}{visible(made, 400)} Nothing is pushed. Press ",
        ("^s", "bold $accent"),
        " to write it.",
    )


def _was_done(joining: Joining, where: str) -> Content:
    branch = joining.branch
    todo = to_set() if WORKFLOW in joining.partner.files else ""
    pushed = f" {todo}" if todo else ""
    if branch is not None and branch.is_needed:
        pushed += f" Push the branch {branch.name} of {branch.root} to your fork, and open a pull request."
    return Content.assemble(
        ("✓ ", "$success"),
        f"Written to {where}. ",
        ("^s", "bold $accent"),
        " opens it: commit and push it in Changes. Then send the request: ",
        ("o", "bold $accent"),
        f" opens its page, filled in.{visible(pushed, 400)}",
    )
