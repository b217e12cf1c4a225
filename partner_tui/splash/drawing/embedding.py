"""Text and pictures inside a file: signs of markup escaped, pixels as data: URIs that are encoded here.

Bytes of a contributed picture never reach a file: only what came out of its decoder does.
"""

from __future__ import annotations

import base64
import io
import re
from html import escape
from typing import TYPE_CHECKING

from partner_tui.splash.scene.blocks import Box

if TYPE_CHECKING:
    from PIL import Image

DENSITY = 2
"""Pixels of a picture for a CSS pixel, at most: sharp on screens that have two."""

_NO_CHARACTER = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def markup(text: str) -> str:
    """A text between tags, or in quotes, of HTML and of XML."""
    return escape(_NO_CHARACTER.sub("\ufffd", text))


def picture_uri(image: Image.Image, box: Box) -> str:
    """A picture as a PNG in a data: URI, no larger than its box needs."""
    image = image.convert("RGBA")
    width, height = box.width * DENSITY, box.height * DENSITY
    scale = max(width / image.width, height / image.height)
    if scale < 1:
        from PIL import Image as Pillow

        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        image = image.resize(size, Pillow.Resampling.LANCZOS)
    output = io.BytesIO()
    image.save(output, "PNG", optimize=True)
    return data_uri("image/png", output.getvalue())


def data_uri(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}"
