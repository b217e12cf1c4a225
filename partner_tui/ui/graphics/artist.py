"""Draws pictures by the terminal's best means: half blocks at once, what the protocol needs as soon as it is encoded.

Encoding takes longer than a key press and runs in a thread of its own; what came of it is kept by picture, size and ground.
Where they go is for `GraphicsWidget` and `Placements`.
"""

from __future__ import annotations

import random
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from weakref import WeakSet

from textual.geometry import Size

from partner_tui.pictures.fitting import Side, fitted
from partner_tui.ui.graphics.placements import Placement, Placements
from partner_tui.ui.graphics.terminal import Graphics, cell_pixels

if TYPE_CHECKING:
    from PIL import Image

_KEPT = 64
"""Encoded pictures that are kept, and that a Kitty terminal is given."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture in a box of cells.

    Args:
        image: What is drawn, RGBA.
        size: Of the box, in cells; the picture keeps its aspect in it.
        alpha: How opaque it is, from 0 to 1.
        covers: Whether its middle fills the box.
    """

    image: Image.Image
    size: Size
    alpha: float = 1.0
    side: Side = "middle"
    covers: bool = False

    @property
    def key(self) -> tuple[object, ...]:
        return (id(self.image), self.size, self.alpha, self.side, self.covers)

    def at(self, width: int, height: int) -> Image.Image:
        """The box at this many pixels, RGBA, transparent around the picture."""
        return fitted(self.image, width, height, self.side, self.covers, self.alpha)


@dataclass(frozen=True, slots=True)
class Encoded:
    """What a picture is for the terminal.

    Args:
        image: Held, so that its id stays its own.
        number: What a Kitty terminal knows it by; 0 elsewhere.
        pixels: Width and height of what that was given.
        inline: The escape sequence that paints it in place of cells; empty elsewhere.
    """

    image: Image.Image
    number: int = 0
    pixels: tuple[int, int] = (0, 0)
    inline: str = ""


class Showing(Protocol):
    """A widget with pictures in it (`GraphicsWidget`)."""

    def look_again(self) -> None: ...

    def placements(self) -> Iterator[tuple[tuple[int, int], Placement]]: ...


