"""A widget with pictures in it: half blocks in its own lines, and over them what the terminal's protocol paints.

While a dialog lies over the screen, or a message over the widget, there are half blocks alone: these are dimmed and covered
as all text is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import cast

from rich.segment import ControlType, Segment
from rich.style import Style
from textual.app import ScreenStackError
from textual.dom import NoScreen
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from partner_tui.ui.app_base import BaseApp
from partner_tui.ui.graphics.artist import Artist, Drawing
from partner_tui.ui.graphics.placements import Placement, part_of
from partner_tui.ui.textual_private import lies_over

_NO_CELLS = ((ControlType.CURSOR_FORWARD, 0),)
"""Makes a segment one that takes no cells."""
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Placed:
    """A drawing in a widget.

    Args:
        place: In cells of the widget.
        ground: The colour below it.
        seen: The parts of the place where nothing covers it; empty where it is all of it.
        text: What stands on it, by its place in the widget.
    """

    place: Region
    drawing: Drawing
    ground: tuple[int, int, int]
    seen: tuple[Region, ...] = ()
    text: tuple[tuple[int, int, Strip], ...] = ()


class GraphicsWidget(Widget):
    """Draws its lines itself, with `placed` in them."""

    placed: tuple[Placed, ...] = ()
    is_bare = False
    """Whether something lies over it, so that half blocks alone are drawn."""

    def on_mount(self) -> None:
        self._number = next(_numbers)
        self.artist.widgets.add(self)

    @property
    def artist(self) -> Artist:
        return cast("BaseApp", self.app).artist

    def redraw(self) -> None:
        """Draw the lines anew: a picture is encoded, or is seen again."""
        self.refresh()

    def is_left_out(self, drawing: Drawing) -> bool:
        """Whether the cells below a drawing stay empty, because the terminal has the picture and shows it."""
        return not self.is_bare and self.artist.kitty(drawing, self.redraw) is not None

    def look_again(self) -> None:
        """After a frame: see whether something lies over it now."""
        bare = bool(self.placed) and self._is_covered()
        if bare != self.is_bare:
            self.is_bare = bare
            self.redraw()

    def _is_covered(self) -> bool:
        try:
            return self.app.screen is not self.screen or lies_over(self.screen, self.region)
        except (NoScreen, ScreenStackError):  # the app ends
            return True

    def placements(self) -> Iterator[tuple[tuple[int, int], Placement]]:
        """The pictures that a Kitty terminal should show of it now."""
        if self.is_bare or not self.placed or not self.is_attached or self._is_covered():
            return
        geometry = self.screen.find_widget(self) if self.is_on_screen else None
        if geometry is None:
            return
        shift = geometry.region.offset - self.scroll_offset
        sight = Region.from_offset(geometry.region.offset, self.size).intersection(geometry.clip)
        index = 0
        for one in self.placed:
            known = self.artist.kitty(one.drawing, self.redraw)
            whole = one.place.translate(shift)
            for part in one.seen or (one.place,):
                seen = part.translate(shift).intersection(sight)
                if known is not None and seen:
                    place = Placement(known.number, seen, part_of(known.pixels, whole, seen))
                    yield (self._number, index), place
                    index += 1

    def render_lines(self, crop: Region) -> list[Strip]:
        strips = super().render_lines(crop)
        if not self.artist.graphics.is_inline or not self.placed or not strips or self._is_covered():
            return strips
        painted = "".join(self._painted(one, crop) for one in self.placed)
        if painted:
            last = strips[-1]
            control = Segment(f"\x1b7{painted}\x1b8", Style.null(), _NO_CELLS)
            strips = [*strips[:-1], Strip([*last, control], last.cell_length)]
        return strips

    def _painted(self, one: Placed, crop: Region) -> str:
        """What paints the part of a picture that is seen, and the text that stands on it."""
        x, y = self.region.offset
        lines = self.app.size.height - 1  # what is painted on the last one would scroll the screen
        whole = one.place.translate(-self.scroll_offset)
        seen = whole.intersection(crop).intersection(Region(0, 0, crop.right, max(0, lines - y)))
        if seen.width != whole.width or not seen.height:
            return ""
        rows = (seen.y - whole.y, seen.bottom - whole.y)
        picture = self.artist.inline(one.drawing, rows, one.ground, self.redraw)
        if not picture:
            return ""
        text = "".join(
            f"{_at(x + left, y + top - self.scroll_offset.y)}{strip.render(self.app.console)}"
            for left, top, strip in one.text
            if seen.y <= top - self.scroll_offset.y < seen.bottom
        )
        return f"{_at(x + seen.x, y + seen.y)}{picture}{text}"


def _at(x: int, y: int) -> str:
    """Moves the cursor to a cell of the screen."""
    return f"\x1b[{y + 1};{x + 1}H"
