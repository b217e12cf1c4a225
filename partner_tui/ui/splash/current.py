"""The current site drawn in cells: the partner strip, with this one's icon, name, link and tooltip."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from partner_tui.plain import visible
from partner_tui.splash.scene import BUTTON_TEXT_COLOR, HERO_COLOR, STRIP_COLOR, TodayScene
from partner_tui.ui.splash.classic import Pictures, wrap
from partner_tui.ui.widgets.cells import Cells

ICON_CELLS = (12, 6)
CARD_WIDTH = 30
CARD_ROWS = ICON_CELLS[1] + 3
"""Icon, a blank row, name and link."""
QUIET = "#7b8187"


def paint_today(scene: TodayScene, width: int, height: int, pictures: Pictures, problem: str = "") -> Cells:
    """The strip in a window of this many cells.

    Args:
        pictures: The pixels at hand, RGBA, by their reference.
        problem: Why the icon's pixels are not at hand.
    """
    cells = Cells(width, height, BUTTON_TEXT_COLOR, STRIP_COLOR)
    caption = f"the icon is {scene.fallback}; the default icon is shown" if scene.fallback else problem
    sentences = [f"Icon: {caption}."] if caption else []
    sentences.append("The site reads id, name, icon, docs and subtitle; the rest is for the classic page.")
    notes = [line for sentence in sentences for line in wrap(visible(sentence), width - 4)]
    tooltip = wrap(visible(scene.tooltip, 300), max(10, min(46, width - 8)))
    room = height - len(notes) - 2  # a note never covers the partner: it gives way first
    if room < CARD_ROWS:
        notes, room = [], height
    card = min(CARD_WIDTH, width - 4)
    left = max(2, (width - card) // 2)
    top = max(0, (room - CARD_ROWS - len(tooltip) - 2) // 2)
    _neighbours(cells, left, card, top + 3)
    _card(cells, scene, left, card, top, pictures)
    _tooltip(cells, tooltip[: max(0, room - top - CARD_ROWS - 2)], left + card // 2, top + CARD_ROWS + 2)
    for number, line in enumerate(notes):
        cells.text(2, height - 1 - len(notes) + number, line, QUIET)
    return cells


def _card(cells: Cells, scene: TodayScene, left: int, width: int, top: int, pictures: Pictures) -> None:
    icon_width, icon_height = ICON_CELLS
    x = left + (width - icon_width) // 2
    image = pictures.get(scene.icon)
    if image is not None:
        from PIL import Image as Pillow

        scale = min(icon_width / image.width, 2 * icon_height / image.height)
        size = (max(1, round(image.width * scale)), max(2, round(image.height * scale / 2) * 2))
        shrunk = image.convert("RGBA").resize(size, Pillow.Resampling.LANCZOS)
        cells.picture(x + (icon_width - size[0]) // 2, top + (icon_height - size[1] // 2) // 2, shrunk)
    else:
        cells.fill(x, top, icon_width, icon_height, "#eceff1")
        sign = "🦒" if scene.fallback else "icon"
        cells.text(x + (icon_width - cell_len(sign)) // 2, top + icon_height // 2 - 1, sign, QUIET)
    name = visible(scene.name or scene.id, width)
    cells.text(left + (width - cell_len(name)) // 2, top + icon_height + 1, name, BUTTON_TEXT_COLOR, "bold")
    link = "Read more" if scene.docs_link else ""
    cells.text(left + (width - len(link)) // 2, top + icon_height + 2, link, HERO_COLOR, "underline")


def _neighbours(cells: Cells, left: int, width: int, y: int) -> None:
    """Other partners, as grey squares on both sides."""
    step = 16
    for x in (*range(left - step + 4, 0, -step), *range(left + width + 4, cells.width - 8, step)):
        cells.fill(x, y - 2, 8, 4, "#eef0f1")


def _tooltip(cells: Cells, lines: Sequence[str], middle: int, top: int) -> None:
    """The dark bubble under the resting mouse."""
    if not lines:
        return
    width = max(map(cell_len, lines)) + 2
    left = max(1, min(middle - width // 2, cells.width - width - 1))
    cells.text(middle, top - 1, "▲", BUTTON_TEXT_COLOR)
    for number, line in enumerate(lines):
        cells.fill(left, top + number, width, 1, BUTTON_TEXT_COLOR)
        cells.text(left + 1, top + number, line, "#ffffff")
