"""Reads Sixel, as a terminal does, so that what is written can be looked at where there is none."""

from __future__ import annotations

import re

from PIL import Image

_TOKEN = re.compile(r'"[\d;]*|#(\d+)(?:;2;(\d+);(\d+);(\d+))?|!(\d+)([?-~])|([?-~])|([$-])')


def read_sixel(text: str) -> Image.Image:
    """The picture, RGBA; what was not painted is transparent."""
    _, size, body = re.match(r'\x1bP([\d;]*)q"1;1;(\d+;\d+)(.*)\x1b\\$', text, re.DOTALL).groups()  # type: ignore[union-attr]
    width, height = map(int, size.split(";"))
    picture = Image.new("RGBA", (width, height))
    colours: dict[int, tuple[int, int, int, int]] = {}
    x = y = colour = 0
    place = 0
    while place < len(body):
        token = _TOKEN.match(body, place)
        assert token is not None, body[place : place + 20]
        place = token.end()
        register, red, green, blue, count, repeated, single, move = token.groups()
        if register is not None:
            colour = int(register)
            if red is not None:
                values = [round(int(part) * 255 / 100) for part in (red, green, blue)]
                colours[colour] = (values[0], values[1], values[2], 255)
        elif move is not None:
            x, y = 0, y + (6 if move == "-" else 0)
        elif (sign := repeated or single) is not None:
            end = x + int(count or 1)
            for bit in range(6):
                if (ord(sign) - 63) >> bit & 1 and y + bit < height:
                    picture.paste(colours[colour], (x, y + bit, min(end, width), y + bit + 1))
            x = end
    return picture
