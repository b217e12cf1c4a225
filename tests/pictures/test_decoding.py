"""Where pictures come from, and that hostile ones end in a sentence."""

from __future__ import annotations

import base64
import io
import struct
import threading
import time
import zlib
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image

from partner_tui.pictures.decoder import Decoder, load_picture, site_background
from partner_tui.pictures.decoding import decode
from partner_tui.pictures.raster import SIZE_LIMIT, PictureError
from partner_tui.pictures.source import PictureSource, resolve_picture

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 20 10">{}</svg>'


class Files:
    """A clone of two pictures, as values."""

    slug = "o/r"

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self.contents = contents

    def exists(self, path: str) -> bool:
        return path in self.contents

    def read_text(self, path: str) -> str | None:
        return None

    def read_bytes(self, path: str, limit: int) -> bytes | None:
        data = self.contents.get(path)
        return data if data is not None and len(data) <= limit else None


def picture(width: int = 40, height: int = 20, form: str = "PNG") -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (width, height), (200, 10, 10)).save(data, form)
    return data.getvalue()


FILES = Files({"images/icon.png": picture(), "static/img/own.png": picture()})
RAW = "https://raw.githubusercontent.com/o/r/main/"


@pytest.mark.parametrize(
    ("reference", "source"),
    [
        ("", PictureSource("none", "")),
        ("🦒", PictureSource("emoji", "🦒")),
        ("images/icon.png", PictureSource("file", "images/icon.png", "images/icon.png")),
        (f"{RAW}images/icon.png", PictureSource("file", f"{RAW}images/icon.png", "images/icon.png")),
        (f"{RAW}images/gone.png", PictureSource("missing", f"{RAW}images/gone.png", "images/gone.png")),
        ("static/img/own.png", PictureSource("file", "static/img/own.png", "static/img/own.png")),
        ("static/img/zoo-background.svg", PictureSource("site", "static/img/zoo-background.svg")),
        ("https://example.org/a.png", PictureSource("remote", "https://example.org/a.png")),
        ("../../etc/passwd.png", PictureSource("missing", "../../etc/passwd.png")),
        ("/etc/passwd.png", PictureSource("missing", "/etc/passwd.png")),
    ],
)
def test_a_reference_is_resolved_by_its_spelling(reference: str, source: PictureSource) -> None:
    assert resolve_picture(reference, FILES) == source


def test_a_picture_of_the_clone_is_loaded() -> None:
    loaded = load_picture(resolve_picture("images/icon.png", FILES), FILES, 10_000)
    assert (loaded.size, loaded.mode) == ((40, 20), "RGBA")


def test_the_sites_background_has_a_stand_in() -> None:
    loaded = load_picture(resolve_picture("static/img/zoo-background.svg", FILES), FILES, 300 * 100)
    assert loaded.size == (173, 57) or loaded.width / loaded.height == pytest.approx(3, abs=0.1)
    assert len(set(loaded.convert("RGB").get_flattened_data())) > 10
    assert len(site_background()) < 10_000


@pytest.mark.parametrize("reference", ["https://example.org/a.png", "gone.png", "🦒", ""])
def test_what_is_not_at_hand_says_so(reference: str) -> None:
    with pytest.raises(PictureError):
        load_picture(resolve_picture(reference, FILES), FILES, 100)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_large_picture_is_scaled_down(form: str) -> None:
    assert decode(picture(400, 200, form), "png", 200).size == (20, 10)


def test_a_wrong_suffix_does_not_matter() -> None:
    assert decode(picture(), "svg", 10_000).size == (40, 20)
    assert decode(SVG.format('<rect width="20" height="10"/>').encode(), "png", 100 * 50).size == (99, 50)


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"<", b"<svg", b"<html/>", b"\0" * 100, picture()[:60]]
)
def test_broken_pictures_end_in_a_sentence(data: bytes) -> None:
    with pytest.raises(PictureError):
        decode(data, "png", 100)


def test_a_picture_of_too_many_bytes_is_refused() -> None:
    with pytest.raises(PictureError, match="MiB"):
        decode(bytes(SIZE_LIMIT + 1), "png", 100)


def test_a_decompression_bomb_is_refused_by_its_header() -> None:
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0")), (b"IEND", b""))
    bomb = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    with pytest.raises(PictureError):
        decode(bomb, "png", 100)


