"""The child process that makes pixels of contributed pictures: nothing hostile in one reaches the app.

A decoder that hangs, crashes or eats memory ends this process and leaves a sentence where the picture would be. `Decoder`
starts it as ``python -m partner_tui.pictures.decoding``. A request is ``{"data": BASE64, "suffix": "png", "max_pixels":
N}``; an answer is ``{"size": [WIDTH, HEIGHT], "rgba": BASE64, "form": "PNG", "source": [WIDTH, HEIGHT]}``, the last two
of the file, or ``{"problem": "..."}``.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from partner_tui.confined.sandbox import serve
from partner_tui.pictures.raster import SIZE_LIMIT, PictureError, decode_raster, raster_header

if TYPE_CHECKING:
    from PIL import Image

_MEMORY = 2 << 30
_SECONDS = 20


def decode(data: bytes, suffix: str, max_pixels: int) -> Image.Image:
    """Decode a PNG, JPEG, GIF (its first frame), WebP or SVG to an RGBA picture of at most `max_pixels`.

    What the bytes are counts, not the suffix: many files carry a wrong one. The suffix only names the failure.

    Raises:
        PictureError: Too large, broken, or of another format.
    """
    if len(data) > SIZE_LIMIT:
        raise PictureError(f"the picture has {len(data) >> 20} MiB; the limit is {SIZE_LIMIT >> 20} MiB")
    if is_xml(data):
        from partner_tui.pictures.vector import render_svg

        data = render_svg(data, max_pixels)
    return decode_raster(data, suffix, max_pixels)


def is_xml(data: bytes) -> bool:
    """Whether these bytes can be an SVG, and no raster picture."""
    return data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _answer(line: bytes) -> bytes:
    try:
        request = json.loads(line)
        data = base64.b64decode(request["data"])
        picture = decode(data, request["suffix"], request["max_pixels"])
        pixels = base64.b64encode(picture.tobytes()).decode("ascii")
        form, source = ("SVG", (0, 0)) if is_xml(data) else raster_header(data)
        shape = {"size": picture.size, "rgba": pixels, "form": form, "source": source}
        return json.dumps(shape).encode("ascii")
    except PictureError as error:
        return json.dumps({"problem": error.message}).encode("ascii")
    except MemoryError:
        return b'{"problem": "the picture needs too much memory"}'
    except Exception:  # decoders raise nearly anything on broken bytes
        return b'{"problem": "the picture cannot be decoded"}'


def _prepare() -> None:
    import resvg_py  # noqa: F401
    from PIL import Image

    import partner_tui.pictures.vector  # noqa: F401

    Image.init()


if __name__ == "__main__":
    serve(_prepare, _answer, memory=_MEMORY, seconds=_SECONDS)
