"""Draws a line of the table of entries: its columns, their widths, and the styles.

Column widths depend on the space and on the kinds of values alone, never on what arrives later, so that nothing moves while
entries are being checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from partner_tui.compliance.status import Status
from partner_tui.plain import visible
from partner_tui.ui.theme_style import theme_style
from partner_tui.ui.themes import STATUS_STYLES
from partner_tui.ui.widgets.distinct import cut
from partner_tui.workspace.entries.filter import EntryFacts

UNKNOWN = "–"
GAP = 1


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, its title, and its width in cells; 0 shares what the others leave."""

    key: str
    title: str
    width: int
    right: bool = False


ID, NAME = Column("id", "Id", 0), Column("name", "Name", 0)
TYPE, FORMAT = Column("type", "Type", 11), Column("format", "Format", 7)
STATUS, FINDINGS = Column("status", "Status", 12), Column("findings", "!", 3, right=True)
COLUMNS = (ID, NAME, TYPE, FORMAT, STATUS, FINDINGS)

MIN_NAME, MAX_ID = 10, 48


def column_widths(width: int, id_width: int, type_width: int) -> dict[str, int]:
    """Share the width of a line among the columns, in cells; a column that finds no room has 0.

    The id is what an entry is known by: it gets its width first, and the format, the type and the name go, in this order,
    before it is cut.

    Args:
        width: Of the line, without its margins.
    """
    widths = {column.key: column.width for column in COLUMNS}
    widths[TYPE.key] = min(max(type_width, len(TYPE.title)), TYPE.width)
    wanted = min(max(id_width, len(ID.title)), MAX_ID)
    left = width - sum(widths.values()) - GAP * (len(COLUMNS) - 1) - wanted
    for column in (FORMAT, TYPE):
        if left < MIN_NAME:
            left += widths[column.key] + GAP
            widths[column.key] = 0
    if left >= MIN_NAME:
        widths[ID.key], widths[NAME.key] = wanted, left
    else:
        widths[ID.key] = max(wanted + left + GAP, 1)
    return widths


class TableStyles(NamedTuple):
    """The styles of one frame, its width, and whether the table has the focus."""

    base: Style
    header: Style
    sorted: Style
    cursor: Style
    hover: Style
    quiet: Style
    accent: Style
    statuses: tuple[tuple[Status, Style], ...]
    width: int
    focused: bool


def mix_paint(table: Widget) -> TableStyles:
    """Ask for the styles of a table as it stands now: once a frame, as asking costs more than drawing a line."""

    def part(name: str) -> Style:
        return table.get_component_rich_style(f"entry-table--{name}")

    quiet = table.get_component_rich_style("entry-table--quiet", partial=True)
    return TableStyles(
        table.rich_style,
        part("header"),
        part("sorted"),
        part("cursor"),
        part("hover"),
        quiet,
        theme_style(table.app, "$accent"),
        tuple((status, theme_style(table.app, spec)) for status, spec in STATUS_STYLES.items()),
        table.scrollable_content_region.width,
        table.has_focus,
    )


class LineState(NamedTuple):
    """A line of the table: its number, and what of the user's is on it."""

    line: int
    has_cursor: bool
    hovered: bool
    marked: bool


def draw_header(widths: Mapping[str, int], sorting: tuple[str, bool], paint: TableStyles) -> Strip:
    """The titles of the columns; the one that is sorted by has an arrow, in the gap behind it when it is that full."""
    segments = [Segment(" ", paint.base)]
    for column in _shown_columns(widths):
        sorted_by = sorting[0] == column.key
        arrow = ("▾" if sorting[1] else "▴") if sorted_by else " "
        style = paint.base + (paint.sorted if sorted_by else paint.header)
        style += Style.from_meta({"column": column.key})
        width = widths[column.key]
        if column.right:
            title = f"{column.title}{arrow}".strip().rjust(width)
        else:
            title = f"{column.title}{arrow}".ljust(width + GAP)
        segments.append(Segment(title, style))
    return Strip(segments).adjust_cell_length(paint.width, paint.base)


def draw_line(
    facts: EntryFacts, shown_id: str, place: LineState, widths: Mapping[str, int], paint: TableStyles
) -> Strip:
    """One entry, as much as is known of it; its id as it is cut among all the others."""
    style, quiet = paint.base, paint.quiet
    if place.has_cursor:
        style += paint.cursor
        quiet = Style(color=style.color)
    elif place.hovered:
        style += paint.hover
    status = style + dict(paint.statuses)[facts.status]
    bar = "▌" if place.has_cursor and paint.focused else " "
    bar = "✓" if place.marked else bar
    segments = [Segment(bar, style + paint.accent)]
    cells = {
        ID.key: (shown_id or UNKNOWN, style if facts.id else style + quiet),
        NAME.key: (visible(facts.name, 200), style + quiet),
        TYPE.key: (visible(facts.type, 40) or UNKNOWN, style + quiet),
        FORMAT.key: (visible(facts.format_version, 20) or UNKNOWN, style + quiet),
        STATUS.key: (f"{facts.status.glyph} {facts.status}", status),
        FINDINGS.key: (str(facts.findings) if facts.findings else "", status),
    }
    for column in _shown_columns(widths):
        text, cell_style = cells[column.key]
        segments += _cell(text, column, widths[column.key], cell_style, style)
    strip = Strip(segments).adjust_cell_length(paint.width, style)
    return strip.apply_style(Style.from_meta({"line": place.line}))


def _shown_columns(widths: Mapping[str, int]) -> list[Column]:
    return [column for column in COLUMNS if widths.get(column.key)]


def _cell(text: str, column: Column, width: int, style: Style, between: Style) -> list[Segment]:
    text = cut(text, width)
    if column.right:
        text = " " * (width - cell_len(text)) + text
    gap = "" if column is COLUMNS[-1] else " " * GAP
    return [Segment(set_cell_size(text, width), style), Segment(gap, between)]
