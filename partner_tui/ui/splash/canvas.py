"""The scene of the splash drawn in a pane, from the form while it is edited; pictures appear as soon as they are read."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from threading import Event
from typing import Any

from rich.segment import Segment
from textual import work
from textual.color import Color
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from partner_tui.manifest.files import CloneFiles
from partner_tui.pictures.loading import Key, Pictures, load_pictures
from partner_tui.splash.drawing.terminal import cells_of, draw_cells
from partner_tui.splash.fields import PICTURE_KINDS, SPLASH_FIELDS
from partner_tui.splash.scene import make_scene
from partner_tui.splash.scene.blocks import WINDOWS, Pane, Picture, Scene, View, Window
from partner_tui.splash.share_links import Listed
from partner_tui.ui.graphics.artist import Drawing
from partner_tui.ui.graphics.widget import GraphicsWidget, Placed

MAX_PIXELS = 600_000
TYPING_SECONDS = 0.15
"""An address that is being typed is not looked up letter by letter."""

FORM_PICTURES = tuple(known.key for known in SPLASH_FIELDS if known.kind in PICTURE_KINDS)


class SplashCanvas(ScrollView, GraphicsWidget, can_focus=False):
    """Draws one view of the site in one window; cards that have no room are scrolled to.

    Args:
        files: The files of the clone, for pictures.
        entries: As the sites list them, for the cards.

    Attributes:
        partners: The `config` of all partners, for the strip; None where they are not known.
    """

    DEFAULT_CSS = "SplashCanvas { height: 1fr; width: 1fr; scrollbar-size-vertical: 1; overflow-x: hidden; }"

    view: reactive[View] = reactive[View]("classic")
    window: reactive[Window] = reactive(WINDOWS[0])
    page: reactive[int] = reactive(1)

    class Drawn(Message):
        """Another scene, or pictures arrived.

        Args:
            pictures: Whether there may be more to say of pictures than before.
        """

        def __init__(self, *, pictures: bool = False) -> None:
            super().__init__()
            self.pictures = pictures

    def __init__(self, files: CloneFiles, entries: Sequence[Listed] = ()) -> None:
        super().__init__()
        self.pictures = Pictures()
        self._files = files
        self.entries = entries
        self.partners: Sequence[Mapping[str, Any]] | None = None
        self.config: Mapping[str, Any] = {}
        self._scene: Scene | None = None
        self._lines: list[list[Segment]] = []

    @property
    def scene(self) -> Scene:
        """What is drawn."""
        if self._scene is None:
            self._scene = self.scene_of(self.size.height)
        return self._scene

    def scene_of(self, rows: int) -> Scene:
        """What is drawn where it has that many rows."""
        size = Pane(max(1, self.size.width), max(1, rows), self.window)
        return make_scene(self.view, self.config, self.entries, size, self.page, self.partners)

    def show(self, config: Mapping[str, Any]) -> None:
        """Draw another state of the form."""
        self.config = config
        self._redraw()

    def show_entries(self, entries: Sequence[Listed]) -> None:
        """Draw the cards of other entries."""
        self.entries = entries
        if self.view == "cards":
            self._redraw()

    def show_partners(self, partners: Sequence[Mapping[str, Any]] | None) -> None:
        """Draw the strip of other partners."""
        if partners != self.partners:
            self.partners = partners
            self._redraw()

    def watch_view(self) -> None:
        self.scroll_home(animate=False)
        self._redraw()

    def watch_window(self) -> None:
        self._redraw()

    def watch_page(self) -> None:
        self.scroll_home(animate=False)
        self._redraw()

    def on_resize(self) -> None:
        self._redraw()

    def _redraw(self) -> None:
        before, placed = self._lines, self.placed
        self._scene, self._lines = None, []
        if self.is_mounted and self.size.width:
            self.virtual_size = Size(self.size.width, self.scene.height)
            self.post_message(self.Drawn())
        self._look_up()
        if before:
            self._lines = self._draw()
        if len(before) != len(self._lines) or placed != self.placed:
            self.refresh()
            return
        changed = [y for y, (old, new) in enumerate(zip(before, self._lines, strict=True)) if old != new]
        if any(one.place.y <= y < one.place.bottom for one in placed for y in changed):
            self.refresh()  # a picture is painted whole
            return
        for y in changed:  # a letter more in the form changes one; to draw all takes ten times as long
            self.refresh_line(y)

    def _look_up(self) -> None:
        """Read what is drawn, and the pictures of the form whether they are drawn or not: in one go, since the newest
        reading ends the one before.
        """
        values = (self.config.get(key) for key in FORM_PICTURES)
        wanted = {(value.strip(), "") for value in values if isinstance(value, str) and value.strip()}
        wanted -= self.pictures.kinds.keys()
        if self.is_mounted and self.size.width:
            wanted |= self.pictures.missing(self.scene.pictures)
        if wanted and not self.artist.is_off:
            self._read_pictures(frozenset(wanted))

    @work(exclusive=True, group="pictures")
    async def _read_pictures(self, wanted: frozenset[Key]) -> None:
        await asyncio.sleep(TYPING_SECONDS)
        cancelled = Event()
        try:
            self.pictures.update(
                await asyncio.to_thread(load_pictures, wanted, self._files, MAX_PIXELS, cancelled)
            )
        finally:
            cancelled.set()
        self._lines = []
        self.refresh()
        self.post_message(self.Drawn(pictures=True))

    def look_for_pictures(self) -> None:
        """Look up again what was not there: it may have been downloaded."""
        if self.pictures.forget_missing():
            self._redraw()

    def redraw(self) -> None:
        self._lines = []
        super().redraw()

    def _settled(self) -> Scene:
        """The scene without the names of pictures that are still being looked up: they would flash."""
        keys = frozenset() if self.artist.is_off else self.pictures.missing(self.scene.pictures)
        blocks = (
            replace(one, text="") if isinstance(one, Picture) and (one.reference, one.base) in keys else one
            for one in self.scene.blocks
        )
        return replace(self.scene, blocks=tuple(blocks)) if keys else self.scene

    def _draw(self) -> list[list[Segment]]:
        """The lines, with the pictures left out that the terminal shows itself."""
        cells = draw_cells(self._settled(), self.pictures)
        if not self.artist.graphics.paints:
            return cells.lines()
        placed: list[Placed] = []
        left_out: set[int] = set()
        for number, block in enumerate(self.scene.blocks):
            image = self.pictures(block) if isinstance(block, Picture) else None
            if not isinstance(block, Picture) or image is None:
                continue
            place = Region(*cells_of(block))
            drawing = Drawing(
                image,
                place.size,
                block.opacity,
                "bottom" if block.bottom else "middle",
                covers=block.fit == "cover",
            )
            if self.is_left_out(drawing):
                left_out.add(number)
            placed.append(
                Placed(
                    place,
                    drawing,
                    Color.parse(cells.below(number) or self.scene.paper).rgb,
                    tuple(Region(*box) for box in cells.seen(number)),
                    tuple((x, y, Strip(line)) for x, y, line in cells.over(number)),
                )
            )
        self.placed = tuple(placed)
        return cells.lines(left_out)

    def render_line(self, y: int) -> Strip:
        if not self._lines:
            self._lines = self._draw()
        place = y + self.scroll_offset.y
        if place >= len(self._lines):
            return Strip.blank(self.size.width, self.rich_style)
        return Strip(self._lines[place], self.scene.width).crop_extend(0, self.size.width, self.rich_style)
