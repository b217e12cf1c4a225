"""Today's strip and the cards, laid out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from partner_tui.manifest.dialects import understood
from partner_tui.manifest.files import NoFiles
from partner_tui.manifest.text.document import Document
from partner_tui.splash.scene import make_scene
from partner_tui.splash.scene.blocks import WINDOWS, Pane, Picture, Scene, Size, Text, Window
from partner_tui.splash.scene.pages import read_cards
from partner_tui.splash.share_links import Listed, list_entries
from tests.splash.scene.test_classic import CONFIG, EDGE

SIZES: tuple[Size, ...] = (*WINDOWS, Window(240, 240), Pane(120, 36), Pane(60, 20), Pane(20, 8), Pane(1, 1))

ENTRIES = """
config: {id: meadow, default_type: model}
collection:
- {id: fern, type: model, name: Fern, description: Grows, tags: [a, b, c, d], covers: [fern.png], icon: 🌿, links: [meadow]}
- {id: moss, type: model, name: Moss, icon: https://example.org/i.png, badges: [{label: One}, {label: Two}]}
- {id: ivy, type: model, id_emoji: 🍀, description: "x\\e[31m"}
- {id: data, type: dataset}
"""


def entries(text: str = ENTRIES) -> tuple[Listed, ...]:
    return list_entries(understood(Document(text, "collection.yaml")), NoFiles())


def lines(scene: Scene, name: str) -> tuple[str, ...]:
    block = scene[name]
    assert isinstance(block, Text)
    return block.lines


@pytest.mark.parametrize("size", SIZES[:3] + SIZES[4:6])
def test_the_tile_is_shown_at_both_sizes_with_link_and_tooltip(size: Size) -> None:
    icon = "https://example.org/i.png"
    scene = make_scene("today", CONFIG | {"icon": icon, "docs": "https://example.org"}, (), size)
    for side in (48, 32):
        picture = scene[f"icon-{side}"]
        assert isinstance(picture, Picture) and picture.reference == icon
        assert lines(scene, f"name-{side}") == ("Meadow",)
        assert lines(scene, f"link-{side}") == ("Read more",)
        if isinstance(size, Window):
            assert (picture.box.width, picture.box.height) == (side, side)
    assert " ".join(lines(scene, "tooltip")) == CONFIG["splash_subtitle"]


def test_what_todays_site_ignores_is_named_and_an_emoji_is_not_shown() -> None:
    scene = make_scene("today", CONFIG | {"icon": "🌿"}, (), WINDOWS[0])
    picture = scene["icon-48"]
    assert isinstance(picture, Picture) and (picture.reference, picture.text) == ("", "🦒")
    assert "link-48" not in [block.name for block in scene.blocks]
    texts = [notice.text for notice in scene.notices]
    assert texts[0].startswith("The icon is an emoji")
    assert texts[-1].startswith("Today's site does not show: Logo, Title, Features, Explore button")


def test_cards_are_those_of_the_type_that_the_link_names_linked_or_not() -> None:
    page = read_cards({"id": "meadow", "default_type": "model"}, entries())
    assert [(card.id, card.linked) for card in page.cards] == [
        ("meadow/fern", True),
        ("meadow/moss", False),
        ("meadow/ivy", False),
    ]
    assert [(card.picture, card.is_cover, card.text) for card in page.cards] == [
        ("fern.png", True, "fern.png"),
        ("https://example.org/i.png", False, "i.png"),
        ("", False, "🍀"),
    ]
    assert page.cards[0].tags == ("a", "b", "c")
    assert "shows 1 of 3 models" in page.problems[0].text


def test_there_are_twelve_cards_a_page() -> None:
    manifest = "config: {id: m, default_type: model}\ncollection:\n" + "".join(
        f"- {{id: e{number}, type: model, links: [m]}}\n" for number in range(30)
    )
    config = {"id": "m", "default_type": "model"}
    pages = [read_cards(config, entries(manifest), page) for page in (1, 2, 3, 9)]
    assert [(page.page, page.pages, len(page.cards)) for page in pages] == [
        (1, 3, 12),
        (2, 3, 12),
        (3, 3, 6),
        (3, 3, 6),
    ]
    assert pages[0].problems == ()
    assert (
        read_cards(config, ()).problems[0].text == "There is no model among the entries: the page is empty."
    )


def test_a_card_has_its_parts_below_each_other() -> None:
    scene = make_scene("cards", {"id": "meadow", "default_type": "model"}, entries(), Window(1366, 768))
    parts = ("card-1-picture", "card-1-name", "card-1-id", "card-1-description", "card-1-tag-1")
    tops = [scene[part].box.y for part in parts]
    assert tops == sorted(tops)
    cover = scene["card-1-picture"]
    assert cover.box.width / cover.box.height == pytest.approx(16 / 9)
    assert lines(scene, "card-2-badge-2") == ("Two",)
    assert lines(scene, "card-3-description") == ("x␛[31m",)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("case", EDGE)
@pytest.mark.parametrize("view", ["today", "cards"])
def test_any_config_in_any_size_has_a_scene(view: Any, case: str, size: Size) -> None:
    scene = make_scene(view, CONFIG | EDGE[case], entries(), size)
    names = [block.name for block in scene.blocks]
    assert len(set(names)) == len(names)
    for block in scene.texts:
        text = "".join(block.lines) if isinstance(block, Text) else block.text
        assert not {"\x1b", "\x07", "\u202e"} & set(text)


@pytest.mark.parametrize("size", [Window(1366, 768), Pane(80, 24), Pane(60, 20)], ids=str)
def test_that_an_entry_is_not_linked_is_read_however_long_its_id_is(size: Size) -> None:
    long = tuple(replace(one, id=f"meadow/{'a' * 70}", links=()) for one in entries())
    scene = make_scene("cards", CONFIG, long, size)
    ids = [one.lines[0] for one in scene.texts if isinstance(one, Text) and one.name.endswith("-id")]
    assert ids and all(line.endswith("… (not linked)") for line in ids)


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "Today's site shows no model here: it does not link to the partner."),
        (3, "Today's site shows no model here: none of the 3 links to the partner."),
    ],
)
def test_how_many_cards_lack_the_link_is_said(count: int, text: str) -> None:
    many = tuple(Listed(f"meadow/{number}", number, "model") for number in range(count))
    [notice] = make_scene("cards", {"id": "meadow", "default_type": "model"}, many).notices
    assert notice.text == text
