"""The partner in the strip of today's site: its tile at 48 and at 32 px, the tooltip, and the link."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from partner_tui.splash.notices import Notice
from partner_tui.splash.scene import figures
from partner_tui.splash.scene.blocks import Area, Block, Box, Pane, Picture, Scene, Size, Style, Text, Window
from partner_tui.splash.scene.font import text_width
from partner_tui.splash.scene.pages import TodayPage
from partner_tui.splash.scene.wrapping import clip, clip_lines, wrap_cells, wrap_pixels

SIZES = (48, 32)
"""Of the icon, on wide and on narrow screens, in CSS pixels."""
SITE_ICON = "🦒"
READ_MORE = "Read more"

_NAME = Style(figures.INK, 16, 24, 600)
_LINK = Style(figures.BLUE, 14, 21, underline=True)
_CAPTION = Style(figures.QUIET, 14, 21)
_TOOLTIP = Style(figures.WHITE, 14, 21)


def today_scene(page: TodayPage, size: Size) -> Scene:
    """Lay the tiles out, one beside the other, and the tooltip below."""
    if isinstance(size, Window):
        blocks, width, height = tuple(_in_window(page, size)), size.width, size.height
    else:
        blocks, width, height = tuple(_in_pane(page, size)), size.columns, size.rows
    return Scene("today", size, width, height, figures.STRIP_COLOR, blocks, _notices(page))


def _notices(page: TodayPage) -> tuple[Notice, ...]:
    found = list(page.problems)
    if page.ignored:
        found.append(Notice("info", f"Today's site does not show: {', '.join(page.ignored)}."))
    return tuple(found)


def _in_window(page: TodayPage, window: Window) -> Iterator[Block]:
    step = min(240, window.width // 2)
    left, top = (window.width - 2 * step) / 2, max(24.0, window.height / 2 - 150)
    for number, side in enumerate(SIZES):
        x = left + number * step
        yield _line(f"caption-{side}", x, top, step, f"{side} px", _CAPTION)
        icon = Box(x + (step - side) / 2, top + 34 + (SIZES[0] - side) / 2, side, side)
        yield Picture(f"icon-{side}", icon, page.icon, text="icon" if page.icon else SITE_ICON)
        yield _line(f"name-{side}", x, top + 92, step, page.name or page.id, _NAME)
        if page.docs_link:
            yield _line(f"link-{side}", x, top + 118, step, READ_MORE, _LINK, page.docs_link)
    room = min(360.0, window.width - 48.0)
    lines = wrap_pixels(page.tooltip, _TOOLTIP.size, _TOOLTIP.weight, room)
    if lines:
        width = max(text_width(line, _TOOLTIP.size) for line in lines) + 24
        box = Box((window.width - width) / 2, top + 154, width, len(lines) * _TOOLTIP.line_height + 16)
        yield Area("tooltip-box", box, figures.INK, 6)
        yield Text(
            "tooltip", Box(box.x + 12, box.y + 8, width - 24, box.height - 16), lines, _TOOLTIP, "center"
        )


def _line(name: str, x: float, y: float, room: float, text: str, style: Style, link: str = "") -> Text:
    line = clip(text, room - 8, lambda one: text_width(one, style.size, style.weight))
    return Text(name, Box(x, y, room, style.line_height), (line,), style, "center", link=link)


_ICON_ROWS = {48: 6, 32: 4}
"""Of the icon in a pane; twice as many columns."""


def _in_pane(page: TodayPage, pane: Pane) -> Iterator[Block]:
    tooltip = wrap_cells(page.tooltip, min(46, pane.columns - 8))
    card = 1 + _ICON_ROWS[48] + 3
    room = pane.rows - card - 1
    tooltip = clip_lines(tooltip, room, 46) if room > 0 else ()
    step = min(30, pane.columns // 2)
    left, top = (pane.columns - 2 * step) // 2, max(0, (room - len(tooltip) - 1) // 2)
    for number, side in enumerate(SIZES):
        x, rows = left + number * step, _ICON_ROWS[side]
        yield _row(f"caption-{side}", x, top, step, f"{side} px", _CAPTION)
        icon = Box(x + (step - 2 * rows) // 2, top + 1 + (_ICON_ROWS[48] - rows) // 2, 2 * rows, rows)
        yield Picture(f"icon-{side}", icon, page.icon, text="icon" if page.icon else SITE_ICON)
        yield _row(f"name-{side}", x, top + 8, step, page.name or page.id, _NAME)
        if page.docs_link:
            yield _row(f"link-{side}", x, top + 9, step, READ_MORE, _LINK)
    if tooltip:
        width = max(map(cell_len, tooltip)) + 2
        box = Box((pane.columns - width) // 2, top + 11, width, len(tooltip))
        yield Area("tooltip-box", box, figures.INK)
        yield Text("tooltip", Box(box.x + 1, box.y, width - 2, box.height), tooltip, _TOOLTIP, "center")


def _row(name: str, x: int, y: int, room: int, text: str, style: Style) -> Text:
    return Text(name, Box(x, y, room, 1), (clip(text, room - 2),), style, "center")
