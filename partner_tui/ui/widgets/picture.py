"""A picture in half blocks: two pixels a cell, the aspect kept, whatever the terminal can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from PIL import Image


class Picture(Widget):
    """A picture no larger than its bounds, in cells; nothing is drawn while there is none."""

    DEFAULT_CSS = "Picture { width: auto; height: auto; }"

    def __init__(self, width: int, height: int, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._bounds = Size(width, height)
        self._image: Image.Image | None = None
        self._rows: tuple[object, list[Strip]] = (None, [])

    def show(self, image: Image.Image | None) -> None:
        """Show an RGBA picture; None clears it."""
        self._image = image
        self._rows = (None, [])
        self.refresh(layout=True)

    @property
    def cells(self) -> Size:
        """The size that the picture takes; a cell is twice as high as wide."""
        if self._image is None:
            return Size(0, 0)
        width, height = self._image.size
        scale = min(self._bounds.width / width, 2 * self._bounds.height / height)
        return Size(max(1, round(width * scale)), max(1, round(height * scale / 2)))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return self.cells.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self.cells.height

    def render_line(self, y: int) -> Strip:
        background = self.background_colors[1]
        key = (self.size, background)
        if self._rows[0] != key:
            self._rows = (key, self._draw((background.r, background.g, background.b)))
        rows = self._rows[1]
        return rows[y] if y < len(rows) else Strip.blank(self.size.width, self.rich_style)

    def _draw(self, background: tuple[int, int, int]) -> list[Strip]:
        from PIL import Image

        if self._image is None or not self.size:
            return []
        width, height = self.size.width, self.size.height * 2
        scaled = self._image.convert("RGBA").resize((width, height), Image.Resampling.LANCZOS)
        flat = Image.new("RGBA", (width, height), (*background, 255))
        flat.alpha_composite(scaled)
        data = flat.convert("RGB").tobytes()

        def colour(x: int, y: int) -> Color:
            place = (y * width + x) * 3
            return Color.from_triplet(ColorTriplet(*data[place : place + 3]))

        return [
            Strip(
                [Segment("▀", Style(color=colour(x, y), bgcolor=colour(x, y + 1))) for x in range(width)],
                width,
            )
            for y in range(0, height, 2)
        ]
