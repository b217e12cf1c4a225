"""Pictures that take the place of cells, as escape sequences: textual-image's Sixel encoder, read in 0.12.0 (Python 3.11) and 0.14.0.

Its widgets encode while the screen is drawn, leave pictures behind, and write past the frames: see `artist` and `placements`.
What asks the terminal when the package is imported is not loaded by this.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual_image._sixel import SixelOptions, image_to_sixels

if TYPE_CHECKING:
    from PIL import Image

_DEFINED = re.compile(r"#(\d+);2;\d+;\d+;\d+")
_FILLED, _KEPT = "\x1bP0;0;", "\x1bP0;1;"


def encode_sixel(image: Image.Image, ground: tuple[int, int, int], colours: int) -> str:
    """A picture as Sixel.

    Args:
        image: RGBA.
        ground: What is seen through it.
        colours: At most; a terminal that has fewer takes the wrong ones.
    """
    flat = image_to_sixels(image, SixelOptions(colors=colours), (*ground, 1.0))
    # A height that is no multiple of six would be filled up with the terminal's own ground, over what lies below.
    kept = flat.replace(_FILLED, _KEPT, 1)
    return _DEFINED.sub(r"\g<0>#\1", kept)  # xterm 379 defines a colour without taking it