def test_an_svg_does_not_load_pictures_from_this_disk(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(picture(20, 10))
    for link in (str(secret), secret.as_uri()):
        drawn = decode(
            SVG.format(f'<image xlink:href="{link}" width="20" height="10"/>').encode(), "svg", 200
        )
        assert not drawn.getchannel("A").getbbox()


def test_an_svg_keeps_a_small_picture_inside_it() -> None:
    inside = base64.b64encode(picture(20, 10)).decode()
    svg = SVG.format(f'<image href="data:image/png;base64,{inside}" width="20" height="10"/>')
    assert decode(svg.encode(), "svg", 200).getchannel("A").getextrema() == (255, 255)


def test_an_svg_that_multiplies_itself_is_refused_at_once() -> None:
    levels = "".join(f'<g id="a{n}">{f"""<use xlink:href="#a{n - 1}"/>""" * 10}</g>' for n in range(1, 12))
    started = time.process_time()
    with pytest.raises(PictureError, match="too often"):
        decode(
            SVG.format(f'<defs><rect id="a0"/>{levels}</defs><use xlink:href="#a11"/>').encode(), "svg", 100
        )
    assert time.process_time() - started < 2


def test_an_svg_that_multiplies_itself_by_style_is_refused_too() -> None:
    patterns = "".join(
        f'<pattern id="p{n}">' + f'<rect class="c{n - 1}"/>' * 10 + "</pattern>" for n in range(1, 12)
    )
    style = "".join(f".c{n}{{fill:url(#p{n})}}" for n in range(1, 12))
    with pytest.raises(PictureError, match="too often"):
        decode(SVG.format(f'<style>{style}</style>{patterns}<rect class="c11"/>').encode(), "svg", 100)


@pytest.mark.parametrize("use", ['filter="url(#f)"', 'style="fill:red; filter : url(#f);"', 'class="b"'])
def test_an_svg_is_drawn_without_its_filters(use: str) -> None:
    blurs = '<feGaussianBlur stdDeviation="500"/>' * 200
    shapes = f'<rect width="20" height="10" {use}/>' * 50
    style = "<style>.b{filter:url(#f)}</style>"
    started = time.process_time()
    drawn = decode(
        SVG.format(f'{style}<filter id="f" width="30">{blurs}</filter>{shapes}').encode(), "svg", 5000
    )
    assert time.process_time() - started < 2
    assert drawn.getchannel("A").getextrema() == (255, 255)


def test_an_svg_of_many_parts_is_refused() -> None:
    with pytest.raises(PictureError, match="too many parts"):
        decode(SVG.format("<g/>" * 30_000).encode(), "svg", 100)


def test_an_svg_that_refers_to_itself_ends() -> None:
    decode(SVG.format('<g id="a"><use xlink:href="#a"/></g>').encode(), "svg", 100)


@pytest.mark.parametrize(
    "svg",
    [
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg"/>',
        SVG.format("<g>" * 400 + "</g>" * 400),
        '<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>',
    ],
)
def test_an_svg_that_cannot_be_drawn_says_so(svg: str) -> None:
    with pytest.raises(PictureError):
        decode(svg.encode(), "svg", 100)


def test_an_svg_of_extreme_proportions_stays_small() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 100000000"><rect width="1" height="9"/></svg>'
    )
    width, height = decode(svg.encode(), "svg", 10_000).size
    assert width * height <= 10_000


@pytest.mark.parametrize(
    "style",
    [
        "." + "a" * 150_000,
        "{" * 50_000,
        "}" * 50_000,
        ".a{" * 50_000,
        "url(" * 50_000,
        "url(#a" + " " * 150_000,
        "/*" * 100_000,
        "filter" * 50_000 + " " * 100_000,
    ],
    ids=lambda style: style[:8],
)
def test_a_hostile_style_ends_soon(style: str) -> None:
    decoder = Decoder(seconds=5)
    try:
        decoder.decode(SVG.format(f"<style>{style}</style>").encode(), "svg", 100)
    except PictureError as error:
        assert "longer than" not in error.message
    finally:
        decoder.close()


def test_references_of_style_rules_are_found_behind_a_comment_with_a_brace() -> None:
    patterns = "".join(
        f'<pattern id="p{n}">' + f'<rect class="c{n - 1}"/>' * 10 + "</pattern>" for n in range(1, 12)
    )
    style = "".join(f".c{n}{{/*}}*/fill:url(#p{n})}}" for n in range(1, 12))
    with pytest.raises(PictureError, match="too often"):
        decode(SVG.format(f'<style>{style}</style>{patterns}<rect class="c11"/>').encode(), "svg", 100)


def test_an_svg_asks_no_host_and_reads_no_file(tmp_path: Path) -> None:
    """Of everything that an SVG can name a host or a file by, a real server and a real file hear nothing."""
    asked: list[str] = []
    (tmp_path / "secret.svg").write_text(SVG.format('<rect id="r" width="100" height="50" fill="red"/>'))

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        host, file = f"http://127.0.0.1:{server.server_address[1]}", (tmp_path / "secret.svg").as_uri()
        for place in (host, file):
            body = (
                f'<style>@import url("{place}/a.css"); @font-face {{font-family: f; src: url({place}/f.woff)}}</style>'
                f'<image href="{place}/a.png" width="9" height="9"/><use href="{place}#r"/>'
                f'<rect width="100" height="50" fill="url({place}#p)"/><text font-family="f">x</text>'
                f'<foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="{place}/b.png"/></foreignObject>'
                f'<a href="{place}"><script href="{place}/s.js"/></a>'
            )
            drawn = decode(SVG.format(body).encode(), "svg", 5_000)
            assert (255, 0, 0, 255) not in {colour for _, colour in drawn.getcolors(1 << 16) or ()}
        server.shutdown()
    assert asked == []
