"""What bioimage.io shows of the entries, as a list: what is not as the manifest says first."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from partner_tui.central.collection import ToolReport
from partner_tui.central.listed import Row, State
from partner_tui.plain import plural, visible
from partner_tui.ui.binding import bind
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
_LONGEST = 30


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
    _widths: tuple[int, ...] = (0, 0, 0, 0)

    def show_rows(self, rows: Sequence[Row], tool: str) -> None:
        """Show rows, each with the newest result of a tool: the partner's own."""
        self._tool = tool
        self.show(grouped(rows))

    def measure(self) -> None:
        cells = [self._cells(row) for row in self.rows] or [("",) * 4]
        self._widths = tuple(max(map(len, column)) for column in zip(*cells, strict=True))

    def key(self, row: Row) -> str:
        return f"{row.index} {row.id}"

    def draw(self, row: Row) -> Content:
        (sign, style, _), own = STATES[row.state], self._own_report(row)
        padded = [f"{cell:<{width}}" for cell, width in zip(self._cells(row), self._widths, strict=True)]
        name, item, version, result = (f"{cell}  " if cell else "" for cell in padded)
        return Content.assemble(
            (f"{sign} ", style),
            name,
            (f"{item}{version}", "$foreground 60%"),
            (result, RESULTS[own.result][1] if own else ""),
            (about(row), "$foreground 60%"),
        ).rstrip()

    def _own_report(self, row: Row) -> ToolReport | None:
        return next((one for one in row.newest_reports if one.tool.casefold() == self._tool), None)

    def _cells(self, row: Row) -> tuple[str, str, str, str]:
        """Its id; the item's, or what the item is called; the version, since when; what the tool made of it."""
        own = self._own_report(row)
        result = f"{RESULTS[own.result][0]} {visible(own.release, 12)}" if own else ""
        if (item := row.item) is None:
            return visible(row.id, self.room(_LONGEST, 3)), "", "", result
        name = visible(
            row.name if row.id in (item.name, item.public_id) else item.name, self.room(_LONGEST, 3)
        )
        created = f" {item.newest.created:%Y-%m-%d}" if item.newest.created else ""
        return (
            visible(row.id, self.room(_LONGEST, 3)),
            name,
            f"{visible(item.newest.name, 12)}{created}",
            result,
        )


def about(row: Row) -> str:
    """What is to be said of it in a few words."""
    if row.others:
        return f"its {row.how} fits {', '.join(visible(one, _LONGEST) for one in row.others)}"
    if row.item is not None and row.version is None:
        return "not compared"
    return plural(len(row.differences), "difference") if row.differences else ""
