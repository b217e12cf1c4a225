"""What a visitor will not see as it was meant is said of a picture once it is decoded."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PIL import Image, ImageDraw

from partner_tui.pictures.decoder import Decoder
from partner_tui.pictures.facts import PictureFacts, facts_of
from partner_tui.splash.fields import field
from partner_tui.splash.picture_rules import check_cover, check_picture, check_problem, check_shown
from partner_tui.splash.scene import make_scene
from partner_tui.splash.scene.blocks import VIEWS, Box, Picture

URL = "https://example.org/a.png"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (PictureFacts("PNG", 256, 256, 4_000), []),
        (PictureFacts("JPEG", 1280, 640, 400_000), ["a JPEG, which its name does not say: some programs"]),
        (PictureFacts("SVG", 0, 0, 4_000), ["an SVG, which its name does not say"]),
        (PictureFacts("PNG", 900, 300, 4_000), ["cropped to 16:9"]),
        (PictureFacts("PNG", 300, 600, 4_000), ["cropped to 16:9"]),
        (PictureFacts("GIF", 128, 128, 4_200_000), ["a GIF, which", "blurred", "4.2 MB"]),
    ],
)
def test_a_cover_is_judged_by_how_cards_show_it(facts: PictureFacts, said: list[str]) -> None:
    notices = check_cover(URL, facts)
    assert len(notices) == len(said)
    assert all(words in notice.text for words, notice in zip(said, notices, strict=True))


@pytest.mark.parametrize(
    ("key", "reference", "facts", "said"),
    [
        ("icon", URL, PictureFacts("PNG", 48, 48, 4_000), []),
        ("icon", URL, PictureFacts("PNG", 500, 480, 4_000), []),
        ("icon", "https://example.org/a.svg", PictureFacts("SVG", 0, 0, 4_000), []),
        ("icon", "https://example.org/a", PictureFacts("SVG", 0, 0, 4_000), []),
        ("background_image", "hills.JPEG", PictureFacts("JPEG", 1600, 400, 900_000), []),
        ("background_image", "hills.webp", PictureFacts("PNG", 1600, 400, 900_000), ["a PNG, which"]),
        ("background_image", URL, PictureFacts("PNG", 1600, 400, 9_000, is_light=True), []),
        ("logo", URL, PictureFacts("PNG", 300, 60, 4_000), []),
        ("icon", URL, PictureFacts("PNG", 32, 32, 4_000), ["blurred"]),
        ("icon", URL, PictureFacts("PNG", 300, 60, 4_000), ["in a square"]),
        ("icon", URL, PictureFacts("PNG", 64, 64, 300_000), ["0.3 MiB"]),
        ("logo", URL, PictureFacts("PNG", 64, 64, 4_000, is_light=True), ["nearly white"]),
        ("background_image", URL, PictureFacts("PNG", 320, 200, 3 << 20), ["blurred", "3.0 MiB"]),
        ("icon", URL, PictureFacts("SVG", 0, 0, 4_000), ["an SVG, which its name does not say"]),
        ("icon", "https://example.org/a.svg", PictureFacts("PNG", 64, 64, 4_000), ["a PNG, which"]),
    ],
)
def test_the_picture_of_a_field_is_judged_by_how_it_is_shown(
    key: str, reference: str, facts: PictureFacts, said: list[str]
) -> None:
    known = field(key)
    assert known is not None
    notices = check_picture(known, reference, facts)
    assert len(notices) == len(said)
    assert all(part in notice.text for part, notice in zip(said, notices, strict=True))
    assert all(notice.severity == "warning" and notice.hint for notice in notices)


def test_of_a_scene_the_partners_own_pictures_are_judged_and_covers() -> None:
    config = {
        "id": "meadow",
        "icon": "https://example.org/icon.png",
        "logo": "https://example.org/logo.png",
        "background_image": "https://example.org/hills.png",
    }
    partners = [{"id": "fern", "name": "Fern", "logo": "https://example.org/fern.png"}]
    tiny = PictureFacts("PNG", 20, 8, 400)
    said = {
        one.name: [notice.text for notice in check_shown(one, tiny)]
        for view in VIEWS
        for one in make_scene(view, config, partners=partners).pictures
    }
    assert {name for name, texts in said.items() if texts} == {"background", "logo-own", "icon-48"}
    assert said["icon-48"][0].startswith("The icon is 20 x 8 px")
    cover = Picture("card-1-picture", Box(0, 0, 160, 90), "a.png", fit="cover")
    assert check_shown(cover, tiny) == check_cover("a.png", tiny) != ()
    assert check_shown(replace(cover, fit="contain"), tiny) == ()


def test_of_a_partner_without_an_id_no_other_partners_logo_is_judged() -> None:
    partners = [{"id": "fern", "name": "Fern", "logo": "https://example.org/fern.png"}]
    logos = [
        one
        for one in make_scene("classic", {"name": "Meadow"}, partners=partners).pictures
        if one.name.startswith("logo-")
    ]
    assert [one.reference for one in logos] == ["https://example.org/fern.png"]
    assert check_shown(logos[0], PictureFacts("PNG", 20, 8, 400)) == ()


def test_a_picture_that_cannot_be_read_is_said_once() -> None:
    [notice] = check_problem("https://example.org/a.png answers 404 Not Found.")
    assert notice.text == "The picture cannot be shown: https://example.org/a.png answers 404 Not Found."
    assert check_problem("") == ()


@pytest.fixture(scope="module")
def decoder() -> Iterator[Decoder]:
    decoder = Decoder()
    yield decoder
    decoder.close()


def _drawn(ink: str, ground: tuple[int, int, int, int], form: str = "PNG") -> bytes:
    picture = Image.new("RGBA", (200, 100), ground)
    ImageDraw.Draw(picture).ellipse((20, 20, 150, 80), fill=ink)
    data = io.BytesIO()
    picture.save(data, format=form)
    return data.getvalue()


@pytest.mark.parametrize(
    ("ink", "ground", "light"),
    [
        ("white", (0, 0, 0, 0), True),
        ("black", (0, 0, 0, 0), False),
        ("white", (20, 60, 120, 255), False),
        ("white", (255, 255, 255, 255), False),  # its own ground: seen as it was drawn
    ],
)
def test_the_facts_are_those_of_the_file_and_not_of_what_is_left_of_it(
    decoder: Decoder, ink: str, ground: tuple[int, int, int, int], light: bool
) -> None:
    data = _drawn(ink, ground)
    image = decoder.decode(data, "jpg", 500)
    assert image.size < (200, 100)
    assert facts_of(image) == PictureFacts("PNG", 200, 100, len(data), light)


def test_an_svg_has_no_size_of_its_own(decoder: Decoder) -> None:
    data = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><rect width="4" height="2" fill="red"/></svg>'
    assert facts_of(decoder.decode(data, "png", 500)) == PictureFacts("SVG", 0, 0, len(data), False)
