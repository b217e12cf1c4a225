"""A picture by the best means of the terminal, the aspect kept; half blocks where it has no other, a box where it is missing."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.geometry import Region, Size
from textual.strip import Strip

from partner_tui.pictures.raster import NOT_DOWNLOADED
from partner_tui.splash.drawing.cells import Cells
from partner_tui.ui.graphics.artist import Drawing
from partner_tui.ui.graphics.widget import GraphicsWidget, Placed

if TYPE_CHECKING:
    from PIL import Image


class Picture(GraphicsWidget):
    """A picture no larger than its bounds, in cells; nothing is drawn while there is none, and nothing is missing."""

    DEFAULT_CSS = "Picture { width: auto; height: auto; color: $foreground 60%; }"

    def __init__(self, width: int, height: int, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._bounds = Size(width, height)
        self._image: Image.Image | None = None
        self._missing = ""
        self._rows: tuple[object, list[Strip]] = (None, [])

    def show(self, image: Image.Image | None, missing: str = "") -> None:
        """Show an RGBA picture; None clears it.

        Args:
            missing: Why there is none: it is drawn in a box in its place.
        """
        self._image = image
        self._missing = "" if image is not None else missing
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
        width = min(self._bounds.width, max(1, room))
        if self.artist.is_off:
            return Size(0, 0)
        if self._image is not None:
            return self.artist.fit(self._image, Size(width, self._bounds.height))
        lines = len(self._lines(width)) + 2 if self._missing else 0
        return Size(width, min(self._bounds.height, lines)) if lines else Size(0, 0)

    def _lines(self, width: int) -> list[str]:
        return wrap(self._missing, max(1, width - 4))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return self._fitted(container.width or self._bounds.width).width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self._fitted(width).height

    def render_line(self, y: int) -> Strip:
        background, ink = self.background_colors[1], self.colors[3]
        ground = (background.r, background.g, background.b)
        key = (self.size, ground, ink)
        if self._rows[0] != key:
            paper, pen = background.hex6, background.blend(ink, ink.a, 1.0).hex6
            self._rows = (
                key,
                self._draw(ground, paper) if self._image is not None else self._box(paper, pen),
            )
        rows = self._rows[1]
        return rows[y] if y < len(rows) else Strip.blank(self.size.width, self.rich_style)

    def _draw(self, ground: tuple[int, int, int], paper: str) -> list[Strip]:
        if self._image is None or not self.size:
            return []
        drawing = Drawing(self._image, self.size, side="start")
        cells = Cells(self.size.width, self.size.height, paper, paper)
        if not self.is_left_out(drawing):
            cells.picture(0, 0, drawing.at(self.size.width, 2 * self.size.height))
        self.placed = (Placed(Region(0, 0, *self.size), drawing, ground),)
        return _strips(cells)

    def _box(self, paper: str, pen: str) -> list[Strip]:
        width, height = self.size
        lines = self._lines(width)[: height - 2]
        if width < 3 or height < 3:
            return []
        cells = Cells(width, height, pen, paper)
        cells.text(0, 0, f"┌{'─' * (width - 2)}┐", pen)
        cells.text(0, height - 1, f"└{'─' * (width - 2)}┘", pen)
        for y in range(1, height - 1):
            cells.text(0, y, "│", pen)
            cells.text(width - 1, y, "│", pen)
        for number, line in enumerate(lines):
            cells.text((width - cell_len(line)) // 2, 1 + number, line, pen)
        return _strips(cells)


def how_to_see(problem: str, more: str = "", key: str = "P") -> str:
    """Why a picture is not shown, and the key that changes that where one does.

    Args:
        more: Another key, after a comma.
        key: The one that downloads it; a function key where letters are typed.
    """
    return f"{problem}. Press {key} to download it{more}." if problem == NOT_DOWNLOADED else problem


def _strips(cells: Cells) -> list[Strip]:
    return [Strip(line, cells.width) for line in cells.lines()]
