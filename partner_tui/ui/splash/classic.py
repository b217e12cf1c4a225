"""The classic splash drawn in cells, as the site lays it out: bar, blue hero, picture at the bottom right, strip of partners."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len

from partner_tui.plain import visible
from partner_tui.splash.fields import field
from partner_tui.splash.scene import (
    BACKGROUND_HEIGHT,
    BACKGROUND_OPACITY,
    BACKGROUND_WIDTH,
    BUTTON_COLOR,
    BUTTON_TEXT_COLOR,
    HERO_COLOR,
    NAVBAR_COLOR,
    STRIP_COLOR,
    SUBTITLE_COLOR,
    TITLE_COLOR,
    ClassicScene,
)
from partner_tui.ui.widgets.cells import Cells

if TYPE_CHECKING:
    from PIL import Image

Pictures = Mapping[str, "Image.Image"]

MAX_FEATURES = 30
MAX_TEXT = 400
QUIET = "#8a8f94"
BOLD_SIZES = (13, 11)
"""The title's bold letters have at least one of these sizes, in dots."""

THIN = ((11, 0), (10, 0))
"""Sizes and weights for a title that does not fit in bold letters; where these do not fit either it is plain text."""


def paint_classic(scene: ClassicScene, width: int, height: int, pictures: Pictures) -> Cells:
    """The splash in a window of this many cells.

    Args:
        pictures: The pixels at hand, RGBA, by their reference.
    """
    cells = Cells(width, height, TITLE_COLOR, HERO_COLOR)
    strip = 3 if height >= 14 else 1
    hero = (1, max(1, height - 1 - strip))
    _background(cells, scene, hero, pictures)
    cells.fill(0, 0, width, 1, NAVBAR_COLOR)
    cells.text(2, 0, visible(scene.navbar_text, MAX_TEXT), TITLE_COLOR, "bold")
    _hero(cells, scene, hero)
    _partners(cells, scene, height - strip, strip)
    return cells


