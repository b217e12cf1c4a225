"""Dialog that adds a contribution by hand: a fork's branch, a patch, an RDF or a package becomes a branch of this clone.

The rule: no address is connected to before it was shown and agreed to; nothing is checked out, and what was typed stays where
something fails.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from partner_tui.errors import Cancelled, PartnerTuiError, SourceError
from partner_tui.plain import visible
from partner_tui.repository.repository import Repository
from partner_tui.ui.acting import act
from partner_tui.ui.app_base import BaseApp
from partner_tui.ui.background import Running
from partner_tui.ui.binding import bind
from partner_tui.ui.contributions.addition_form import AdditionForm
from partner_tui.ui.dialogs.confirm import ConfirmScreen
from partner_tui.ui.dialogs.prompt import PromptScreen, labelled
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.ui.widgets.source_input import SourceInput, SourceSuggester
from partner_tui.workspace.contributions.by_hand.adding import bring_addition, plan_addition, with_place
from partner_tui.workspace.contributions.by_hand.bringing import (
    bring_fork,
    bring_series,
    fork_branches,
    read_series,
)
from partner_tui.workspace.contributions.by_hand.resources import read_resource
from partner_tui.workspace.contributions.by_hand.sent import Sent, recognise

T = TypeVar("T")
REST_SECONDS = 0.15
"""How long nothing is typed before what is there is looked at."""
TICK_SECONDS = 0.1
_SHOWN = 400


class SentField(SourceInput):
    """What was sent: a path or a URL."""

    TITLE = "From"
    BINDINGS = [
        bind("tab", "complete", "Complete", "add.complete", "Complete the path, or go to the next field"),
    ]

    def action_complete(self) -> None:
        """Take the suggestion up; go to the next field where there is none."""
        before = self.value
        if self.cursor_at_end:
            self.action_cursor_right()
        if self.value == before:
            self.screen.focus_next()


class BranchList(OptionList):
    """The branches of a fork."""

    TITLE = "Branches"

    def __init__(self, sent: Sent, names: tuple[str, ...], likely: str) -> None:
        super().__init__(*(Option(Content(visible(name, 200))) for name in names), markup=False)
        self.sent = sent
        self._names = names
        self._likely = likely

    def on_mount(self) -> None:
        self.highlighted = self._names.index(self._likely)
        self.focus()

    @property
    def chosen(self) -> str:
        return self._names[self.highlighted or 0]


class AddScreen(PromptScreen[str]):
    """Dismissed with the name of the branch that was made; None when cancelled.

    Attributes:
        typed: What was sent, as far as it is typed.
    """

    app = getters.app(BaseApp)
    TITLE = "Add a contribution"
    HELP = """
    A fork's URL (or a folder with a repository), a patch (git format-patch), an RDF or a package (.zip) becomes a branch of this
    clone, which is reviewed and merged like a pull request. Nothing is checked out or executed. tab completes a path.
    """
    DEFAULT_CSS = """
    AddScreen {
        Box { width: 90; padding: 0 2; }
        #asked { height: auto; }
        #recognised { height: auto; padding-left: 9; color: $foreground 65%; }
        .field { margin: 0; }
        #rest { height: auto; margin-top: 1; }
        #said { height: auto; margin-top: 1; }
        &.-short FileList { max-height: 5; }
    }
    """
    BINDINGS = [
        bind("ctrl+s", "continue", "Continue", "add.continue", "Take what is typed to the next step"),
    ]

    def __init__(
        self, repository: Repository, target: str, manifest_name: str | None, typed: str = ""
    ) -> None:
        super().__init__()
        self._repository = repository
        self._target = target
        self._manifest_name = manifest_name
        self.typed = typed
        self._work: Running | None = None

    def compose(self) -> ComposeResult:
        with Box("Add a contribution"):
            with Vertical(id="asked"):
                yield labelled(
                    "From",
                    SentField(
                        self.typed,
                        placeholder="a fork's URL, a patch, an RDF (.yaml) or a package (.zip)",
                        suggester=SourceSuggester(files=True),
                        compact=True,
                        id="from",
                    ),
                )
                yield Static(id="recognised", markup=False)
                yield Vertical(id="rest")
            yield Static(id="said", markup=False)
            yield Choices(("yes", "Continue", "⏎"), ("no", "Cancel", "esc"))

    def on_mount(self) -> None:
        self.set_interval(TICK_SECONDS, self._tick)
        self.query_one("#rest").display = False
        self._say("")
        self.query_one(SentField).focus()

    # What is typed

    @on(Input.Changed, "#from")
    async def _changed(self, event: Input.Changed) -> None:
        self.typed = event.value
        await self._ask()
        self._say("")
        self._recognise()

    @work(exclusive=True, group="recognise")
    async def _recognise(self) -> None:
        """Say what is typed, once nothing more is."""
        line = self.query_one("#recognised", Static)
        if not self.typed.strip():
            line.update("")
            return
        await asyncio.sleep(REST_SECONDS)
        try:
            sent = await asyncio.to_thread(recognise, self.typed)
            words = f"{sent.words}: {sent.address or sent.shown}"
        except PartnerTuiError as error:
            words = error.message
        line.update(visible(words, _SHOWN))
        line.display = not self.query_one("#said").has_class("error")  # it says the same

    # Going on

    @on(Input.Submitted, "#from")
    @on(OptionList.OptionSelected)
    @on(AdditionForm.Submitted)
    @on(Button.Pressed, "#yes")
    def action_continue(self) -> None:
        if self._work is None:
            self._go_on()

    def action_cancel(self) -> None:
        """Stop what is running, else close."""
        if self._work is not None:
            self._work.cancelled.set()
        else:
            self.dismiss(None)

    @act("add")
    async def _go_on(self) -> None:
        self._say("")
        focused = self.focused
        try:
            branch = await self._next()
        except PartnerTuiError as error:
            words = "Stopped." if isinstance(error, Cancelled) else f"{error.message} {error.hint}".strip()
            self._say(words, is_error=not isinstance(error, Cancelled))
            if isinstance(error, SourceError):  # of what is typed, which is said once
                self.query_one("#recognised").display = False
            if focused is not None and focused.is_attached:
                focused.focus()
        else:
            if branch is not None:
                self.dismiss(branch)

    async def _next(self) -> str | None:
        """The next step; the branch once it is made."""
        asked = next(iter(self.query_one("#rest").children), None)
        if isinstance(asked, BranchList):
            return await self._fetch(asked)
        if isinstance(asked, AdditionForm):
            return await self._add(asked)
        sent = await asyncio.to_thread(recognise, self.typed)
        repository, target = self._repository, self._target
        if sent.kind == "fork":
            if await self._agrees(sent):
                reading = "reading the branches"
                likely, names = await self._run(
                    reading, lambda watch: fork_branches(repository, sent, **watch)
                )
                await self._ask(BranchList(sent, names, likely), "Fetch ⏎")
            return None
        if sent.kind == "patch":
            series = await self._run("reading the patch", lambda _: read_series(repository.root, sent))
            applying = "applying the patch"
            return await self._run(
                applying, lambda watch: bring_series(repository, sent, series, target, **watch), ends=True
            )
        name = self._manifest_name
        planned = await self._run(
            f"reading {sent.shown}", lambda _: plan_addition(repository, read_resource(sent), target, name)
        )
        await self._ask(AdditionForm(planned), "Add ⏎")
        return None

    async def _agrees(self, sent: Sent) -> bool:
        if sent.address.lower().startswith("file://"):
            return True  # it is on this machine
        words = f"{sent.address}\n\ngit asks this server for its branches. Nothing of it is checked out or executed."
        question = ConfirmScreen("Connect to this URL?", visible(words, 2_000, lines=True), yes="Connect")
        return await self.app.push_screen_wait(question)

    async def _fetch(self, asked: BranchList) -> str:
        sent, branch = asked.sent, asked.chosen
        fetching = f"fetching {visible(branch, 60)}"
        return await self._run(
            fetching,
            lambda watch: bring_fork(self._repository, sent, branch, self._target, **watch),
            ends=True,
        )

    async def _add(self, form: AdditionForm) -> str | None:
        repository, known = self._repository, form.addition
        placed = await asyncio.to_thread(with_place, repository, known, form.decided)
        if placed.objection() is not None:
            return None  # it is said beneath the fields
        if placed.left_out != known.left_out:
            form.show_left_out(placed)
            raise PartnerTuiError("Other files are left out in this folder.", "Press enter to add it so.")
        skipped = form.skipped
        adding = f"adding {visible(placed.new.id, 60)}"
        return await self._run(
            adding, lambda watch: bring_addition(repository, placed, skipped, **watch), ends=True
        )

    async def _run(self, title: str, function: Callable[[Any], T], *, ends: bool = False) -> T:
        """Do something that may take its time; escape stops it.

        Args:
            ends: Whether all is done then: it was not stopped if it got there.
        """
        running = self._work = Running(title)
        watch = self.app.watch_of(running)
        asked = self.query_one("#asked")
        asked.disabled = True

        def run() -> T:
            done = function(watch)
            if running.cancelled.is_set() and not ends:
                raise Cancelled
            return done

        try:
            return await self.app.background.run(running, run)
        finally:
            self._work = None
            self._say("")
            asked.disabled = False

    # What is shown

    async def _ask(self, part: BranchList | AdditionForm | None = None, go_on: str = "Continue ⏎") -> None:
        """Show what is still to be decided, in place of what was.

        Args:
            go_on: The label and the key of what goes on from there.
        """
        rest = self.query_one("#rest")
        await rest.remove_children()
        rest.display = part is not None
        if part is not None:
            await rest.mount(part)
        verb, _, key = go_on.partition(" ")
        self.query_one("#yes", Button).label = Content.assemble(f"{verb} ", (key, "dim"))

    def _say(self, words: str, *, is_error: bool = False) -> None:
        said = self.query_one("#said", Static)
        said.display = bool(words)
        said.set_class(is_error, "error")
        said.update(visible(words, _SHOWN))

    def _tick(self) -> None:
        if (running := self._work) is not None:
            stopping = "   stopping" if running.cancelled.is_set() else "   esc stop"
            self._say(f"{running.title}  {running.detail}{stopping}")
