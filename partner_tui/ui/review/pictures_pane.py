"""Pictures below one another, each under its caption; decoded in the confined child, one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from threading import Event
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from partner_tui.errors import PartnerTuiError
from partner_tui.plain import visible
from partner_tui.ui.widgets.picture import Picture, how_to_see
from partner_tui.ui.widgets.side_list import scroll_keys
from partner_tui.workspace.contributions.shown_pictures import ShownPicture

if TYPE_CHECKING:
    from PIL import Image

WIDTH, HEIGHT = 64, 16
"""Of one picture at most, in cells."""
PIXELS = 160_000


class PicturesPane(VerticalScroll):
    """As many pictures as are shown of one entry."""

    TITLE = "Pictures"
    DEFAULT_CSS = """
    PicturesPane {
        padding: 0 1; scrollbar-size-vertical: 1;
        Static { height: auto; color: $foreground 75%; }
        Picture { margin: 0 0 1 0; }
        .caption, Picture { display: none; }
    }
    """
    BINDINGS = [*scroll_keys("pictures")]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pictures: Sequence[ShownPicture] = ()

    def compose(self) -> ComposeResult:
        # What shows pictures is made for them: most reviews open without.
        yield Static(id="no-pictures", markup=False)

    def show_nothing(self, words: str) -> None:
        """There are none, or they are still being read."""
        nothing = self.query_one("#no-pictures", Static)
        nothing.update(words)
        nothing.display = bool(words)
        for widget in (*self.query(".caption"), *self.query(Picture)):
            widget.display = False

    def show(self, pictures: Sequence[ShownPicture]) -> None:
        """Show pictures from the top, or that there are none."""
        self.show_nothing("" if pictures else "No pictures.")
        self.scroll_home(animate=False)
        self._pictures = pictures
        self.show_again()

    @work(exclusive=True, group="pictures")
    async def show_again(self) -> None:
        """Draw them where they are; one that was not there may be."""
        pictures = self._pictures
        for _ in range(len(self.query(Picture)), len(pictures)):
            await self.mount(Static(classes="caption", markup=False), Picture(WIDTH, HEIGHT))
        rows = list(zip(self.query(".caption").results(Static), self.query(Picture), strict=True))
        cancelled = Event()
        try:
            for picture, (caption, drawn) in zip(pictures, rows, strict=False):
                image, missing = await asyncio.to_thread(_load, picture, cancelled)
                caption.update(picture.caption)
                drawn.show(image, missing)
                caption.display = drawn.display = True
        finally:
            cancelled.set()


def _load(picture: ShownPicture, cancelled: Event) -> tuple[Image.Image | None, str]:
    """The pixels, or why there are none."""
    from partner_tui.pictures.decoder import load_picture

    try:
        return load_picture(picture.source, picture.files, PIXELS, cancelled), ""
    except PartnerTuiError as error:
        return None, how_to_see(visible(error.message, 200))
