"""The font of every drawing: Roboto, which the site asks for, too; the widths that lines are broken by, and the large letters.

The file (SIL Open Font License, beside it) holds Latin, Greek and Cyrillic letters of weights 400 to 700 without hints, so that
a width grows with the size alone, here as in a browser. Of any other character the width is estimated.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import get_character_cell_size

if TYPE_CHECKING:
    from PIL import ImageFont

FAMILY = "Roboto"
FONT = resources.files("partner_tui.splash.scene").joinpath("data", "Roboto.ttf")
ASCENT, DESCENT = 0.928, 0.245
"""Of the size."""

_UNITS = 1000
_MISSING = "\uffff"
_WIDTHS = {0: 0.0, 1: 0.6, 2: 1.0}
"""Of characters that the font does not have, by their width in cells, in parts of the size."""
_EMOJI = 1.248
"""Of one emoji, whatever it is joined of, as browsers draw it."""
_EMOJIS = re.compile(
    "(?:[\U0001f1e6-\U0001f1ff]{2}|.\ufe0f|[\U0001f000-\U0001faff\u231a-\u2b55])[\U0001f3fb-\U0001f3ff]?\ufe0f?"
    "(?:\u200d.[\U0001f3fb-\U0001f3ff]?\ufe0f?)*"
)
"""What may be one; of a single character only one that is two cells wide is."""
_JOINERS = "\u200d\ufe0f"


@cache
def font_bytes() -> bytes:
    """The TrueType file."""
    return FONT.read_bytes()


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: int = 400) -> float:
    """The width of one line, in the unit of the size."""
    width = 0.0
    for is_known, run in runs(text):
        width += _font(_UNITS, weight).getlength(run) if is_known else _estimated(run) * _UNITS
    return width * size / _UNITS


def runs(text: str) -> Iterator[tuple[bool, str]]:
    """The parts of a line that are of this font, or are not; what is joined to one emoji stays together."""
    for is_known, run in groupby(text, lambda one: one not in _JOINERS and has_glyph(one)):
        yield is_known, "".join(run)


def _estimated(run: str) -> float:
    emojis = [one for one in _EMOJIS.findall(run) if len(one) > 1 or get_character_cell_size(one) == 2]
    rest = _EMOJIS.sub(lambda found: "" if found[0] in emojis else found[0], run)
    return len(emojis) * _EMOJI + sum(_WIDTHS[get_character_cell_size(one)] for one in rest)


@lru_cache(maxsize=4096)
def has_glyph(character: str) -> bool:
    """Whether the font has a character."""
    return character.isspace() or _drawn(character) != _drawn(_MISSING)


@lru_cache(maxsize=64)
def letter_dots(text: str, size: int, weight: int) -> tuple[tuple[bool, ...], ...]:
    """A text in dots, without the empty lines above and below; no rows for blanks alone."""
    from PIL import Image, ImageDraw

    font = _font(size, weight)
    image = Image.new("1", (int(font.getlength(text)) + size, 2 * size))
    draw = ImageDraw.Draw(image)
    draw.fontmode = "1"
    draw.text((1, 0), text, font=font, fill=1)
    box = image.getbbox()
    if box is None:
        return ()
    dots = image.crop(box).convert("L")
    width, data = dots.width, dots.tobytes()
    return tuple(tuple(map(bool, data[start : start + width])) for start in range(0, len(data), width))


def _drawn(character: str) -> bytes:
    return bytes(_font(32, 400).getmask(character))


@cache
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    font = ImageFont.truetype(io.BytesIO(font_bytes()), size)
    font.set_variation_by_axes([weight])
    return font
