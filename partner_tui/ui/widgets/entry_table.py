"""The table of entries: each line is drawn from what is known when it is seen, so ten thousand entries cost what fifty do.

Nothing is copied into it. Column widths depend on the space and on the kinds of values alone, never on what arrives later,
so that nothing moves while entries are being checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from partner_tui.compliance.status import Status
from partner_tui.ui.plain import ELLIPSIS, visible
from partner_tui.ui.theme_style import theme_style
from partner_tui.ui.themes import STATUS_STYLES
from partner_tui.workspace.entry_filter import EntryFacts

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
TYPE, FORMAT = Column("type", "Type", 11), Column("format", "Format", 6)
STATUS, FINDINGS = Column("status", "Status", 12), Column("findings", "!", 3, right=True)
COLUMNS = (ID, NAME, TYPE, FORMAT, STATUS, FINDINGS)

MIN_ID, MIN_NAME, MAX_ID = 14, 12, 44
ID_SHARE = 0.55


def column_widths(width: int, id_width: int, type_width: int) -> dict[str, int]:
    """Share the width of a line among the columns, in cells; a column that finds no room has 0.

    Args:
        width: Of the line, without its margins.
        id_width: What the longest id takes.
        type_width: What the longest type takes.
    """
    widths = {column.key: column.width for column in COLUMNS}
    widths[TYPE.key] = min(max(type_width, len(TYPE.title)), TYPE.width)
    left = width - sum(widths.values()) - GAP * (len(COLUMNS) - 2)
    id_wanted = min(max(id_width, len(ID.title)), MAX_ID)
    name = left - GAP - min(id_wanted, max(MIN_ID, int((left - GAP) * ID_SHARE)))
    if name < MIN_NAME:
        widths[ID.key], widths[NAME.key] = max(left, 1), 0
    else:
        widths[ID.key], widths[NAME.key] = left - GAP - name, name
    return widths


class _Paint(NamedTuple):
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


class EntryTable(ScrollView, can_focus=True):
    """Entries in lines, one under the cursor.

    Args:
        facts: Tells what is known of an entry, by its index in the manifest.
    """

    DEFAULT_CSS = """
    EntryTable {
        height: 1fr;
        background: $background;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        & > .entry-table--header { color: $foreground 60%; }
        & > .entry-table--sorted { color: $accent; text-style: bold; }
        & > .entry-table--hover { background: $boost; }
        & > .entry-table--cursor { background: $block-cursor-blurred-background; color: $block-cursor-blurred-foreground; }
        & > .entry-table--quiet { color: $foreground 60%; }
        &:focus > .entry-table--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"entry-table--{name}" for name in ("header", "sorted", "hover", "cursor", "quiet")
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Down", show=False, id="entries.down", tooltip="The next entry"),
        Binding("up,k", "move(-1)", "Up", show=False, id="entries.up", tooltip="The entry before"),
        Binding(
            "pagedown,ctrl+d",
            "page(1)",
            "Page down",
            show=False,
            id="entries.page_down",
            tooltip="A page down",
        ),
        Binding(
            "pageup,ctrl+u", "page(-1)", "Page up", show=False, id="entries.page_up", tooltip="A page up"
        ),
        Binding("home,g", "first", "First", show=False, id="entries.first", tooltip="The first entry"),
        Binding("end,G", "last", "Last", show=False, id="entries.last", tooltip="The last entry"),
        Binding(
            "space", "mark", "Mark", show=False, id="entries.mark", tooltip="Mark the entry, for u to upgrade"
        ),
        Binding("enter", "choose", "Show", show=False, id="entries.choose", tooltip="Go to the entry beside"),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)
    """The line of the cursor, from 0."""
    hovered: reactive[int | None] = reactive(None, repaint=False)
    """The line under the mouse."""

    class Highlighted(Message):
        """The cursor came to another entry; None when there are none."""

        def __init__(self, index: int | None) -> None:
            super().__init__()
            self.index = index

    class Chosen(Message):
        """Enter, or a click on the entry that has the cursor."""

    class HeaderClicked(Message):
        """A click on a column's title."""

        def __init__(self, column: str) -> None:
            super().__init__()
            self.column = column

    def __init__(self, facts: Callable[[int], EntryFacts], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._facts = facts
        self._order: Sequence[int] = ()
        self._sorted = ("", False)
        self._id_width = self._type_width = 0
        self._widths: dict[str, int] = {}
        self._paint: _Paint | None = None
        self._drawn: LRUCache[object, Strip] = LRUCache(512)
        self.marked: set[int] = set()

    # What is shown

    @property
    def chosen(self) -> int | None:
        """The index of the entry under the cursor."""
        return self._order[self.cursor] if self.cursor < len(self._order) else None

    @property
    def order(self) -> Sequence[int]:
        """The indices of the entries that are shown, in their order."""
        return self._order

    def show(self, order: Sequence[int], id_width: int, type_width: int) -> None:
        """Show these entries, by index; the cursor stays on its entry, and that at its height, while it is among them."""
        before = self.chosen
        height = self.cursor - self.scroll_offset.y
        self._order, self._id_width, self._type_width = order, id_width, type_width
        self._layout_columns()
        self.virtual_size = Size(0, len(order) + 1)
        line = order.index(before) if before in order else min(self.cursor, max(0, len(order) - 1))
        moved = line != self.cursor
        self.set_reactive(EntryTable.cursor, line)
        if moved:
            self.scroll_to(y=max(0, line - height), animate=False, force=True)
        self._scroll_to_cursor()
        self.refresh()
        self.post_message(self.Highlighted(self.chosen))

    def show_sorted(self, column: str, reverse: bool) -> None:
        """Mark the column that the lines are sorted by; "" for file order."""
        self._sorted = (column, reverse)
        self.refresh(Region(0, 0, self.size.width, 1))

    def refresh_entries(self, indices: Iterable[int]) -> None:
        """More is known of these entries: draw those again that are on the screen."""
        top = self.scroll_offset.y
        on_screen = {
            index: y for y, index in enumerate(self._order[top : top + self.size.height - 1], start=1)
        }
        for index in indices:
            if (y := on_screen.get(index)) is not None:
                self.refresh(Region(0, y, self.size.width, 1))

    def move_to(self, index: int) -> None:
        """Put the cursor on an entry, by index, if it is shown."""
        if index in self._order:
            self.cursor = self._order.index(index)

    # Drawing

    def _layout_columns(self) -> None:
        self._widths = column_widths(
            self.scrollable_content_region.width - 2, self._id_width, self._type_width
        )

    def render_lines(self, crop: Region) -> list[Strip]:
        # Styles are asked for once a frame: asking costs more than drawing a line.
        self._paint = self._mix_paint()
        return super().render_lines(crop)

    def _mix_paint(self) -> _Paint:
        def part(name: str) -> Style:
            return self.get_component_rich_style(f"entry-table--{name}")

        quiet = self.get_component_rich_style("entry-table--quiet", partial=True)
        return _Paint(
            self.rich_style,
            part("header"),
            part("sorted"),
            part("cursor"),
            part("hover"),
            quiet,
            theme_style(self.app, "$accent"),
            tuple((status, theme_style(self.app, spec)) for status, spec in STATUS_STYLES.items()),
            self.scrollable_content_region.width,
            self.has_focus,
        )

    def render_line(self, y: int) -> Strip:
        paint = self._paint or self._mix_paint()
        if y == 0:
            return self._header(paint)
        line = y - 1 + self.scroll_offset.y
        if line >= len(self._order):
            return Strip.blank(paint.width, paint.base)
        facts = self._facts(self._order[line])
        marked = facts.index in self.marked
        key = (
            facts,
            line,
            line == self.cursor,
            line == self.hovered,
            marked,
            tuple(self._widths.values()),
            paint,
        )
        strip = self._drawn.get(key)
        if strip is None:
            strip = self._drawn[key] = self._line(line, facts, paint)
        return strip

    def _header(self, paint: _Paint) -> Strip:
        segments = [Segment(" ", paint.base)]
        for column in self._shown_columns():
            sorted_by = self._sorted[0] == column.key
            arrow = ("▾" if self._sorted[1] else "▴") if sorted_by else ""
            title = column.title[: self._widths[column.key] - len(arrow)] + arrow
            style = paint.base + (paint.sorted if sorted_by else paint.header)
            segments += self._cell(title, column, style + Style.from_meta({"column": column.key}), paint.base)
        return Strip(segments).adjust_cell_length(paint.width, paint.base)

    def _line(self, line: int, facts: EntryFacts, paint: _Paint) -> Strip:
        style, quiet = paint.base, paint.quiet
        if line == self.cursor:
            style += paint.cursor
            quiet = Style(color=style.color)
        elif line == self.hovered:
            style += paint.hover
        status = style + dict(paint.statuses)[facts.status]
        bar = "▌" if line == self.cursor and paint.focused else " "
        bar = "✓" if facts.index in self.marked else bar
        segments = [Segment(bar, style + paint.accent)]
        cells = {
            ID.key: (visible(facts.id, 200) or UNKNOWN, style if facts.id else style + quiet),
            NAME.key: (visible(facts.name, 200), style + quiet),
            TYPE.key: (visible(facts.type, 40) or UNKNOWN, style + quiet),
            FORMAT.key: (visible(facts.format_version, 20) or UNKNOWN, style + quiet),
            STATUS.key: (f"{facts.status.glyph} {facts.status}", status),
            FINDINGS.key: (str(facts.findings) if facts.findings else "", status),
        }
        for column in self._shown_columns():
            text, cell_style = cells[column.key]
            segments += self._cell(text, column, cell_style, style)
        return (
            Strip(segments)
            .adjust_cell_length(paint.width, style)
            .apply_style(Style.from_meta({"line": line}))
        )

    def _shown_columns(self) -> list[Column]:
        return [column for column in COLUMNS if self._widths.get(column.key)]

    def _cell(self, text: str, column: Column, style: Style, between: Style) -> list[Segment]:
        width = self._widths[column.key]
        if cell_len(text) > width:
            text = set_cell_size(text, width - 1) + ELLIPSIS
        elif column.right:
            text = " " * (width - cell_len(text)) + text
        gap = "" if column is COLUMNS[-1] else " " * GAP
        return [Segment(set_cell_size(text, width), style), Segment(gap, between)]

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.refresh()

    # Watchers

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, len(self._order) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        top = self.scroll_offset.y
        for line in (old, new):
            self.refresh(Region(0, line - top + 1, self.size.width, 1))
        self._scroll_to_cursor()
        self.post_message(self.Highlighted(self.chosen))

    def watch_hovered(self, old: int | None, new: int | None) -> None:
        for line in (old, new):
            if line is not None:
                self.refresh(Region(0, line - self.scroll_offset.y + 1, self.size.width, 1))

    def _scroll_to_cursor(self) -> None:
        page, top = self._page, self.scroll_offset.y
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, force=True)
        elif page > 0 and self.cursor >= top + page:
            self.scroll_to(y=self.cursor - page + 1, animate=False, force=True)

    @property
    def _page(self) -> int:
        """How many entries are on the screen at once."""
        return self.scrollable_content_region.height - 1

    # Handlers

    def on_resize(self) -> None:
        self._layout_columns()
        self._scroll_to_cursor()
        self.refresh()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self.hovered = event.style.meta.get("line")

    def on_leave(self) -> None:
        self.hovered = None

    def on_click(self, event: events.Click) -> None:
        meta = event.style.meta
        if "column" in meta:
            self.post_message(self.HeaderClicked(meta["column"]))
        elif "line" in meta:
            if meta["line"] == self.cursor:
                self.post_message(self.Chosen())
            self.cursor = meta["line"]

    # Actions

    def action_move(self, lines: int) -> None:
        self.cursor += lines

    def action_page(self, pages: int) -> None:
        self.cursor += pages * max(1, self._page)

    def action_first(self) -> None:
        self.cursor = 0

    def action_last(self) -> None:
        self.cursor = len(self._order) - 1

    def action_mark(self) -> None:
        """Mark the entry under the cursor, or take its mark away, and go on to the next."""
        if self.chosen is not None:
            self.marked ^= {self.chosen}
            self.refresh()
            self.action_move(1)

    def action_choose(self) -> None:
        if self.chosen is not None:
            self.post_message(self.Chosen())
