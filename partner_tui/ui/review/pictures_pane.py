"""Pictures below one another, each under its caption; decoded in the confined child, one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from partner_tui.errors import PartnerTuiError
from partner_tui.plain import visible
from partner_tui.ui.widgets.picture import Picture
from partner_tui.workspace.contributions.shown_pictures import MOST, ShownPicture

if TYPE_CHECKING:
    from PIL import Image

WIDTH, HEIGHT = 60, 16
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
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", "Down", show=False, id="pictures.down", tooltip="Scroll down a line"),
        Binding("k", "scroll_up", "Up", show=False, id="pictures.up", tooltip="Scroll up a line"),
    ]

    def compose(self) -> ComposeResult:
        yield Static(id="no-pictures", markup=False)
        for _ in range(MOST):
            yield Static(classes="caption", markup=False)
            yield Picture(WIDTH, HEIGHT)

    def show_nothing(self, words: str) -> None:
        """There are none, or they are still being read."""
        nothing = self.query_one("#no-pictures", Static)
        nothing.update(words)
        nothing.display = bool(words)
        for widget in (*self.query(".caption"), *self.query(Picture)):
            widget.display = False

    @work(exclusive=True, group="pictures")
    async def show(self, pictures: Sequence[ShownPicture]) -> None:
        """Show pictures from the top, or that there are none."""
        self.show_nothing("" if pictures else "No pictures.")
        self.scroll_home(animate=False)
        rows = list(zip(self.query(".caption").results(Static), self.query(Picture), strict=True))
        cancelled = Event()
        try:
            for picture, (caption, drawn) in zip(pictures, rows, strict=False):
                image, words = await asyncio.to_thread(_load, picture, cancelled)
                caption.update(words)
                caption.display = True
                drawn.show(image)
                drawn.display = image is not None
        finally:
            cancelled.set()


def _load(picture: ShownPicture, cancelled: Event) -> tuple[Image.Image | None, str]:
    """The pixels and the caption; in place of the pixels why there are none."""
    from partner_tui.pictures.decoder import load_picture

    try:
        return load_picture(picture.source, picture.files, PIXELS, cancelled), picture.caption
    except PartnerTuiError as error:
        return None, f"{picture.caption}. Not shown: {visible(error.message, 200)}"
