"""A repository without a manifest: what happened to it, and every way on, in one list. Enter is never more than a look.

The first row is the gentlest one: the last version, read-only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeVar

from textual import getters, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from partner_tui.manifest.scaffold import id_problem
from partner_tui.plain import visible
from partner_tui.repository.commits.removed import Removal
from partner_tui.repository.git import Watch
from partner_tui.repository.process.git_log import GitLog
from partner_tui.ui.acting import act
from partner_tui.ui.app_base import BaseApp
from partner_tui.ui.background import Running, writing
from partner_tui.ui.binding import bind
from partner_tui.ui.dialogs.choosing import ChoosingScreen
from partner_tui.ui.dialogs.prompt import PromptScreen, labelled
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.workspace.opening.lost_manifest import Holder, LostManifest
from partner_tui.workspace.opening.opening import ManifestLocation
from partner_tui.workspace.opening.past import PastWorkspace, open_past
from partner_tui.workspace.opening.regaining import (
    create,
    fetch,
    new_name,
    proposed_id,
    restore,
    switch,
)

T = TypeVar("T")
Found = ManifestLocation | PastWorkspace
Act = Callable[[BaseApp, Watch], Found]


@dataclass(frozen=True, slots=True)
class Way:
    """One row of the list: what it does, beside it what it is about, and the act; no act for a heading."""

    label: str
    about: str = ""
    running: str = ""
    act: Act | None = None
    is_new: bool = False


class LostManifestScreen(ChoosingScreen[Found | Literal["again"]]):
    """Dismissed with what to open: a manifest's place, or a past version; ``again`` to look once more; None to go back."""

    app = getters.app(BaseApp)
    CSS = """
    LostManifestScreen {
        Box { width: 100; }
        OptionList { max-height: 60vh; text-wrap: nowrap; text-overflow: ellipsis; }
        #working { color: $accent; height: 1; }
    }
    """
    HELP = """
    Opening the last version only shows it. Restoring it writes the file as an uncommitted change that ctrl+z undoes; nothing is
    committed. Switching the branch keeps uncommitted edits, and stops where they are in the way.
    """
    BINDINGS = [
        bind("r", "again", "Retry", "lost.retry", "Look for a manifest again"),
        bind("f5", "fetch", "Fetch", "lost.fetch", "Fetch from the remote, then look again"),
    ]

    def __init__(self, lost: LostManifest, log: GitLog) -> None:
        super().__init__(())
        self._lost = lost
        self._log = log
        self._ways = tuple(ways(lost, log))
        self._work: Running | None = None

    def compose(self) -> ComposeResult:
        with Box("No manifest"):
            yield Static(Content(visible(self._lost.message)))
            yield OptionList(*map(self._option, self._ways), markup=False)
            yield Static(id="working", markup=False)
            fetch_too = [("fetch", "Fetch", "f5")] if self._lost.has_remote else []
            yield Choices(
                ("choose", "Select", "⏎"), ("again", "Retry", "r"), *fetch_too, ("dismiss", "Back", "esc")
            )

    def on_mount(self) -> None:
        rows = self.query_one(OptionList)
        rows.highlighted = next(index for index, way in enumerate(self._ways) if way.act or way.is_new)

    def _option(self, way: Way) -> Option:
        if way.act is None and not way.is_new:
            heading = Content.assemble(
                (way.label, "bold $accent"), (f"  {visible(way.about)}", "$foreground 60%")
            )
            return Option(heading, disabled=True)
        return Option(
            Content.assemble((f"  {visible(way.label)}", ""), (f"   {visible(way.about)}", "$foreground 60%"))
        )

    # Acts

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.prevent_default()  # it is what came of the way that is the answer
        way = self._ways[event.option_index]
        if way.is_new:
            self.create_new()
        elif way.act is not None:
            self.go(way)

    @act("lost")
    async def go(self, way: Way) -> None:
        """Do what a row says; what goes wrong is told, and the list stays."""
        act = way.act
        assert act is not None
        found = await self._run(way.running, lambda watch: act(self.app, watch))
        if found is not None:
            self.dismiss(found)

    @act("lost")
    async def create_new(self) -> None:
        lost = self._lost
        asking = NewManifestScreen(new_name(lost), proposed_id(lost))
        answer = await self.app.push_screen_wait(asking)
        if answer is None:
            return
        with self.app.errors_shown():
            running = writing("writing")
            place = await self.app.background.run(running, create, lost, *answer, self.app.directories)
            self.dismiss(place)

    @act("lost")
    async def action_fetch(self) -> None:
        def fetch_all(watch: Watch) -> bool:
            fetch(self._lost, self._log, **watch)
            return True

        if await self._run("fetching", fetch_all):
            self.action_again()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self._lost.has_remote if action == "fetch" else True

    async def _run(self, title: str, function: Callable[[Watch], T]) -> T | None:
        """Run what can be stopped here; None where it failed and the user was told why."""
        working = self.query_one("#working", Static)
        working.update(f"{title} …")
        self._work = Running(title)
        try:
            with self.app.errors_shown():
                return await self.app.run_git(self._work, function)
        finally:
            self._work = None
            working.update("")
        return None

    def action_again(self) -> None:
        self.dismiss("again")

    async def action_dismiss(self, result: Found | Literal["again"] | None = None) -> None:
        """Stop what runs; when nothing does, go back."""
        if self._work is not None:
            self._work.cancelled.set()
        else:
            self.dismiss(result)