class Artist:
    """Draws pictures.

    Args:
        graphics: By what means.
        write: Writes to the terminal, in order with the frames.
        later: Calls a function in the app's thread; safe in any thread.
    """

    def __init__(
        self, graphics: Graphics, write: Callable[[str], None], later: Callable[[Callable[[], None]], object]
    ) -> None:
        self.graphics = graphics
        self._write = write
        self._later = later
        self._known: OrderedDict[tuple[object, ...], Encoded] = OrderedDict()
        self._waiting: dict[tuple[object, ...], list[Callable[[], None]]] = {}
        self._next = random.randrange(1, 1 << 23)
        self._thread: ThreadPoolExecutor | None = None
        self._placements = Placements(write)
        self.widgets: WeakSet[Showing] = WeakSet()

    @property
    def cell(self) -> tuple[int, int]:
        """Width and height of a cell, in pixels; of half blocks, of which two are a cell, one is square."""
        if self.graphics.paints:
            return cell_pixels(self.graphics.cell)
        return (1, 2)

    @property
    def is_off(self) -> bool:
        return self.graphics.protocol == "off"

    def fit(self, image: Image.Image, bounds: Size) -> Size:
        """The cells that a picture takes within bounds, its aspect kept."""
        width, height = self.cell
        scale = min(bounds.width * width / image.width, bounds.height * height / image.height)
        return Size(
            max(1, min(bounds.width, round(image.width * scale / width))),
            max(1, min(bounds.height, round(image.height * scale / height))),
        )

    def kitty(self, drawing: Drawing, ready: Callable[[], None]) -> Encoded | None:
        """What a Kitty terminal was given of a picture; None elsewhere, and until it is encoded.

        Args:
            ready: Called when it is.
        """
        if self.graphics.protocol != "kitty":
            return None
        cell = self.cell
        known = self._encoded((*drawing.key, cell), drawing, ready, lambda: _png(drawing, cell))
        return known if known and known.number else None

    def inline(
        self, drawing: Drawing, rows: tuple[int, int], ground: tuple[int, int, int], ready: Callable[[], None]
    ) -> str:
        """What paints some rows of a picture, on an opaque ground; empty elsewhere, and until it is encoded."""
        if not self.graphics.is_inline:
            return ""
        cell, graphics = self.cell, self.graphics
        known = self._encoded(
            (*drawing.key, cell, rows, ground),
            drawing,
            ready,
            lambda: _inline(drawing, cell, rows, ground, graphics),
        )
        return known.inline if known else ""

    def _encoded(
        self, key: tuple[object, ...], drawing: Drawing, ready: Callable[[], None], encode: Callable[[], str]
    ) -> Encoded | None:
        """What is known by this key; else it is encoded, once, and whoever asked is told."""
        if (known := self._known.get(key)) is not None:
            self._known.move_to_end(key)
            return known
        if key in self._waiting:
            self._waiting[key].append(ready)
            return None
        self._waiting[key] = [ready]
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "pictures")
        done = self._thread.submit(encode)
        done.add_done_callback(
            lambda _: self._later(
                lambda: self._keep(key, drawing, "" if done.exception() else str(done.result()))
            )
        )
        return None

    def _keep(self, key: tuple[object, ...], drawing: Drawing, encoded: str) -> None:
        known = Encoded(drawing.image, inline=encoded)
        if self.graphics.protocol == "kitty" and encoded:
            self._next = self._next % 0xFFFFFF + 1
            width, height = self.cell
            pixels = (drawing.size.width * width, drawing.size.height * height)
            known = Encoded(drawing.image, self._next, pixels)
            self._write(_transmission(known.number, encoded))
        self._known[key] = known
        while len(self._known) > _KEPT:
            self._delete(self._known.popitem(last=False)[1])
        for ready in self._waiting.pop(key, ()):
            ready()

    def _delete(self, known: Encoded) -> None:
        if known.number:
            self._write(f"\x1b_Ga=d,d=I,i={known.number},q=2\x1b\\")

    def after_frame(self) -> None:
        """A frame was written: bring the pictures of a Kitty terminal in line with it."""
        if not self.graphics.paints:
            return
        for widget in tuple(self.widgets):
            widget.look_again()
        if self.graphics.protocol == "kitty":
            self._placements.show(one for widget in self.widgets for one in widget.placements())

    def forget(self) -> None:
        """Take every picture out of the terminal: the app ends, or comes back from an editor that cleared it."""
        self._placements.shown.clear()
        for known in self._known.values():
            self._delete(known)
        self._known.clear()

    def close(self) -> None:
        self.forget()
        if self._thread is not None:
            self._thread.shutdown(wait=False, cancel_futures=True)


def _png(drawing: Drawing, cell: tuple[int, int]) -> str:
    """The box as a PNG in base64."""
    import base64
    import io

    data = io.BytesIO()
    drawing.at(drawing.size.width * cell[0], drawing.size.height * cell[1]).save(
        data, format="png", compress_level=1
    )
    return base64.b64encode(data.getvalue()).decode("ascii")


def _transmission(number: int, png: str) -> str:
    """A Kitty terminal is given a picture, which it does not show yet."""
    chunks = [png[start : start + 4096] for start in range(0, len(png), 4096)]
    return "".join(
        f"\x1b_G{f'i={number},f=100,q=2,' if place == 0 else ''}m={int(place < len(chunks) - 1)};{chunk}\x1b\\"
        for place, chunk in enumerate(chunks)
    )


def _inline(
    drawing: Drawing,
    cell: tuple[int, int],
    rows: tuple[int, int],
    ground: tuple[int, int, int],
    graphics: Graphics,
) -> str:
    from partner_tui.ui.graphics.encoders import encode_sixel

    width, height = drawing.size.width * cell[0], drawing.size.height * cell[1]
    box = drawing.at(width, height).crop((0, rows[0] * cell[1], width, rows[1] * cell[1]))
    return encode_sixel(box, ground, graphics.colours)
