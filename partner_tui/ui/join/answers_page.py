"""The few answers that a new partner is made from, checked as they are typed; those that the folder gives need not be.

The rule: what was typed is never replaced by what is proposed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from textual import events, getters, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from partner_tui.addresses.forge import clone_url
from partner_tui.central.joining import FIRST_TYPES, QUESTIONS, REQUIRED, Answers, Question
from partner_tui.errors import PartnerTuiError
from partner_tui.manifest.resource_types import SITE_TYPES
from partner_tui.manifest.scaffold import propose_id
from partner_tui.plain import visible
from partner_tui.repository.user_path import expanded
from partner_tui.settings import Directories
from partner_tui.ui.app_base import BaseApp
from partner_tui.ui.widgets.source_input import SourceInput, SourceSuggester
from partner_tui.ui.widgets.toggles import CheckBox
from partner_tui.workspace.central.central_branch import read_central
from partner_tui.workspace.central.joining import look_at, remote_of

REST_SECONDS = 0.15
"""How long nothing is typed before the disk is looked at."""
_FOLDER = Question("folder", "Folder", "A new folder, or a repository that lacks some of it.", "~/meadow")
_REMOTE = Question("remote", "Push to", "A git URL, or the folder of a bare repository.", "", False)
_CENTRAL = Question(
    "central",
    "Central clone",
    "A clone of bioimage-io/collection: a branch there adds you.",
    "none",
    False,
)
_ROWS = (_FOLDER, *QUESTIONS[:5], _REMOTE, *QUESTIONS[5:], _CENTRAL)
_PLACES = (_FOLDER.name, _REMOTE.name, _CENTRAL.name)


@dataclass(frozen=True, slots=True)
class Places:
    """What the disk says of the folders that are named.

    Attributes:
        problems: What is wrong with one, by the name of the question.
        found: What is to be known of one, likewise.
    """

    problems: Mapping[str, str] = field(default_factory=dict)
    found: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """The form as it was filled in."""

    folder: Path
    answers: Answers
    remote: str
    central: Path | None


class AnswersPage(VerticalScroll, can_focus=False):
    """A line for each answer; below them what the focused one means, or what is wrong with it."""

    app = getters.app(BaseApp)
    DEFAULT_CSS = """
    AnswersPage {
        scrollbar-size-vertical: 1;
        Horizontal { height: 1; }
        .mark { width: 3; padding-left: 1; }
        .label { width: 15; color: $foreground 75%; }
        Input { width: 1fr; background: $panel 60%; padding: 0 1; &:focus { background: $panel; } }
        Horizontal:focus-within .label { color: $accent; text-style: bold; }
        CheckBox { margin-right: 2; }
        #meaning { height: 2; padding: 0 1; margin-top: 1; color: $foreground 65%; &.-wrong { color: $error; } }
    }
    """

    class Finished(Message):
        """Enter was pressed in the last field."""

    def __init__(self) -> None:
        super().__init__(id="answers", classes="panel")
        self.border_title, self.border_subtitle = "Answers", "• required"
        self._typed: set[str] = set()
        self._proposed = {"license": "CC-BY-4.0"}
        self._places = Places()
        self._is_asked = False
        """Whether what is missing is said, since somebody wanted to go on."""

    def compose(self) -> ComposeResult:
        for row in _ROWS:
            with Horizontal():
                yield Static(classes="mark", id=f"mark-{row.name}", markup=False)
                yield Static(row.label, classes="label", markup=False)
                if row.name == "types":
                    for kind in SITE_TYPES:
                        yield CheckBox(kind, kind in FIRST_TYPES, name=row.name, id=f"type-{kind}")
                else:
                    suggester = SourceSuggester() if row.name in _PLACES else None
                    yield SourceInput(
                        self._proposed.get(row.name, ""),
                        row.example,
                        suggester=suggester,
                        compact=True,
                        select_on_focus=False,
                        name=row.name,
                        id=row.name,
                    )
        yield Static(id="meaning", markup=False)

    def on_mount(self) -> None:
        self._show()

    # What is typed

    @property
    def has_unsaved(self) -> bool:
        """Whether anything was typed."""
        return bool(self._typed)

    def filled(self, claims: tuple[str, ...] = ()) -> Filled:
        """The answers as they are, right or wrong."""
        text: dict[str, Any] = {one.name: self._value(one.name) for one in QUESTIONS if one.name != "types"}
        types = tuple(kind for kind in SITE_TYPES if self.query_one(f"#type-{kind}", CheckBox).value)
        central = self._value("central")
        answers = Answers(**text, types=types, claims=claims)
        folder = expanded(self._value("folder"))
        return Filled(folder, answers, self._value("remote"), expanded(central) if central else None)

    @property
    def problems(self) -> dict[str, str]:
        """What is wrong with each answer, by its name."""
        missing = {} if self._value("folder") else {"folder": REQUIRED}
        return {**self.filled().answers.problems(), **self._places.problems, **missing}

    def complain(self) -> bool:
        """Go to the first answer that is missing or wrong; whether there is one."""
        self._is_asked = True
        wrong = next((row.name for row in _ROWS if row.name in self.problems), None)
        if wrong is not None:
            self.query_one("#type-model" if wrong == "types" else f"#{wrong}").focus()
        self._show()
        return wrong is not None

    def _value(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value.strip()

    def _propose(self, name: str, value: str) -> None:
        if name not in self._typed:
            self._proposed[name] = value
            self.query_one(f"#{name}", Input).value = value

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        name = event.input.name or ""
        if event.value != self._proposed.get(name, ""):
            self._typed.add(name)
        if name == "name" and "id" not in self._places.answers:
            self._propose("id", propose_id(event.value.strip()))
        if name in (*_PLACES, "id"):
            self._look()
        self._show()

    @on(CheckBox.Changed)
    def _ticked(self, event: CheckBox.Changed) -> None:
        event.stop()
        self._typed.add("types")
        self._show()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.name == _ROWS[-1].name:
            self.post_message(self.Finished())
        else:
            self.screen.focus_next()

    # What the disk says

    @work(exclusive=True, group="look")
    async def _look(self) -> None:
        """Look at the folders once nothing more is typed, and propose what they say."""
        await asyncio.sleep(REST_SECONDS)
        self._places = await asyncio.to_thread(_look_at, self.filled(), self.app.directories)
        for name, value in self._places.answers.items():
            self._propose(name, value)
        for box in self.query(CheckBox) if self._places.types and "types" not in self._typed else ():
            with box.prevent(CheckBox.Changed):
                box.value = str(box.label) in self._places.types
        self._show()

    # What is shown

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        self._show()

    def _show(self) -> None:
        problems, focused = self.problems, self.screen.focused
        for row in _ROWS:
            wrong = row.name in problems and (self._is_asked or problems[row.name] != REQUIRED)
            sign, style = ("✗", "$error") if wrong else ("•", "$accent") if row.name in problems else ("", "")
            self.query_one(f"#mark-{row.name}", Static).update(Content.styled(sign, style), layout=False)
        slug = self._value("repository")
        self.query_one("#remote", Input).placeholder = clone_url(slug) if "repository" not in problems else ""
        row = next((row for row in _ROWS if focused is not None and row.name == focused.name), _FOLDER)
        problem = problems.get(row.name, "")
        if problem == REQUIRED and not self._is_asked:
            problem = ""
        meaning = self.query_one("#meaning", Static)
        meaning.set_class(bool(problem), "-wrong")
        about = row.about if problem == REQUIRED else ""
        meaning.update(
            visible(f"{problem} {about}".strip() or self._places.found.get(row.name) or row.about, 300)
        )


def _look_at(filled: Filled, directories: Directories) -> Places:
    """Look at the folders that are named. Blocks."""
    problems, found = {}, {}
    answers: Mapping[str, str] = {}
    types: tuple[str, ...] = ()
    if filled.folder != Path():
        try:
            there = look_at(filled.folder, directories)
            answers, types, manifest = there.answers, there.types, there.manifest
            if there.is_repository:
                found["folder"] = (
                    f"The repository {there.top}: what it has is kept, {manifest or 'no manifest'}."
                )
            elif there.top.exists():
                found["folder"] = f"{there.top} becomes a git repository; what it has is kept."
            else:
                found["folder"] = f"{there.top} is created."
        except (PartnerTuiError, OSError) as error:
            problems["folder"] = _words(error)
    try:
        remote_of(filled.remote, filled.answers)
    except (PartnerTuiError, OSError) as error:
        problems["remote"] = _words(error)
    if filled.central is not None:
        try:
            root, _, central = read_central(filled.central)
            known = central.partner(filled.answers.id) is not None
            found["central"] = f"{root}: {'your object is updated' if known else 'your object is added'}."
        except (PartnerTuiError, OSError) as error:
            problems["central"] = _words(error)
    return Places(problems, found, answers, types)


def _words(error: PartnerTuiError | OSError) -> str:
    """Why a folder cannot be read; names that no system takes are typed on the way to others."""
    if isinstance(error, PartnerTuiError):
        return f"{error.message} {error.hint}"
    return f"It cannot be read: {error.strerror}."
