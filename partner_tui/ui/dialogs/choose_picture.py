"""Choose a picture of the clone, seen before it is chosen, or copy one of this machine into the clone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from threading import Event
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from partner_tui.errors import PartnerTuiError
from partner_tui.pictures.decoder import load_picture
from partner_tui.pictures.facts import facts_of
from partner_tui.pictures.source import PictureSource
from partner_tui.plain import visible
from partner_tui.splash.picture_rules import PictureCheck
from partner_tui.ui.acting import act
from partner_tui.ui.app_base import BaseApp
from partner_tui.ui.binding import bind
from partner_tui.ui.dialogs.copy_picture import CopyPictureScreen, NewPicture
from partner_tui.ui.dialogs.dialog import Dialog
from partner_tui.ui.widgets.box import Box, Choices
from partner_tui.ui.widgets.filter_line import FilterLine
from partner_tui.ui.widgets.picture import Picture
from partner_tui.workspace.picture_files import find_pictures, usual_folder
from partner_tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from PIL import Image

MOST = 500
"""Rows of the list: what is beyond them is found by the filter."""
WIDTH, HEIGHT = 48, 15
MAX_PIXELS = 160_000
REST_SECONDS = 0.1
"""A picture that the cursor only passes is not read."""
QUIET = "$foreground 60%"


class PictureScreen(Dialog[str | NewPicture | None]):
    """Dismissed with the path of a picture of the clone, or with one that is to be copied into it; None when cancelled.

    Args:
        purpose: What the picture is for, as a title.
        check: What there is to say of a picture that serves it.
        current: The path of the picture that serves it now; "" for none of the clone.
    """

    app = getters.app(BaseApp)
    TITLE = "Choose a picture"
    HELP = """
    Every picture of this repository, and the one under the cursor. enter takes its URL: into the form, or at once as the first
    cover of an entry. c copies a picture of this machine into the repository.
    """
    CSS = """
    PictureScreen {
        #pictures { width: 110; max-width: 100%; height: 30; max-height: 100%; padding: 0 1; }
        #picture-lists { height: 1fr; margin-top: 1; }
        #picture-list {
            width: 1fr; height: 1fr; max-height: 100%; border: round $border; background: transparent;
            text-wrap: nowrap; text-overflow: ellipsis; border-title-color: $foreground 60%;
            &:focus { border: round $accent; }
            & > .option-list--option { padding: 0 1; }
        }
        #picture-shown { width: 1fr; max-width: 52; height: 1fr; padding: 1; }
        #picture-facts { height: auto; max-height: 5; margin-bottom: 1; color: $foreground 60%; }
        Choices { margin: 0; }
    }
    """
    BINDINGS = [
        bind("escape", "dismiss", "Cancel", "pictures.cancel", "Close and change nothing"),
        bind("slash", "filter", "Filter", "pictures.filter", "Filter the pictures by name"),
        bind(
            "c", "copy", "Copy a file", "pictures.copy", "Copy a picture of this machine into the repository"
        ),
    ]

    def __init__(self, workspace: Workspace, purpose: str, check: PictureCheck, current: str) -> None:
        super().__init__()
        self._workspace = workspace
        self._purpose, self._check = purpose, check
        self._current = current
        self._names: tuple[str, ...] = ()
        self._rows: list[str] = []

    def compose(self) -> ComposeResult:
        with Box(self._purpose, note="⏎ choose   / filter", id="pictures"):
            yield FilterLine("Filter by name", (), id="picture-filter")
            with Horizontal(id="picture-lists"):
                yield OptionList(id="picture-list", markup=False)
                with Vertical(id="picture-shown"):
                    yield Static(id="picture-facts", markup=False)
                    yield Picture(WIDTH, HEIGHT)
            yield Choices(("copy", "Copy from this machine", "c"), ("dismiss", "Cancel", "esc"))

    def on_mount(self) -> None:
        self.query_one("#picture-list").focus()
        self._find()

    @work(exclusive=True, group="find")
    async def _find(self) -> None:
        with self.app.errors_shown():
            self._names = await asyncio.to_thread(find_pictures, self._workspace)
        self._show_names()

    # Showing

    def _show_names(self) -> None:
        words = self.query_one(FilterLine).value.casefold().split()
        found = [name for name in self._names if all(word in name.casefold() for word in words)]
        likely = self._purpose.casefold()
        found.sort(key=lambda name: (name != self._current, likely not in name.casefold()))
        self._rows = found[:MOST]
        options = self.query_one("#picture-list", OptionList)
        options.clear_options()
        options.add_options(self._options(len(found)))
        options.border_title = f"Pictures of this repository  {len(found)}"
        options.highlighted = 0 if self._rows else None
        if not self._rows:
            self._show_picture(
                None, "No picture matches." if self._names else "This repository has no pictures."
            )

    def _options(self, count: int) -> Iterator[Option]:
        for name in self._rows:
            folder, slash, last = name.rpartition("/")
            now = "  current" if name == self._current else ""
            yield Option(
                Content.assemble((visible(folder + slash, 100), QUIET), visible(last, 100), (now, "$accent"))
            )
        if count > MOST:
            yield Option(Content.styled(f"… and {count - MOST} more: type / to filter", QUIET), disabled=True)

    @on(OptionList.OptionHighlighted, "#picture-list")
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_index < len(self._rows):
            self._read(self._rows[event.option_index])

    @work(exclusive=True, group="picture")
    async def _read(self, name: str) -> None:
        await asyncio.sleep(REST_SECONDS)
        cancelled = Event()
        try:
            image, facts = await asyncio.to_thread(self._load, name, cancelled)
            self._show_picture(image, facts)
        except PartnerTuiError as error:
            self._show_picture(None, error.message)
        finally:
            cancelled.set()

    def _load(self, name: str, cancelled: Event) -> tuple[Image.Image, str]:
        source, files = PictureSource("file", name, name), self._workspace.files
        image = load_picture(source, files, MAX_PIXELS, cancelled)
        facts = facts_of(image)
        if facts is None:
            return image, ""
        pixels = f", {facts.width} x {facts.height} px" if facts.width else ""
        notices = self._check(name, facts)
        first = f"{facts.form}, {max(1, round(facts.size / 1024)):,} KB{pixels}"
        return image, "\n".join((first, *(notice.text for notice in notices)))

    def _show_picture(self, image: Image.Image | None, facts: str) -> None:
        if not self.query(Picture):  # it was left meanwhile
            return
        self.query_one(Picture).show(image)
        self.query_one("#picture-facts", Static).update(visible(facts, 300, lines=True))

    # Choosing

    @on(Input.Changed, "#picture-filter")
    def _filtered(self) -> None:
        self._show_names()

    @on(Input.Submitted, "#picture-filter")
    def _submitted(self) -> None:
        self.query_one("#picture-list").focus()

    @on(OptionList.OptionSelected, "#picture-list")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._rows[event.option_index])

    def action_filter(self) -> None:
        self.query_one(FilterLine).focus()

    @act("copy")
    async def action_copy(self) -> None:
        folder = usual_folder(self._current, self._names)
        if picture := await self.app.push_screen_wait(CopyPictureScreen(self._workspace, folder)):
            self.dismiss(picture)
