"""The table of entries: a cursor over lines that keeps its entry whatever is shown around it.

Each line is drawn from what is known when it is seen, so ten thousand entries cost what fifty do; nothing is copied into it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from partner_tui.ui.binding import hidden
from partner_tui.ui.entries.table_lines import (
    ID,
    LineState,
    TableStyles,
    column_widths,
    draw_header,
    draw_line,
    mix_paint,
)
from partner_tui.ui.widgets.distinct import cut_all
from partner_tui.workspace.entries.filter import EntryFacts


class EntryTable(ScrollView, can_focus=True):
    """Entries in lines, one under the cursor."""

    TITLE = "Entries table"
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
    BINDINGS = [
        hidden("down,j", "move(1)", "Down", "entries.down", "Go to the next entry"),
        hidden("up,k", "move(-1)", "Up", "entries.up", "Go to the previous entry"),
        hidden("pagedown,ctrl+d", "page(1)", "Page down", "entries.page_down", "Scroll down a page"),
        hidden("pageup,ctrl+u", "page(-1)", "Page up", "entries.page_up", "Scroll up a page"),
        hidden("home,g", "first", "First", "entries.first", "Go to the first entry"),
        hidden("end,G", "last", "Last", "entries.last", "Go to the last entry"),
        hidden("space", "mark", "Mark", "entries.mark", "Mark for upgrade (u)"),
        hidden("enter", "choose", "Open", "entries.choose", "Show the entry"),
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
        self._ids: Sequence[str] = ()
        self._shown_ids: Sequence[str] = ()
        self._id_width = self._type_width = 0
        self._widths: dict[str, int] = {}
        self._paint: TableStyles | None = None
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

    def show_entries(self, ids: Sequence[str], type_width: int) -> None:
        """Tell what the entries of the manifest are called, and the width of their longest type, in cells."""
        self._ids, self._shown_ids = ids, ()
        self._id_width, self._type_width = max(map(cell_len, ids), default=0), type_width

    def show(self, order: Sequence[int]) -> None:
        """Show these entries, by index; the cursor stays on its entry, and that at its height, while it is among them."""
        before = self.chosen
        height = self.cursor - self.scroll_offset.y
        self._order = order
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
        before = self._widths.get(ID.key)
        self._widths = column_widths(
            self.scrollable_content_region.width - 2, self._id_width, self._type_width
        )
        if not self._shown_ids or before != self._widths[ID.key]:
            self._shown_ids = cut_all(self._ids, self._widths[ID.key])

    def render_lines(self, crop: Region) -> list[Strip]:
        # Under a dialog it may be drawn once more when it is closed, its styles gone.
        if not self.is_running:
            return [Strip.blank(crop.width, Style.null())] * crop.height
        self._paint = mix_paint(self)
        self._layout_columns()  # here, as the first lines are drawn before the table is told its size
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        paint = self._paint or mix_paint(self)
        if y == 0:
            return draw_header(self._widths, self._sorted, paint)
        line = y - 1 + self.scroll_offset.y
        if line >= len(self._order):
            return Strip.blank(paint.width, paint.base)
        facts = self._facts(self._order[line])
        place = LineState(line, line == self.cursor, line == self.hovered, facts.index in self.marked)
        shown_id = self._shown_ids[facts.index]
        key = (facts, shown_id, place, tuple(self._widths.values()), paint)
        strip = self._drawn.get(key)
        if strip is None:
            strip = self._drawn[key] = draw_line(facts, shown_id, place, self._widths, paint)
        return strip

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
