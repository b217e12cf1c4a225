"""In xterm by Sixel and in kitty by its own protocol, what is on the screen is the picture in the file, pixel by pixel."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from tests.ui.graphics.real_terminals import Kind, is_there, real_terminal

GREEN, DIALOG = (0, 255, 0), (0x87, 0x5F, 0)
CLOSE = 12.0
"""What a pixel may differ by on average: 256 colours of Sixel are told in hundredths. Half blocks differ by more than twice."""


def _fine_picture() -> Image.Image:
    """A picture whose details are smaller than half a cell: half blocks cannot show it."""
    picture = Image.new("RGBA", (240, 120))
    for x in range(240):
        for y in range(120):
            fine = 255 if (x // 4 + y // 4) % 2 else 0
            picture.putpixel((x, y), (fine, x // 60 * 60, y // 30 * 60, 255))
    return picture


class Screen:
    """Where the picture lies: found by the bar above it, whose height is that of a line."""

    def __init__(self, pixels: Image.Image) -> None:
        column = [pixels.getpixel((2, y)) == GREEN for y in range(pixels.height)]
        self.top = column.index(True)
        self.line = column[self.top :].index(False)


def _has_bar(pixels: Image.Image) -> bool:
    return any(pixels.getpixel((2, y)) == GREEN for y in range(0, pixels.height, 4))


def _difference(shown: Image.Image, meant: Image.Image) -> float:
    """How much two pictures of one size differ, on average, of 255."""
    bands = ImageStat.Stat(ImageChops.difference(shown.convert("RGB"), meant.convert("RGB"))).mean
    return float(sum(bands) / len(bands))


def _size(pixels: Image.Image, first: Screen) -> tuple[int, int]:
    """Width and height of the picture below the bar; its colours are all brighter than the ground somewhere."""
    below = pixels.crop((0, first.top + first.line, pixels.width, pixels.height))
    box = below.convert("L").point(lambda value: 255 * (value > 40)).getbbox()
    return (box[2], box[3]) if box else (0, 0)


@pytest.fixture(params=["xterm", "kitty"])
def kind(request: pytest.FixtureRequest) -> Kind:
    if not is_there(request.param):
        pytest.skip(f"there is no {request.param} here, or nothing to see it on")
    return request.param  # type: ignore[no-any-return]


@pytest.mark.slow
def test_the_picture_on_the_screen_is_the_one_in_the_file(kind: Kind, tmp_path: Path) -> None:
    """And it is gone under a dialog, moves with the text that scrolls, and leaves nothing behind."""
    meant = _fine_picture()
    meant.save(tmp_path / "fine.png")
    command = ("-m", "tests.ui.graphics.shown", str(tmp_path / "fine.png"))
    with real_terminal(kind, tmp_path, *command) as terminal:
        first = Screen(terminal.shows(_has_bar, "the bar above the picture"))
        seen = terminal.shows(lambda pixels: _is_as_meant(pixels, meant, first), "the picture")
        width, height = _size(seen, first)

        def is_shown(pixels: Image.Image, lines_up: int = 0) -> bool:
            hidden = max(0, lines_up - 1) * first.line
            top = first.top + first.line - lines_up * first.line + hidden
            return (
                _difference(
                    pixels.crop((0, top, width, top + height - hidden)),
                    meant.resize((width, height), Image.Resampling.LANCZOS).crop((0, hidden, width, height)),
                )
                < CLOSE
            )

        terminal.press("d")
        terminal.shows(lambda pixels: _is_all(pixels, DIALOG, first), "nothing but the dialog")
        terminal.press("d")
        terminal.shows(is_shown, "the picture again")
        terminal.press("j")
        terminal.shows(lambda pixels: is_shown(pixels, 4), "the lower part of the picture")
        terminal.press("j", "j", "j")
        terminal.shows(lambda pixels: _is_all(pixels, (16, 16, 16), first), "nothing of the picture")
        terminal.press("k", "k", "k", "k")
        terminal.shows(is_shown, "the picture at its old place")
        terminal.press("q")
        terminal.shows(lambda pixels: not _is_there(pixels, first), "the terminal as it was")


def _is_as_meant(pixels: Image.Image, meant: Image.Image, first: Screen) -> bool:
    """Whether the picture is there: large, of its aspect, and with its pixels, which half blocks do not have."""
    width, height = _size(pixels, first)
    top = first.top + first.line
    if height < 7 * first.line or abs(width - 2 * height) > 3:
        return False
    shown = pixels.crop((0, top, width, top + height))
    return _difference(shown, meant.resize((width, height), Image.Resampling.LANCZOS)) < CLOSE


def _is_all(pixels: Image.Image, colour: tuple[int, int, int], first: Screen) -> bool:
    """Whether the place of the picture has one colour; of a terminal that rounds, nearly."""
    place = pixels.crop((0, first.top + first.line, 20 * first.line // 2, first.top + 8 * first.line))
    return _difference(place, Image.new("RGB", place.size, colour)) < CLOSE


def _is_there(pixels: Image.Image, first: Screen) -> bool:
    place = pixels.crop((0, first.top + 2 * first.line, 20 * first.line // 2, first.top + 6 * first.line))
    return place.getcolors(50) is None
