"""A picture by the best means of the terminal, the aspect kept; half blocks where it has no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Region, Size
from textual.strip import Strip

from partner_tui.splash.drawing.cells import Cells
from partner_tui.ui.graphics.artist import Drawing
from partner_tui.ui.graphics.widget import GraphicsWidget, Placed

if TYPE_CHECKING:
    from PIL import Image


class Picture(GraphicsWidget):
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
        self.placed = ()
        self._rows = (None, [])
        self.refresh(layout=True)

    def redraw(self) -> None:
        self._rows = (None, [])
        super().redraw()

    @property
    def cells(self) -> Size:
        """The size that the picture takes."""
        return self._fitted(self._bounds.width)

    def _fitted(self, room: int) -> Size:
        if self._image is None or self.artist.is_off:
            return Size(0, 0)
        return self.artist.fit(self._image, Size(min(self._bounds.width, max(1, room)), self._bounds.height))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return self._fitted(container.width or self._bounds.width).width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self._fitted(width).height

    def render_line(self, y: int) -> Strip:
        background = self.background_colors[1]
        ground = (background.r, background.g, background.b)
        key = (self.size, ground)
        if self._rows[0] != key:
            self._rows = (key, self._draw(ground))
        rows = self._rows[1]
        return rows[y] if y < len(rows) else Strip.blank(self.size.width, self.rich_style)

    def _draw(self, ground: tuple[int, int, int]) -> list[Strip]:
        if self._image is None or not self.size:
            return []
        drawing = Drawing(self._image, self.size, side="start")
        paper = "#{:02x}{:02x}{:02x}".format(*ground)
        cells = Cells(self.size.width, self.size.height, paper, paper)
        if not self.is_left_out(drawing):
            cells.picture(0, 0, drawing.at(self.size.width, 2 * self.size.height))
        self.placed = (Placed(Region(0, 0, *self.size), drawing, ground),)
        return [Strip(line, self.size.width) for line in cells.lines()]
