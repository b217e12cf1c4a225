"""A picture's pixels in the size of its box: all of it, or its middle, with its opacity."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partner_tui.splash.scene.blocks import Picture

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True, slots=True)
class Placed:
    """Pixels, and where they are in their box."""

    image: Image.Image
    x: int
    y: int


_KEPT, _SMALL = 32, 100_000
_known: OrderedDict[tuple[object, ...], tuple[Image.Image, Placed]] = OrderedDict()
"""Of a terminal's pane, drawn anew at each key; each with the picture, so that its id stays its own."""


def fitted(image: Image.Image, width: int, height: int, picture: Picture) -> Placed:
    """Scale a picture for a box of this many pixels; at least one pixel, even sides in cells are the drawing's matter.

    Do not change what comes back: small ones are kept.
    """
    if width * height > _SMALL:
        return _fitted(image, width, height, picture)
    key = (id(image), width, height, picture.fit, picture.bottom, picture.opacity)
    known = _known.get(key)
    if known is None:
        known = _known[key] = (image, _fitted(image, width, height, picture))
        while len(_known) > _KEPT:
            _known.popitem(last=False)
    return known[1]


def _fitted(image: Image.Image, width: int, height: int, picture: Picture) -> Placed:
    from PIL import Image as Pillow
    from PIL import ImageOps

    image = image.convert("RGBA")
    if picture.fit == "cover":
        scaled, x, y = ImageOps.fit(image, (max(1, width), max(1, height)), Pillow.Resampling.LANCZOS), 0, 0
    else:
        scale = min(width / image.width, height / image.height)
        # An even height: two pixels are a cell.
        size = (max(1, round(image.width * scale)), max(2, round(image.height * scale / 2) * 2))
        scaled = image.resize(size, Pillow.Resampling.LANCZOS)
        x = (width - size[0]) // 2
        y = height - size[1] if picture.bottom else (height - size[1]) // 4 * 2
    if picture.opacity < 1:
        scaled.putalpha(scaled.getchannel("A").point([int(alpha * picture.opacity) for alpha in range(256)]))
    return Placed(scaled, x, y)
