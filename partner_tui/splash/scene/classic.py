"""The classic page in a browser's window: fixed bar, blue hero with the texts, picture at the bottom right, strip of partners.

The lines are broken by the widths of the font; the page grows with its texts, and what is below the window is not seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import get_args

from partner_tui.splash.notices import Notice, NoticeSeverity
from partner_tui.splash.scene import figures
from partner_tui.splash.scene.blocks import Area, Block, Box, Picture, Scene, Style, Text, Window
from partner_tui.splash.scene.font import text_width
from partner_tui.splash.scene.pages import ClassicPage
from partner_tui.splash.scene.wrapping import clip, wrap_pixels


@dataclass(frozen=True, slots=True)
class ClassicTexts:
    """The texts of the hero as a window breaks them; features are empty where the window hides them."""

    title: tuple[str, ...]
    subtitle: tuple[str, ...]
    features: tuple[tuple[str, ...], ...]


def text_room(window: Window) -> float:
    """The width that title and subtitle have, in CSS pixels."""
    return max(1.0, figures.CONTAINER * (window.width - 2 * figures.HERO_PADDING[1]))


def break_texts(page: ClassicPage, window: Window) -> ClassicTexts:
    """Break the texts as the window does."""
    room = text_room(window)
    features: tuple[tuple[str, ...], ...] = ()
    if window.height > figures.FEATURES_HIDDEN_AT:
        features = tuple(
            _wrap(one, figures.feature(window), room - figures.FEATURES_INDENT) or ("",)
            for one in page.features
        )
    return ClassicTexts(
        _wrap(page.title, figures.title(window), room),
        _wrap(page.subtitle, figures.subtitle(window), room),
        features,
    )


def classic_in_window(page: ClassicPage, window: Window) -> Scene:
    """Lay the page out."""
    left = figures.HERO_PADDING[1] + (1 - figures.CONTAINER) / 2 * (
        window.width - 2 * figures.HERO_PADDING[1]
    )
    flow = _Flow(left, text_room(window))
    texts = break_texts(page, window)
    flow.text("title", page.title, texts.title, figures.title(window), 0)
    flow.text("subtitle", page.subtitle, texts.subtitle, figures.subtitle(window), figures.SUBTITLE_MARGIN)
    margin = figures.FEATURES_MARGIN
    for number, lines in enumerate(texts.features, 1):
        indent = figures.FEATURES_INDENT
        text = page.features[number - 1]
        flow.text(f"feature-{number}", text, lines, figures.feature(window), margin, indent, bullet=True)
        margin = 0
    flow.buttons(page, figures.button(window))

    inner = window.height - figures.NAVBAR - 2 * figures.HERO_PADDING[0]
    needed = flow.y + figures.BELOW_TEXTS
    below = max(0.0, needed - inner)
    hero = Box(0, figures.NAVBAR, window.width, window.height - figures.NAVBAR + below)
    top = figures.NAVBAR + figures.HERO_PADDING[0] + max(0.0, inner - needed) / 2
    blocks = (
        Area("hero", hero, figures.BLUE),
        *_background(page, hero),
        *_strip(page, hero),
        *(flow.placed(top)),
        *_navbar(page, window),
    )
    said = notices(page, texts, window, below)
    return Scene("classic", window, window.width, window.height, figures.BLUE, blocks, said, below)


def notices(page: ClassicPage, texts: ClassicTexts, window: Window, below: float) -> tuple[Notice, ...]:
    """What is not as it should be: of the page, and of this window."""
    found = []
    if page.features and not texts.features:
        hidden = f"This window hides the features: its height is at most {figures.FEATURES_HIDDEN_AT} px."
        found.append(Notice("warning", hidden))
    elif page.features:
        hidden = f"Low windows (at most {figures.FEATURES_HIDDEN_AT} px) hide the features."
        found.append(Notice("info", hidden))
    if below:
        line = f"The page is {below:.0f} px higher than this window: visitors scroll to the buttons."
        found.append(Notice("warning", line, "Shorten the texts or the list of features."))
    return tuple(
        sorted([*found, *page.problems], key=lambda notice: get_args(NoticeSeverity).index(notice.severity))
    )


class _Flow:
    """Texts and buttons below each other, from 0 on."""

    def __init__(self, left: float, room: float) -> None:
        self.y = 0.0
        self._left = left
        self._room = room
        self._blocks: list[Block] = []

    def text(
        self,
        name: str,
        text: str,
        lines: tuple[str, ...],
        style: Style,
        margin: float,
        indent: float = 0,
        bullet: bool = False,
    ) -> None:
        if lines:
            self.y += margin
            height = len(lines) * style.line_height
            box = Box(self._left + indent, self.y, self._room - indent, height)
            self._blocks.append(Text(name, box, lines, style, bullet=bullet, text=text))
            self.y += height

    def buttons(self, page: ClassicPage, style: Style) -> None:
        self.y += figures.BUTTONS_MARGIN
        x = 0.0
        for number, button in enumerate(page.buttons, 1):
            most = self._room - 2 * figures.BUTTON_PADDING
            label = clip(button.text, most, lambda text: text_width(text, style.size))
            width = text_width(label, style.size) + 2 * figures.BUTTON_PADDING
            if x and x + width > self._room:
                x, self.y = 0.0, self.y + figures.BUTTON_HEIGHT + figures.BUTTON_GAP
            box = Box(self._left + x, self.y, width, figures.BUTTON_HEIGHT)
            self._blocks.append(
                Area(f"button-{number}", box, figures.WHITE, figures.BUTTON_HEIGHT / 2, pill=True)
            )
            if label:
                self._blocks.append(
                    Text(f"button-{number}-text", box, (label,), style, "center", link=button.url or "")
                )
            x += width + figures.BUTTON_GAP
        self.y += figures.BUTTON_HEIGHT

    def placed(self, top: float) -> Iterator[Block]:
        for block in self._blocks:
            yield moved(block, 0, top)


def moved(block: Block, x: float, y: float) -> Block:
    """The same, elsewhere."""
    return replace(block, box=Box(block.box.x + x, block.box.y + y, block.box.width, block.box.height))


def _wrap(text: str, style: Style, room: float) -> tuple[str, ...]:
    return wrap_pixels(text, style.size, style.weight, room)


def _navbar(page: ClassicPage, window: Window) -> Iterator[Block]:
    yield Area("navbar", Box(0, 0, window.width, figures.NAVBAR), figures.BLUE)
    style = figures.navbar(window)
    room = window.width - 2 * figures.BUTTON_PADDING
    line = clip(page.navbar(window), room, lambda one: text_width(one, style.size))
    yield Text("navbar-text", Box(figures.BUTTON_PADDING, 0, room, figures.NAVBAR), (line,), style)


def _background(page: ClassicPage, hero: Box) -> Iterator[Block]:
    if page.background:
        width, height = hero.width * figures.BACKGROUND_WIDTH, hero.height * figures.BACKGROUND_HEIGHT
        box = Box(hero.right - width, hero.bottom - figures.STRIP - height, width, height)
        text = clip(page.background_name, width, lambda one: text_width(one, figures.LOGO_NAME.size))
        yield Picture(
            "background", box, page.background, opacity=figures.BACKGROUND_OPACITY, bottom=True, text=text
        )


def _strip(page: ClassicPage, hero: Box) -> Iterator[Block]:
    top, room, style = hero.bottom - figures.STRIP, figures.LOGO_STEP - 8, figures.LOGO_NAME
    yield Area("strip", Box(0, top, hero.width, figures.STRIP), figures.STRIP_COLOR)
    for number, partner in enumerate(page.strip, 1):
        block = "logo-own" if partner.current else f"logo-{number}"
        x = figures.LOGO_STEP * (number - 1)
        if x + figures.LOGO_STEP > hero.width:
            return
        box = Box(
            x + (figures.LOGO_STEP - figures.LOGO) / 2, top + figures.LOGO_TOP, figures.LOGO, figures.LOGO
        )
        yield Picture(block, box, partner.logo, text=partner.name[:1].upper())
        name = clip(partner.name, room, lambda text: text_width(text, style.size))
        if name:
            place = Box(x + 4, box.bottom + 8, room, style.line_height)
            yield Text(f"{block}-name", place, (name,), style, "center")
