"""Pictures are decoded in a child: what hangs, crashes or eats memory there is a sentence here."""

from __future__ import annotations

import struct
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from partner_tui.errors import Cancelled
from partner_tui.pictures.decoder import Decoder
from partner_tui.pictures.raster import SIZE_LIMIT, PictureError
from tests.pictures.test_decoding import SVG, picture

_READY = "import sys, time, os; print('ready', flush=True); "


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    made = Decoder(seconds=20)
    yield made
    made.close()


def misbehaving(code: str, seconds: float = 20) -> Decoder:
    return Decoder(seconds, (sys.executable, "-c", _READY + code))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_comes_back_as_it_is(decoder: Decoder, form: str) -> None:
    shown = decoder.decode(picture(40, 20, form), form.lower(), 10_000)
    assert (shown.size, shown.mode) == ((40, 20), "RGBA")
    red, green, _, alpha = shown.getpixel((20, 10))  # type: ignore[misc]
    assert red > 190 and green < 20 and alpha == 255


def test_an_svg_is_drawn(decoder: Decoder) -> None:
    shown = decoder.decode(SVG.format('<rect width="20" height="10"/>').encode(), "svg", 5_000)
    assert shown.size == (99, 50)


def test_nothing_is_decoded_in_this_process() -> None:
    code = (
        "import sys; from partner_tui.pictures.decoder import Decoder; from PIL import Image;"
        "Image.open = None; decoder = Decoder();"
        'decoder.decode(b\'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>\', \'svg\', 9);'
        "assert not {'resvg_py', 'partner_tui.pictures.vector', 'defusedxml'} & set(sys.modules)"
    )
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_picture_that_takes_too_long_says_so_and_is_not_tried_again() -> None:
    decoder = misbehaving("time.sleep(60)", 0.3)
    for limit in (20.0, 0.3):
        started = time.monotonic()
        with pytest.raises(PictureError, match=r"decoding the picture took longer than 0\.3 s"):
            decoder.decode(picture(), "png", 100)
        assert time.monotonic() - started < limit
    decoder.close()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("os._exit(3)", "stopped unexpectedly"),
        ("sys.stdin.readline(); os.abort()", "stopped unexpectedly"),
        ("sys.stdin.readline(); print('nonsense', flush=True)", "cannot be decoded"),
        ('sys.stdin.readline(); print(\'{"size": [9, 9], "rgba": ""}\', flush=True)', "cannot be decoded"),
        ("sys.stdin.readline(); print('[]', flush=True)", "cannot be decoded"),
    ],
)
def test_a_child_that_misbehaves_costs_one_picture(code: str, said: str) -> None:
    decoder = misbehaving(code)
    with pytest.raises(PictureError, match=said):
        decoder.decode(picture(), "png", 100)
    decoder.close()


@pytest.mark.slow
def test_a_bomb_of_pixels_leaves_the_next_picture_alone(decoder: Decoder) -> None:
    with pytest.raises(PictureError, match="too large"):
        decoder.decode(picture(20_000, 3_000, "GIF"), "gif", 100)
    assert decoder.decode(picture(2, 3), "png", 100).size == (2, 3)


def test_a_file_over_the_limit_never_reaches_the_child() -> None:
    with pytest.raises(PictureError, match="the limit is 8 MiB"):
        misbehaving("raise SystemExit").decode(bytes(SIZE_LIMIT + 1), "png", 100)


def test_cancelling_ends_the_child_at_once() -> None:
    decoder, cancelled = misbehaving("time.sleep(60)"), threading.Event()
    threading.Timer(0.2, cancelled.set).start()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        decoder.decode(picture(), "png", 100, cancelled)
    assert time.monotonic() - started < 30


def test_a_header_that_promises_too_many_pixels_is_not_told_as_another_format(decoder: Decoder) -> None:
    header = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    ends = b"IDAT" + zlib.compress(bytes(1000))
    data = bomb + struct.pack(">I", len(ends) - 4) + ends + struct.pack(">I", zlib.crc32(ends))
    with pytest.raises(PictureError, match="too many pixels"):
        decoder.decode(data, "png", 10_000)


def test_a_child_that_cannot_be_started_costs_its_pictures_until_it_can_be(tmp_path: Path) -> None:
    decoder, program = Decoder(20, (str(tmp_path / "program"),)), tmp_path / "program"
    with pytest.raises(PictureError, match="decoding the picture cannot be started"):
        decoder.decode(picture(), "png", 100)
    program.write_text(f"#!/bin/sh\nexec {sys.executable} -m partner_tui.pictures.decoding\n")
    program.chmod(0o700)
    assert decoder.decode(picture(2, 3), "png", 100).size == (2, 3)
    assert decoder.decode(picture(), "png", 100)
    decoder.close()
