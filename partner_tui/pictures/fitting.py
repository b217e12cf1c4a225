"""A picture's pixels in the size of its box: all of it, or its middle, with its opacity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL import Image

Side = Literal["start", "middle", "bottom"]
"""Where a picture lies in a box that is wider or higher: ``start`` is the top left, ``bottom`` the middle of its bottom."""
_SIDES: dict[Side, tuple[float, float]] = {"start": (0, 0), "middle": (0.5, 0.5), "bottom": (0.5, 1)}


def fitted(
    image: Image.Image, width: int, height: int, side: Side, covers: bool = False, opacity: float = 1.0
) -> Image.Image:
    """The box at this many pixels, RGBA, transparent around the picture.

    Args:
        covers: Whether the picture's middle fills the box, else all of it is seen.
    """
    from PIL import Image, ImageOps

    box_size, image = (max(1, width), max(1, height)), image.convert("RGBA")
    if covers:
        scaled = ImageOps.fit(image, box_size, Image.Resampling.LANCZOS)
    else:
        scale = min(width / image.width, height / image.height)
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        scaled = image.resize(size, Image.Resampling.LANCZOS)
    if opacity < 1:
        scaled.putalpha(scaled.getchannel("A").point([int(alpha * opacity) for alpha in range(256)]))
    if scaled.size == box_size:
        return scaled
    box = Image.new("RGBA", box_size, (0, 0, 0, 0))
    across, down = _SIDES[side]
    box.paste(scaled, (int((width - scaled.width) * across), int((height - scaled.height) * down)))
    return box
