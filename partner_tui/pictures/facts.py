"""What a decoded picture is, as far as it decides how a page shows it: kept with its pixels, since these are scaled down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

_KEY = "partner_tui"
_LIGHT = 235
"""From this brightness on, of 255, nothing is seen on white."""
_TRANSPARENT = 0.1
"""The share of a picture that has to be transparent for it to be seen on the page's ground."""


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """A picture as its file has it.

    Args:
        form: ``PNG``, ``JPEG``, ``GIF``, ``WEBP`` or ``SVG``: what its bytes are, whatever its name says.
        width, height: In pixels; 0 of an SVG, which has any size.
        size: In bytes.
        is_light: Whether it is nearly white on a transparent ground.
    """

    form: str
    width: int
    height: int
    size: int
    is_light: bool = False


def keep_facts(image: Image.Image, form: str, width: int, height: int, size: int) -> None:
    """Note what the file of an RGBA picture was, for `facts_of`."""
    image.info = {_KEY: PictureFacts(form, width, height, size, is_light(image))}


def facts_of(image: Image.Image) -> PictureFacts | None:
    """What the file of a picture was; None where nobody noted it."""
    facts = image.info.get(_KEY)
    return facts if isinstance(facts, PictureFacts) else None


def is_light(image: Image.Image) -> bool:
    """Whether an RGBA picture is nearly white on a transparent ground, so that it is not seen on a white page."""
    from PIL import Image, ImageStat

    small = image.resize((min(64, image.width), min(64, image.height)), Image.Resampling.BOX)
    alpha = small.getchannel("A")
    if ImageStat.Stat(alpha).mean[0] > 255 * (1 - _TRANSPARENT):
        return False
    seen = alpha.point([255 if one > 64 else 0 for one in range(256)])
    if seen.getbbox() is None:
        return True
    return bool(ImageStat.Stat(small.convert("L"), seen).mean[0] >= _LIGHT)
