"""The classic page in a pane of cells: the window's lines, on rows of the terminal.

A cell holds one character, whatever its size on the page: what is kept is where lines break, what the window hides, the
order, and the shares of width and height; a line that is too long for the pane goes on in the next row, behind a sign. Where
there are too few rows the gaps go first, then the last features; the buttons are always seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from partner_tui.splash.notices import Notice
from partner_tui.splash.scene import figures
from partner_tui.splash.scene.blocks import Area, Block, Box, Letters, Pane, Picture, Scene, Style, Text
from partner_tui.splash.scene.classic import ClassicTexts, break_texts, classic_in_window, moved
from partner_tui.splash.scene.font import has_glyph, letter_dots, text_width
from partner_tui.splash.scene.pages import ClassicPage
from partner_tui.splash.scene.wrapping import clip, wrap_cells

TALL = 16
"""A hero of that many rows has room for gaps and for buttons of three rows."""
LETTERS = (24, 20, 18, 16, 15, 14, 13, 12, 11, 10)
"""Sizes of a title in letters of several cells, in dots, two a cell; the first that fits is taken."""
BOLD = 12
"""Letters of this size are drawn in the weight of a title; in smaller ones it fills their holes."""
GOES_ON = "↳ "
_GOES_ON = Notice(
    "info", "Behind ↳ a line goes on that is longer than the pane; the window does not break it."
)


def classic_in_pane(page: ClassicPage, pane: Pane) -> Scene:
    """Lay the page out."""
    strip = 3 if pane.rows >= 14 else 1
    hero = Box(0, 1, pane.columns, max(1, pane.rows - 1 - strip))
    blocks = (
        Area("hero", hero, figures.BLUE),
        *_background(page, hero),
        *_texts(page, pane, hero),
        *_strip(page, pane, strip),
        Area("navbar", Box(0, 0, pane.columns, 1), figures.BLUE),
        _row("navbar-text", 2, 0, pane.columns - 4, page.navbar(pane.window), figures.TITLE),
    )
    found = classic_in_window(page, pane.window).notices
    if any(line.startswith(GOES_ON) for one in blocks if isinstance(one, Text) for line in one.lines):
        found += (_GOES_ON,)
    return Scene("classic", pane, pane.columns, pane.rows, figures.BLUE, blocks, found)


def _texts(page: ClassicPage, pane: Pane, hero: Box) -> Iterator[Block]:
    """Title, subtitle, features and buttons below each other, centred from top to bottom."""
    left = max(2, round(pane.columns * 0.04))
    room = max(4, pane.columns - left - 2)
    broken = break_texts(page, pane.window)
    rows = int(hero.height)
    tall = rows >= TALL
    subtitle = _rows(broken.subtitle, room)
    features = [
        (f"feature-{number}", _rows(lines, room - 3)) for number, lines in enumerate(broken.features, 1)
    ]
    buttons, button_rows = _buttons(page, left, room, 3 if tall else 1)
    gap = 1 if tall else 0
    # Of one size whether the window hides the features or not.
    others = len(subtitle) + (sum(len(lines) for _, lines in features) or len(page.features)) + button_rows
    title = _title(broken, left, room, pane, rows - others - 3 * gap)
    fixed = title.box.height + len(subtitle) + button_rows + (gap if features else 0) + gap
    features = _fitting(features, rows - int(fixed))
    needed = fixed + sum(len(lines) for _, lines in features)
    y = hero.y + max(0, (rows - needed) // 2)
    yield moved(title, 0, y)
    y += title.box.height
    if subtitle:
        yield Text("subtitle", Box(left, y, room, len(subtitle)), subtitle, figures.SUBTITLE)
    y += len(subtitle) + (gap if features else 0)
    for name, lines in features:
        box = Box(left + 3, y, max(0, room - 3), len(lines))
        yield Text(name, box, lines, figures.FEATURE, bullet=name != _MORE)
        y += len(lines)
    y = min(y + gap, hero.bottom - button_rows)
    for block in buttons:
        yield moved(block, 0, max(hero.y, y))


def _title(broken: ClassicTexts, left: int, room: int, pane: Pane, rows: int) -> Text | Letters:
    """The title at row 0: in letters of several cells where there is room for its one line, and an empty row below."""
    line = broken.title[0][:80] if pane.letters and len(broken.title) == 1 else ""
    for size in LETTERS if line and all(map(has_glyph, line)) else ():
        weight = 600 if size >= BOLD else 500
        if size > max(14, pane.columns // 6) or text_width(line, size, weight) > 2 * room:
            continue
        dots = letter_dots(line, size, weight)
        height = (len(dots) + 1) // 2 + 1
        if dots and len(dots[0]) <= 2 * room and height <= rows:
            return Letters("title", Box(left, 0, room, height), line, dots, figures.WHITE)
    lines = _rows(broken.title, room)
    return Text("title", Box(left, 0, room, len(lines)), lines, figures.TITLE)


_MORE = "features-more"


def _fitting(features: Sequence[tuple[str, tuple[str, ...]]], rows: int) -> list[tuple[str, tuple[str, ...]]]:
    """The first features that have room, and how many more there are."""
    if sum(len(lines) for _, lines in features) <= rows:
        return list(features)
    kept: list[tuple[str, tuple[str, ...]]] = []
    used = 0
    for name, lines in features:
        if used + len(lines) > rows - 1:
            break
        kept.append((name, lines))
        used += len(lines)
    more = (_MORE, (f"… {len(features) - len(kept)} more",))
    return [*kept, more] if rows > 0 else []


def _buttons(page: ClassicPage, left: int, room: int, height: int) -> tuple[list[Block], int]:
    """White pills from row 0 on, and how many rows they take."""
    blocks: list[Block] = []
    x = y = 0
    for number, button in enumerate(page.buttons, 1):
        label = clip(button.text, room - 6)
        width = cell_len(label) + 6
        if x and x + width > room:
            x, y = 0, y + height
        box = Box(left + x, y, width, height)
        blocks.append(Area(f"button-{number}", box, figures.WHITE, pill=True))
        if label:
            middle = Box(box.x, y + height // 2, width, 1)
            blocks.append(Text(f"button-{number}-text", middle, (label,), figures.BUTTON, "center"))
        x += width + 2
    return blocks, y + height


def _background(page: ClassicPage, hero: Box) -> Iterator[Block]:
    width, height = int(hero.width * figures.BACKGROUND_WIDTH), int(hero.height * figures.BACKGROUND_HEIGHT)
    if page.background and width and height:
        box = Box(hero.right - width, hero.bottom - height, width, height)
        text = clip(page.background_name, width - 2)
        yield Picture(
            "background", box, page.background, opacity=figures.BACKGROUND_OPACITY, bottom=True, text=text
        )


def _strip(page: ClassicPage, pane: Pane, rows: int) -> Iterator[Block]:
    """The partners' names, each with its logo before it."""
    top = pane.rows - rows
    yield Area("strip", Box(0, top, pane.columns, rows), figures.STRIP_COLOR)
    x = 2
    for number, partner in enumerate(page.strip, 1):
        block = "logo-own" if partner.current else f"logo-{number}"
        logo = 2 * rows if partner.logo and rows > 1 else 0
        name = clip(partner.name, 40)
        if x + logo + cell_len(name) > pane.columns - 2:
            return
        if logo:
            yield Picture(block, Box(x, top, logo, rows), partner.logo, text=name[:1].upper())
            x += logo + 1
        style = Style(figures.INK, weight=600) if partner.current else Style(figures.QUIET)
        yield _row(f"{block}-name", x, top + rows // 2, cell_len(name), name, style)
        x += cell_len(name) + 3


def _rows(lines: Sequence[str], room: int) -> tuple[str, ...]:
    """The window's lines in rows of the pane; those of one line that is too long are marked from the second on."""
    return tuple(row for line in lines for row in _rows_of(line, room))


def _rows_of(line: str, room: int) -> tuple[str, ...]:
    if cell_len(line) <= room:
        return (line,)
    first, *rest = wrap_cells(line, room - cell_len(GOES_ON))
    return (first, *(GOES_ON + row for row in rest))


def _row(name: str, x: float, y: float, room: int, text: str, style: Style) -> Text:
    return Text(name, Box(x, y, max(0, room), 1), (clip(text, room),), style)