def _background(cells: Cells, scene: ClassicScene, hero: tuple[int, int], pictures: Pictures) -> None:
    image = pictures.get(scene.background)
    top, rows = hero
    box = (int(cells.width * BACKGROUND_WIDTH), int(rows * BACKGROUND_HEIGHT))
    if image is None or min(box) < 1:
        return
    from PIL import Image as Pillow

    scale = min(box[0] / image.width, 2 * box[1] / image.height)
    size = (max(1, round(image.width * scale)), max(2, round(image.height * scale / 2) * 2))
    scaled = image.convert("RGBA").resize(size, Pillow.Resampling.LANCZOS)
    scaled.putalpha(scaled.getchannel("A").point([int(alpha * BACKGROUND_OPACITY) for alpha in range(256)]))
    cells.picture(cells.width - size[0], top + rows - size[1] // 2, scaled)


def _hero(cells: Cells, scene: ClassicScene, hero: tuple[int, int]) -> None:
    """Title, subtitle, bullets and buttons: at the left, centred from top to bottom, cut off where there is no room."""
    top, rows = hero
    left = max(2, cells.width // 14)
    room = max(8, cells.width - left - 2)
    subtitle = wrap(visible(scene.subtitle, MAX_TEXT), _line("splash_subtitle", room))
    features = [
        (line, number == 0)
        for feature in scene.features[:MAX_FEATURES]
        for number, line in enumerate(
            wrap(visible(feature, MAX_TEXT), _line("splash_feature_list", room - 4))
        )
    ]
    tall = rows >= 16
    below = len(subtitle) + len(features) + (2 if features else 1) + (3 if tall else 1)
    title = visible(scene.title, MAX_TEXT)
    plain = wrap(title, _line("splash_title", room))
    big = None
    if len(plain) == 1:  # in dots a long title would stand on one line, which the page wraps
        big = big_letters(title, 2 * room, 2 * (rows - below - 2), cells.width // 10)
    plain = plain if big is None else []
    title_rows = (len(big) + 1) // 2 + 1 if big else len(plain)
    y = top + max(0, (rows - title_rows - below) // 2)
    if big:
        cells.bitmap(left, y, big, TITLE_COLOR)
    for number, line in enumerate(plain):
        cells.text(left, y + number, line, TITLE_COLOR, "bold")
    y += title_rows + (0 if big else 1)
    end = top + rows
    for line in subtitle:
        if y < end:
            cells.text(left, y, line, SUBTITLE_COLOR)
        y += 1
    y += 1 if features and tall else 0
    for line, first in features:
        if y < end:
            cells.text(left + 2, y, f"{'•' if first else ' '} {line}", SUBTITLE_COLOR)
        y += 1
    _buttons(cells, scene, left, min(y + 1, end - (3 if tall else 1)), tall)


def _line(key: str, room: int) -> int:
    """How many cells a line of a field has: no more than the page has characters, where the pane is wider."""
    known = field(key)
    return min(room, known.fits) if known and known.fits else room


def _buttons(cells: Cells, scene: ClassicScene, left: int, y: int, tall: bool) -> None:
    """White pills; three lines high where there is room."""
    x = left
    for button in scene.buttons:
        label = f"  {visible(button.text, 60)}  "
        width = cell_len(label)
        middle = y + 1 if tall else y
        if tall:
            cells.text(x + 1, y, "▄" * width, BUTTON_COLOR)
            cells.text(x + 1, y + 2, "▀" * width, BUTTON_COLOR)
        cells.text(x, middle, "▐", BUTTON_COLOR)
        cells.text(x + 1, middle, label, BUTTON_TEXT_COLOR, paper=BUTTON_COLOR)
        cells.text(x + 1 + width, middle, "▌", BUTTON_COLOR)
        x += width + 4


def _partners(cells: Cells, scene: ClassicScene, top: int, rows: int) -> None:
    """The strip of partners: names for their logos, this one in front of the others."""
    cells.fill(0, top, cells.width, rows, STRIP_COLOR)
    x = 2
    for logo in sorted(scene.strip, key=lambda logo: not logo.current):
        name = visible(logo.name or logo.id, 40)
        if x + cell_len(name) > cells.width - 2:
            break
        ink, style = (BUTTON_TEXT_COLOR, "bold") if logo.current else (QUIET, "")
        x = cells.text(x, top + rows // 2, name, ink, style) + 3


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most this many cells, broken at blanks where there are some; none for an empty text."""
    width = max(1, width)
    lines: list[str] = []
    line = ""
    for word in text.split():
        while cell_len(word) > width:  # a word that no line holds is broken anywhere
            head = word[: max(1, width // 2)]
            lines.extend([line] if line else [])
            lines.append(head)
            line, word = "", word[len(head) :]
        if line and cell_len(line) + 1 + cell_len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line] if line else lines


def big_letters(text: str, width: int, height: int, wanted: int) -> list[list[bool]] | None:
    """A text in dots, in the largest letters that fit; None where none do.

    Args:
        width, height: The room, in dots: a cell is two dots wide and two high.
        wanted: The size of the font, in dots.
    """
    if not text.isprintable() or any(ord(character) >= 0x180 for character in text):
        return None  # not in Pillow's own font
    bold = ((size, 1 + size // 18) for size in range(max(wanted, BOLD_SIZES[0]), BOLD_SIZES[1] - 1, -1))
    fitting = (_letters(text[:80], size, weight) for size, weight in (*bold, *THIN))
    return next(
        (bits for bits in fitting if bits is not None and len(bits) <= height and len(bits[0]) <= width), None
    )


@lru_cache(maxsize=64)
def _letters(text: str, size: int, weight: int) -> list[list[bool]] | None:
    """A text in dots, each stroke made thicker by `weight`, without the empty lines above and below; None for blanks alone."""
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.load_default(size)
    steps = [round(font.getlength(character)) + weight for character in text]
    image = Image.new("1", (sum(steps) + 2, 2 * size))
    draw = ImageDraw.Draw(image)
    x = 0
    for character, step in zip(text, steps, strict=True):
        for shift in range(weight + 1):
            draw.text((x + shift, 0), character, font=font, fill=1)
        x += step
    box = image.getbbox()
    if box is None:
        return None
    dots = image.crop((0, box[1], box[2], box[3]))
    return [[bool(dots.getpixel((x, y))) for x in range(dots.width)] for y in range(dots.height)]
