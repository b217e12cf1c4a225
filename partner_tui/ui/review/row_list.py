"""One list of what a contribution touches: entries, the manifest, files, each part below its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from textual.content import Content

from partner_tui.ui.binding import bind
from partner_tui.ui.review.rows import SINCE, Row
from partner_tui.ui.widgets.side_list import GroupedList, cursor_keys


class RowList(GroupedList[Row]):
    """The list; the cursor is on a row, never on the name of a part."""

    TITLE = "Contribution"
    BINDINGS = [
        bind("enter", "select", "Open", "review.open", "Go to what is shown beside the list"),
        *cursor_keys("review", "row"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._notes: Mapping[str, str] = {}

    def key(self, row: Row) -> str:
        """What it is known by in what is kept; what changed since the last look is listed twice."""
        return f"{SINCE}:{row.key}" if row.part == SINCE else row.key

    def draw(self, row: Row) -> Content:
        note = self._notes.get(row.key, "")
        return row.label() + Content.styled(f"  {note}", "$secondary") if note else row.label()

    def show_rows(self, rows: Sequence[Row], notes: Mapping[str, str]) -> None:
        """Show rows below the names of their parts.

        Args:
            notes: By the key of a row, what is said behind it, such as how many comments there are.
        """
        self._notes = notes
        listed: list[Row | str] = []
        for part, some in groupby(rows, lambda row: row.part):
            group = list(some)
            listed += [*([""] if listed else []), f"{part}  {len(group)}", *group]
        self.show(listed)
