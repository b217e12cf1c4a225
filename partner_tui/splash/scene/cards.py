"""The partner's cards in a grid: picture, name on one line, id, two lines of description, three tags, badges.

In a pane they may take more rows than it has: all of them are laid out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rich.cells import cell_len

from partner_tui.plain import plural
from partner_tui.splash.scene import figures
from partner_tui.splash.scene.blocks import Area, Block, Box, Picture, Scene, Size, Style, Text, Window
from partner_tui.splash.scene.font import text_width
from partner_tui.splash.scene.pages import CardsPage, CardTile
from partner_tui.splash.scene.wrapping import Width, clip, clip_lines, wrap

PAPER = "#f5f7fa"
DESCRIPTION_LINES = 2

_HEADING = Style(figures.INK, 24, 36, 600)
_NAME = Style(figures.INK, 18, 27, 600)
_ID = Style(figures.QUIET, 13, 20)
_TEXT = Style("#4a4a4a", 14, 21)
_TAG = Style("#1769aa", 12, 20)
_BADGE = Style(figures.WHITE, 12, 20)
_BADGE_COLOR = "#607d8b"
_NOT_LINKED = Style("#b26a00", 13, 20)


@dataclass(frozen=True, slots=True)
class _Grid:
    """The measures of one medium, in its unit.

    Attributes:
        line: The height of a line of a style.
        width_of: The width of a text in a style.
        aspect: How many units of height are as long as a unit of width.
    """

    width: int
    columns: int
    margin: float
    gap: float
    inset: float
    line: Callable[[Style], float]
    width_of: Callable[[Style], Width]
    aspect: float
    pill: float
    """What a tag is wider than its text."""

    @property
    def card(self) -> float:
        width = (self.width - 2 * self.margin - (self.columns - 1) * self.gap) / self.columns
        return width if self.aspect == 1 else int(width)

    @property
    def cover(self) -> float:
        height = self.card * 9 / 16 * self.aspect
        return height if self.aspect == 1 else max(3, round(height))


def cards_scene(page: CardsPage, size: Size) -> Scene:
    """Lay a page of cards out."""
    grid = _grid(size)
    blocks = list(_blocks(page, grid))
    bottom = max((block.box.bottom for block in blocks), default=0) + grid.margin
    if isinstance(size, Window):
        width, height, below = size.width, size.height, max(0.0, bottom - size.height)
    else:
        width, height, below = size.columns, max(size.rows, int(bottom)), 0.0
    shown = tuple(blocks)
    return Scene("cards", size, width, height, PAPER, shown, page.problems, below, page.page, page.pages)


def _grid(size: Size) -> _Grid:
    if isinstance(size, Window):
        columns = 1 if size.width < 640 else 2 if size.width < 1024 else 3 if size.width < 1440 else 4
        return _Grid(
            size.width,
            columns,
            margin=24,
            gap=24,
            inset=16,
            line=lambda style: style.line_height,
            width_of=lambda style: lambda text: text_width(text, style.size, style.weight),
            aspect=1,
            pill=12,
        )
    return _Grid(
        size.columns,
        max(1, size.columns // 34),
        margin=1,
        gap=2,
        inset=1,
        line=lambda style: 1,
        width_of=lambda style: cell_len,
        aspect=0.5,
        pill=2,
    )


def _blocks(page: CardsPage, grid: _Grid) -> Iterator[Block]:
    y = grid.margin if grid.aspect == 1 else 0.0
    heading = f"{plural(page.total, page.type)}, page {page.page} of {page.pages}"
    yield _one_line("heading", grid.margin, y, grid.width - 2 * grid.margin, heading, _HEADING, grid)
    y += grid.line(_HEADING) + grid.margin / 2 if grid.aspect == 1 else 2
    has_badges = any(card.badges for card in page.cards)
    for number, card in enumerate(page.cards):
        column = number % grid.columns
        if number and not column:
            y += _height(grid, has_badges) + (grid.gap if grid.aspect == 1 else 1)
        x = grid.margin + column * (grid.card + grid.gap)
        yield from _card(number + 1, card, Box(x, y, grid.card, _height(grid, has_badges)), grid)


def _height(grid: _Grid, has_badges: bool) -> float:
    texts = grid.line(_NAME) + grid.line(_ID) + DESCRIPTION_LINES * grid.line(_TEXT) + grid.line(_TAG)
    gaps = 44 if grid.aspect == 1 else 0
    return grid.cover + texts + gaps + (grid.line(_BADGE) + (8 if gaps else 0) if has_badges else 0)


def _card(number: int, card: CardTile, box: Box, grid: _Grid) -> Iterator[Block]:
    name = f"card-{number}"
    yield Area(name, box, figures.WHITE, 8)
    place = Box(box.x, box.y, box.width, grid.cover)
    fit = "cover" if card.is_cover else "contain"
    yield Area(f"{name}-picture-ground", place, figures.PLACEHOLDER)
    space = 8 if grid.aspect == 1 else 0
    x, room = box.x + grid.inset, box.width - 2 * grid.inset
    text = clip(card.text, room, grid.width_of(_TEXT))
    yield Picture(f"{name}-picture", place, card.picture, card.base, fit, text=text)  # type: ignore[arg-type]
    y = place.bottom + (12 if grid.aspect == 1 else 0)
    yield _one_line(f"{name}-name", x, y, room, card.name, _NAME, grid)
    y += grid.line(_NAME)
    style, note = (_ID, "") if card.linked else (_NOT_LINKED, " (not linked)")
    width_of = grid.width_of(style)
    shown = clip(card.id, room - width_of(note), width_of) + note
    yield _one_line(f"{name}-id", x, y, room, shown, style, grid)
    y += grid.line(_ID) + space
    width_of = grid.width_of(_TEXT)
    lines = clip_lines(wrap(card.description, room, width_of), DESCRIPTION_LINES, room, width_of)
    if lines:
        yield Text(f"{name}-description", Box(x, y, room, len(lines) * grid.line(_TEXT)), lines, _TEXT)
    y += DESCRIPTION_LINES * grid.line(_TEXT) + space
    yield from _pills(f"{name}-tag", card.tags, x, y, room, _TAG, figures.TAG, grid)
    y += grid.line(_TAG) + space
    badges = [badge.label for badge in card.badges]
    yield from _pills(f"{name}-badge", badges, x, y, room, _BADGE, _BADGE_COLOR, grid)


def _pills(
    name: str,
    texts: tuple[str, ...] | list[str],
    x: float,
    y: float,
    room: float,
    style: Style,
    color: str,
    grid: _Grid,
) -> Iterator[Block]:
    """Texts on coloured ground beside each other; those that have no room are left out."""
    width_of, end = grid.width_of(style), x + room
    for number, text in enumerate(texts, 1):
        line = clip(text, end - x - grid.pill, width_of)
        if not line or (x + grid.pill + width_of(line) > end):
            return
        box = Box(x, y, width_of(line) + grid.pill, grid.line(style))
        yield Area(f"{name}-{number}-ground", box, color, 4)
        yield Text(f"{name}-{number}", box, (line,), style, "center")
        x += box.width + (6 if grid.aspect == 1 else 1)


def _one_line(name: str, x: float, y: float, room: float, text: str, style: Style, grid: _Grid) -> Text:
    return Text(name, Box(x, y, room, grid.line(style)), (clip(text, room, grid.width_of(style)),), style)