def ways(lost: LostManifest, log: GitLog) -> Iterator[Way]:
    """Every way on from a lost manifest, under headings, the gentlest first."""
    if lost.renamed_to:
        yield Way("Renamed file")
        yield _opened(lost, lost.renamed_to, f"Open {lost.renamed_to}", "as the manifest of this repository")
    if version := lost.last_version:
        yield Way("Last version", version.path if lost.removal is None else _removed(lost.removal))
        if version.rev:
            yield Way(
                "Open it read-only",
                "",
                "opening",
                lambda app, watch: open_past(lost, version, app.directories, **watch),
            )
        yield Way(
            "Restore it",
            "as an uncommitted change; ctrl+z undoes it",
            "restoring",
            lambda app, watch: restore(lost, version, app.directories, **watch),
        )
    if lost.holders:
        yield Way(
            "Branches with a manifest",
            "" if lost.standing == "HEAD" else f"the current one is {lost.standing}",
        )
        yield from (_switched(lost, holder, log) for holder in lost.holders)
    if lost.others:
        yield Way("YAML files", "open the one that lists the entries")
        yield from (_opened(lost, path, path) for path in lost.others)
    if lost.shallow:
        yield Way("History", "this clone has only a part of it: git fetch --unshallow gets the rest")
    yield Way("New manifest")
    yield Way(f"Create {new_name(lost)}", "without entries, from an id and a name", is_new=True)


def _opened(lost: LostManifest, path: str, label: str, about: str = "") -> Way:
    return Way(
        label, about, "opening", lambda app, watch: ManifestLocation(lost.folder, path, lost.standing != "")
    )


def _switched(lost: LostManifest, holder: Holder, log: GitLog) -> Way:
    about = f"{holder.branch.date:%Y-%m-%d}, {holder.path}"
    return Way(
        f"Switch to {holder.branch.label}",
        about,
        "switching",
        lambda app, watch: switch(lost, holder, log, **watch),
    )


def _removed(removal: Removal) -> str:
    commit = removal.commit
    return f"{removal.path}, removed by {commit.short} on {commit.date:%Y-%m-%d}: {commit.subject}"


class NewManifestScreen(PromptScreen[tuple[str, str]]):
    """Dismissed with the partner's id, which is part of URLs, and its name, which people read."""

    def __init__(self, file_name: str, proposed: str) -> None:
        super().__init__()
        self._file_name = file_name
        self._proposed = proposed

    def compose(self) -> ComposeResult:
        with Box("New manifest"):
            why = f"{self._file_name} is written without entries, as an uncommitted change. The id becomes part of URLs."
            yield Static(why, classes="quiet text", markup=False)
            yield labelled("Id", Input(self._proposed, placeholder="ilastik", compact=True, id="id"))
            yield labelled("Name", Input(self._proposed, placeholder="ilastik", compact=True, id="name"))
            yield Static("", classes="warn problem", markup=False)
            yield Choices(("yes", "Create", "⏎"), ("no", "Cancel", "esc"))

    @on(Input.Submitted, "#id")
    def _named(self) -> None:
        self.query_one("#name", Input).focus()

    @on(Button.Pressed, "#yes")
    @on(Input.Submitted, "#name")
    def _answer(self) -> None:
        partner_id, name = (self.query_one(field, Input).value.strip() for field in ("#id", "#name"))
        if problem := id_problem(partner_id) or (None if name else "A name is required."):
            self.query_one(".problem", Static).update(problem)
        else:
            self.dismiss((partner_id, name))
