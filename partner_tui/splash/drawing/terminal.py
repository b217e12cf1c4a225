"""A scene of a pane drawn in cells: in the app, on the command line, as .txt and as .ans."""

from __future__ import annotations

import io
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from rich.cells import cell_len

from partner_tui.pictures.fitting import Side, fitted
from partner_tui.splash.drawing.cells import Cells
from partner_tui.splash.scene import figures
from partner_tui.splash.scene.blocks import Area, Block, Letters, Picture, Scene, Text

if TYPE_CHECKING:
    from PIL import Image

Pixels: TypeAlias = "Callable[[Picture], Image.Image | None]"
"""The RGBA pixels of a picture; None where there are none, yet or at all."""


def no_pixels(picture: Picture) -> Image.Image | None:
    """Of a drawing without pictures."""
    return None


def draw_cells(scene: Scene, pixels: Pixels = no_pixels) -> Cells:
    """Draw a scene of a pane; what is outside is cut off. A picture's number in the cells is that of its block."""
    cells = Cells(scene.width, scene.height, figures.INK, scene.paper)
    for number, block in enumerate(scene.blocks):
        _draw(cells, block, pixels, number)
    return cells


def as_text(scene: Scene) -> str:
    """The characters alone, without pictures; a line break after every line."""
    return draw_cells(scene).plain() + "\n"


def as_ansi(scene: Scene, pixels: Pixels = no_pixels) -> str:
    """The drawing in escape codes of 24-bit colours."""
    from rich.console import Console
    from rich.segment import Segment, Segments

    output = io.StringIO()
    console = Console(
        file=output,
        force_terminal=True,
        color_system="truecolor",
        width=scene.width + 1,
        legacy_windows=False,
    )
    for line in draw_cells(scene, pixels).lines():
        console.print(Segments([*line, Segment.line()]), end="", soft_wrap=True)
    return output.getvalue()


def cells_of(block: Block) -> tuple[int, int, int, int]:
    """Where a block is, in whole cells: x, y, width, height."""
    box = block.box
    return round(box.x), round(box.y), round(box.width), round(box.height)


def _draw(cells: Cells, block: Block, pixels: Pixels, number: int) -> None:
    x, y, width, height = cells_of(block)
    match block:
        case Area(pill=True):
            _pill(cells, x, y, width, height, block.color)
        case Area():
            cells.fill(x, y, width, height, block.color)
        case Letters():
            cells.bitmap(x, y, block.dots, block.color)
        case Text():
            style = " ".join(
                word
                for word, is_on in (("bold", block.style.weight >= 600), ("underline", block.style.underline))
                if is_on
            )
            for number, line in enumerate(block.lines):
                shift = (width - cell_len(line)) // 2 if block.align == "center" else 0
                cells.text(x + shift, y + number, line, block.style.color, style)
            if block.bullet:
                cells.text(x - 2, y, "•", block.style.color)
        case Picture():
            image = pixels(block)
            if image is not None:
                cells.lay(number, x, y, width, height)
                cells.picture(x, y, _in_cells(image, width, height, block))
            elif block.text:
                cells.fill(x, y, width, height, figures.PLACEHOLDER)
                cells.text(
                    x + (width - cell_len(block.text)) // 2, y + (height - 1) // 2, block.text, figures.QUIET
                )


_KEPT = 32
_known: OrderedDict[tuple[object, ...], tuple[Image.Image, Image.Image]] = OrderedDict()
"""Of a terminal's pane, drawn anew at each key; each with the picture, so that its id stays its own."""


def _in_cells(image: Image.Image, width: int, height: int, block: Picture) -> Image.Image:
    """A picture in the pixels of its box of cells, two a cell."""
    key = (id(image), width, height, block.fit, block.bottom, block.opacity)
    if key not in _known:
        side: Side = "bottom" if block.bottom else "middle"
        box = fitted(image, width, 2 * height, side, block.fit == "cover", block.opacity)
        _known[key] = (image, box)
        while len(_known) > _KEPT:
            _known.popitem(last=False)
    return _known[key][1]


def _pill(cells: Cells, x: int, y: int, width: int, height: int, color: str) -> None:
    """A box with round ends; three rows high it has half rows above and below."""
    middle = y + height // 2
    if height >= 3:
        cells.text(x + 1, middle - 1, "▄" * (width - 2), color)
        cells.text(x + 1, middle + 1, "▀" * (width - 2), color)
    cells.text(x, middle, "▐", color)
    cells.fill(x + 1, middle, width - 2, 1, color)
    cells.text(x + width - 1, middle, "▌", color)
