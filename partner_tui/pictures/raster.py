"""Raster pictures to pixels, with bounds: contributed pictures are hostile until they are pixels.

The size is read from the header before anything is decoded, and only four common decoders ever see contributed bytes.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from partner_tui.errors import PartnerTuiError

if TYPE_CHECKING:
    from PIL import Image

#: The largest picture that is read, in bytes.
SIZE_LIMIT = 8 * 1024 * 1024

#: The largest raster picture that is decoded, in pixels: 40 megapixels are 160 MB while they are being scaled down.
SOURCE_PIXELS = 40_000_000

#: By Pillow's names; Pillow is told these alone.
RASTER_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
NOT_DOWNLOADED, DOWNLOADING = "external picture, not downloaded", "downloading the picture"
"""What is said of a picture that is elsewhere."""
STANDS_IN = "it is on the site; other hills are drawn instead"


class PictureError(PartnerTuiError):
    """A picture that cannot be shown; the message says why in a few words that fit where it would stand."""


def raster_header(data: bytes) -> tuple[str, tuple[int, int]]:
    """The format by Pillow's name, and width and height in pixels, from the header alone.

    Raises:
        PictureError: Broken, or of another format.
    """
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=RASTER_FORMATS) as picture:
            return picture.format or "", picture.size
    except Image.DecompressionBombError as error:
        raise PictureError("the picture has too many pixels to show") from error
    except Exception as error:  # Pillow's plugins raise nearly anything on broken bytes
        raise PictureError("this image format is not supported") from error


def decode_raster(data: bytes, suffix: str, max_pixels: int) -> Image.Image:
    """Decode a PNG, JPEG, GIF or WebP (the first frame) to RGBA, scaled down to at most `max_pixels`.

    Raises:
        PictureError: Too large, broken, or of another format; `suffix` (without a dot) only names it.
    """
    from PIL import Image

    _, (width, height) = raster_header(data)
    if width * height > SOURCE_PIXELS:
        raise PictureError(f"the picture has {width} x {height} pixels, which is too large to show")
    scale = min(1.0, (max_pixels / (width * height)) ** 0.5)
    size = (max(1, int(width * scale)), max(1, int(height * scale)))
    try:
        with Image.open(io.BytesIO(data), formats=RASTER_FORMATS) as picture:
            picture.draft(None, size)  # a JPEG decodes straight to a smaller size
            decoded = picture.convert("RGBA")
    except Exception as error:
        raise PictureError(f"the picture is broken (.{suffix.lower()})") from error
    return decoded if decoded.size == size else decoded.resize(size, Image.Resampling.BOX)


def is_on_its_way(problem: str) -> bool:
    """Whether a picture is not there because nobody had it downloaded yet, or because it is being downloaded."""
    return problem.startswith((NOT_DOWNLOADED, DOWNLOADING))
