"""What bioimage.io shows of the entries, as a list: what is not as the manifest says first."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from partner_tui.central.collection import ToolReport
from partner_tui.central.listed import Row, State
from partner_tui.plain import visible
from partner_tui.ui.binding import bind
from partner_tui.ui.widgets.distinct import cut
from partner_tui.ui.widgets.side_list import GroupedList, cursor_keys

STATES: dict[State, tuple[str, str, str]] = {
    "ambiguous": ("?", "$warning", "ambiguous"),
    "absent": ("✗", "$error", "not listed"),
    "differs": ("◐", "$warning", "different"),
    "unknown": ("·", "$foreground 60%", "not found yet"),
    "listed": ("●", "$success", "listed"),
    "extra": ("+", "$accent", "in no manifest"),
}
"""Sign, colour and words of each, in the order of the list."""
RESULTS: dict[str, tuple[str, str]] = {
    "passed": ("✓", "$success"),
    "failed": ("✗", "$error"),
    "not-applicable": ("–", "$foreground 60%"),
    "": ("?", "$warning"),
}
_SHORTEST = 12
"""Cells of a name that are always left."""
_FRAME = 7
"""Cells of a row that are its sign, its padding and the scrollbar."""


def grouped(rows: Sequence[Row]) -> list[Row | str]:
    """Rows below the headings of their groups, each group in the order of the file."""
    found: list[Row | str] = []
    for state, (_, _, words) in STATES.items():
        if some := [row for row in rows if row.state == state]:
            found += [f"{words.capitalize()} {len(some)}", *some]
    return found


class ListedList(GroupedList[Row]):
    """Entries with their items, one line each."""

    TITLE = "Listed today"
    BINDINGS = [
        bind("enter", "select", "Open", "listed.open", "Go to its item"),
        *cursor_keys("listed", "entry"),
    ]
    _tool = ""
    _widths: tuple[int, ...] = (0,) * 5

    def show_rows(self, rows: Sequence[Row], tool: str) -> None:
        """Show rows, each with the newest result of a tool: the partner's own."""
        self._tool = tool
        self.show(grouped(rows))

    def measure(self) -> None:
        """Names give way to what is said of them, and that of an item first: it is in full beside."""
        cells = [self._cells(row) for row in self.rows] or [("",) * 5]
        entry, item, *rest = (max(map(len, column)) for column in zip(*cells, strict=True))
        rest[-1] = min(rest[-1], max(_SHORTEST, self.size.width // 3))
        left = self.size.width - _FRAME - sum(width + 2 for width in rest if width)
        entry = min(entry, max(_SHORTEST, left - min(item, _SHORTEST) - 2))
        self._widths = (entry, min(item, max(_SHORTEST, left - entry - 2)), *rest)

    def key(self, row: Row) -> str:
        return f"{row.index} {row.id}"

    def draw(self, row: Row) -> Content:
        (sign, style, _), own = STATES[row.state], self._own_report(row)
        padded = [
            f"{cut(cell, width):<{width}}" for cell, width in zip(self._cells(row), self._widths, strict=True)
        ]
        name, item, version, result, about = (f"{cell}  " if cell else "" for cell in padded)
        return Content.assemble(
            (f"{sign} ", style),
            name,
            (f"{item}{version}", "$foreground 60%"),
            (result, RESULTS[own.result][1] if own else ""),
            (about, "$foreground 60%"),
        ).rstrip()

    def _own_report(self, row: Row) -> ToolReport | None:
        return next((one for one in row.newest_reports if one.tool.casefold() == self._tool), None)

    def _cells(self, row: Row) -> tuple[str, str, str, str, str]:
        """Its id; the item's, or what the item is called; the version, since when; what the tool made of it; what is to be said."""
        own = self._own_report(row)
        result = f"{RESULTS[own.result][0]} {visible(own.release, 12)}" if own else ""
        if (item := row.item) is None:
            return visible(row.id), "", "", result, about(row)
        name = row.name if row.id in (item.name, item.public_id) else item.name
        created = f" {item.newest.created:%Y-%m-%d}" if item.newest.created else ""
        return visible(row.id), visible(name), f"{visible(item.newest.name, 12)}{created}", result, about(row)


def about(row: Row) -> str:
    """What is to be said of it in a few words."""
    if row.others:
        return f"its {row.how} fits {', '.join(visible(one, 30) for one in row.others)}"
    if row.item is not None and row.version is None:
        return "not compared"
    count = len(row.differences)
    return f"{count} differ{'s' if count == 1 else ''}" if count else ""
