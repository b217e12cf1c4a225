"""What is written as Sixel reads back as the picture, in no more colours than the terminal has."""

from __future__ import annotations

import re

import pytest
from PIL import Image, ImageChops, ImageStat
from textual.geometry import Region, Size

from partner_tui.settings import PICTURES
from partner_tui.ui.graphics.artist import Artist, Drawing
from partner_tui.ui.graphics.encoders import encode_sixel
from partner_tui.ui.graphics.placements import Placement, Placements, part_of
from partner_tui.ui.graphics.terminal import NAMES, Graphics
from tests.ui.graphics.sixel_reader import read_sixel


def _picture() -> Image.Image:
    picture = Image.new("RGBA", (61, 37), (200, 0, 0, 255))
    picture.paste((0, 90, 200, 255), (10, 5, 40, 30))
    picture.paste((0, 0, 0, 0), (20, 10, 30, 20))
    return picture


@pytest.mark.parametrize("colours", [256, 16, 4])
def test_sixel_reads_back_as_the_picture_on_its_ground(colours: int) -> None:
    written = encode_sixel(_picture(), (40, 40, 40), colours)
    meant = Image.new("RGBA", (61, 37), (40, 40, 40, 255))
    meant.alpha_composite(_picture())
    shown = read_sixel(written)
    difference = ImageStat.Stat(ImageChops.difference(shown.convert("RGB"), meant.convert("RGB"))).mean
    assert shown.size == meant.size
    assert max(difference) < 3
    assert shown.getchannel("A").getextrema() == (255, 255)
    assert max(int(register) for register in re.findall(r"#(\d+)", written)) < colours


def test_every_colour_is_taken_where_it_is_defined() -> None:
    """xterm 379 only defines it, and would paint with the one before."""
    written = encode_sixel(_picture(), (0, 0, 0), 256)
    defined = re.findall(r"#(\d+);2;\d+;\d+;\d+(#\d+)?", written)
    assert defined
    assert all(taken == f"#{register}" for register, taken in defined)


def test_a_drawing_keeps_its_aspect_in_its_box() -> None:
    wide = Image.new("RGBA", (100, 10), (255, 0, 0, 255))
    box = Drawing(wide, Size(10, 10), side="bottom").at(100, 100)
    assert box.getbbox() == (0, 90, 100, 100)
    assert Drawing(wide, Size(10, 10)).at(100, 100).getbbox() == (0, 45, 100, 55)
    assert Drawing(wide, Size(1, 1), alpha=0.5, side="start").at(100, 20).getpixel((0, 0)) == (255, 0, 0, 127)


def test_a_kitty_terminal_is_given_a_picture_once_and_told_of_changes_alone() -> None:
    written: list[str] = []
    placements = Placements(written.append)
    one = Placement(7, Region(2, 3, 10, 5), Region(0, 0, 100, 100))
    placements.show([((1, 0), one)])
    placements.show([((1, 0), one)])
    assert len(written) == 1
    assert "\x1b[4;3H\x1b_Ga=p,i=7," in written[0]
    assert "c=10,r=5" in written[0]
    placements.show([])
    assert "a=d,d=i,i=7" in written[1]
    assert placements.shown == {}


def test_of_a_picture_that_is_scrolled_the_part_that_is_seen_is_shown() -> None:
    assert part_of((100, 200), Region(5, -4, 10, 10), Region(5, 0, 10, 6)) == Region(0, 80, 100, 120)


def test_encoding_is_done_once_and_what_ends_leaves_no_picture_behind() -> None:
    written: list[str] = []
    ready: list[int] = []
    artist = Artist(Graphics("kitty"), written.append, lambda call: call())
    drawing = Drawing(_picture(), Size(6, 2))
    assert artist.kitty(drawing, lambda: ready.append(1)) is None
    assert artist._thread is not None
    artist._thread.submit(int).result()  # the one before is done
    first = artist.kitty(drawing, lambda: ready.append(2))
    assert first is not None
    assert artist.kitty(Drawing(drawing.image, Size(6, 2)), lambda: None) == first
    assert (len(written), ready) == (1, [1])
    artist.close()
    assert f"a=d,d=I,i={first.number}" in written[-1]


def test_a_terminal_without_graphics_is_given_none() -> None:
    artist = Artist(Graphics("blocks"), lambda text: pytest.fail(text), lambda call: call())
    drawing = Drawing(_picture(), Size(6, 2))
    assert artist.kitty(drawing, lambda: None) is None
    assert artist.inline(drawing, (0, 2), (0, 0, 0), lambda: None) == ""
    artist.close()


def test_each_protocol_can_be_set() -> None:
    assert set(PICTURES) == {"auto", *NAMES}
