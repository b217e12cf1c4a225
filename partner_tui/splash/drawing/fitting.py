"""A picture's pixels in the size of its box: all of it, or its middle, with its opacity."""

from __future__ import annotations

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


def fitted(image: Image.Image, width: int, height: int, picture: Picture) -> Placed:
    """Scale a picture for a box of this many pixels; at least one pixel, even sides in cells are the drawing's matter."""
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
