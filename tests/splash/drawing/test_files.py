"""The scene as SVG, PNG and HTML: well formed, whole in one file, and nothing hostile in it."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from PIL import Image

from partner_tui.splash.drawing.embedding import markup
from partner_tui.splash.drawing.exports import FORMATS, format_of
from partner_tui.splash.drawing.html import as_html
from partner_tui.splash.drawing.svg import as_png, as_svg
from partner_tui.splash.scene import make_scene
from partner_tui.splash.scene.blocks import VIEWS, WINDOWS, Area, Text, Window
from tests.splash.scene.test_classic import CONFIG, EDGE
from tests.splash.scene.test_other_views import entries

PICTURE = Image.new("RGBA", (300, 100), (0, 120, 0, 255))
_LOADS_NOTHING = "data:image/png;base64,"
SMALL = Window(800, 720)


class Page(HTMLParser):
    """Tags with their attributes, and the text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] != "style":
            self.texts.append(data)


@pytest.mark.parametrize("case", EDGE)
@pytest.mark.parametrize("view", VIEWS)
def test_an_svg_is_well_formed_and_loads_nothing(view: Any, case: str) -> None:
    root = fromstring(as_svg(make_scene(view, CONFIG | EDGE[case], entries(), SMALL), lambda _: PICTURE))
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "rect", "g", "text", "circle", "image"}
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on")
            assert "href" not in name or value.startswith("data:image/png;base64,")


@pytest.mark.parametrize("case", EDGE)
@pytest.mark.parametrize("view", VIEWS)
def test_html_has_no_script_no_handler_and_loads_nothing(view: Any, case: str) -> None:
    config = CONFIG | {"docs": "javascript:alert(1)", "about_url": "javascript:alert(1)"} | EDGE[case]
    page = Page(as_html(make_scene(view, config, entries(), SMALL), lambda _: PICTURE))
    known = {"html", "head", "meta", "title", "style", "body", "nav", "main", "div", "h1", "h2", "ul", "li"}
    assert {tag for tag, _ in page.tags} <= known | {"span", "a", "img"}
    for _, attributes in page.tags:
        assert not {name for name in attributes if name.startswith("on") or name == "style"}
        assert (attributes.get("src") or _LOADS_NOTHING).startswith(_LOADS_NOTHING)
        assert (attributes.get("href") or "https://").startswith("https://")
    policies = [a["content"] for _, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert len(policies) == 1
    assert (policies[0] or "").startswith("default-src 'none'; style-src 'sha256-")


def test_html_has_the_texts_in_the_sites_order_and_its_one_link() -> None:
    page = Page(as_html(make_scene("classic", CONFIG, (), Window())))
    shown = [text.strip() for text in page.texts if text.strip()]
    start = shown.index("Microscopy Meadow")
    assert shown[start:][:6] == [
        "Microscopy Meadow",
        "Models and data for everything that grows",
        "Fast",
        "Free",
        "About",
        "Start Exploring",
    ]
    assert [attributes["href"] for tag, attributes in page.tags if tag == "a"] == ["https://example.org"]


def test_hostile_text_is_text() -> None:
    assert (
        markup('</script><b a="1">&\x00\ufffe') == "&lt;/script&gt;&lt;b a=&quot;1&quot;&gt;&amp;\ufffd\ufffd"
    )
    page = Page(as_html(make_scene("classic", CONFIG | EDGE["hostile"], (), Window())))
    assert "a␛[31m␇b⟨U+202E⟩c</script><b>&amp;[red]" in page.texts


@pytest.mark.parametrize("window", WINDOWS, ids=str)
def test_a_png_has_the_scenes_colours_at_its_places(window: Window) -> None:
    scene = make_scene("classic", CONFIG, (), window)
    with Image.open(io.BytesIO(as_png(scene, lambda _: PICTURE))) as opened:
        image = opened.convert("RGB")
    assert image.size == (window.width, window.height)
    for name in ("hero", "strip", "button-1", "button-2"):
        area = scene[name]
        assert isinstance(area, Area)
        x, y = area.box.x + area.box.width - 12, area.box.y + 3 + area.radius / 2
        assert _near(image.getpixel((int(x), int(y))), area.color)
    background = scene["background"].box
    middle = (int(background.x + background.width / 2), int(background.bottom) - 4)
    assert _near(image.getpixel(middle), "#077e31")
    title = scene["title"]
    assert isinstance(title, Text)
    line = image.crop((0, int(title.box.y), window.width, int(title.box.y + title.style.line_height)))
    ink = line.convert("L").point(lambda level: 255 if level > 220 else 0).getbbox()
    assert ink is not None
    assert ink[0] == pytest.approx(title.box.x, abs=8)


def _near(pixel: Any, color: str, by: int = 3) -> bool:
    wanted = [int(color[place : place + 2], 16) for place in (1, 3, 5)]
    return all(abs(one - other) <= by for one, other in zip(pixel, wanted, strict=True))


def test_every_format_is_chosen_by_its_suffix() -> None:
    scene = make_scene("classic", CONFIG, (), SMALL)
    starts = {".svg": b"<svg", ".png": b"\x89PNG", ".html": b"<!DOCTYPE html>"}
    for one in FORMATS:
        assert format_of(f"a/Splash{one.suffix.upper()}") is one
        if not one.in_cells:
            assert one.draw(scene, lambda _: PICTURE).startswith(starts[one.suffix])


def test_places_in_the_html_of_cards_are_those_of_the_scene() -> None:
    scene = make_scene("cards", CONFIG, entries(), SMALL)
    text = as_html(scene)
    box = scene["card-1"].box
    assert f"#card-1{{left:{box.x:.2f}px;top:{box.y:.2f}px;" in text
    assert re.search(r"#page\{width:800px;height:\d+px\}", text)
