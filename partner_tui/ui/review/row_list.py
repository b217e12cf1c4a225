"""One list of what a contribution touches: entries, the manifest, files, each part below its name."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from partner_tui.ui.binding import bind
from partner_tui.ui.review.rows import Row
from partner_tui.ui.widgets.side_list import SideList, cursor_keys


class RowList(SideList):
    """The list; the cursor is on a row, never on the name of a part."""

    TITLE = "Contribution"
    DEFAULT_CSS = """
    RowList {
        & > .option-list--option-disabled { color: $foreground; }
    }
    """
    BINDINGS = [
        bind("enter", "select", "Open", "review.open", "Go to what is shown beside the list"),
        *cursor_keys("review", "row"),
    ]

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._rows: list[Row | None] = []

    @property
    def selected(self) -> Row | None:
        at = self.highlighted
        return self._rows[at] if at is not None and at < len(self._rows) else None

    def show(self, rows: Sequence[Row], notes: dict[str, str]) -> None:
        """Show rows; the cursor stays on its row where there still is one.

        Args:
            notes: By the key of a row, what is said behind it, such as how many comments there are.
        """
        was = self.selected
        self._rows, part = [], ""
        options: list[Option] = []
        for row in rows:
            if row.part != part:
                part = row.part
                count = sum(one.part == part for one in rows)
                if options:
                    options.append(Option("", disabled=True))
                    self._rows.append(None)
                heading = Content.assemble((part, "bold $accent"), (f"  {count}", "$foreground 60%"))
                options.append(Option(heading, disabled=True))
                self._rows.append(None)
            label, note = row.label(), notes.get(row.key, "")
            options.append(Option(label + Content.styled(f"  {note}", "$secondary") if note else label))
            self._rows.append(row)
        with self.prevent(OptionList.OptionHighlighted):
            self.clear_options()
            self.add_options(options)
        same = (
            at
            for at, row in enumerate(self._rows)
            if row and was and (row.key, row.part) == (was.key, was.part)
        )
        first = (at for at, row in enumerate(self._rows) if row)
        self.highlighted = next(same, next(first, None))

    def go_to(self, key: str) -> bool:
        """Put the cursor on the row with a key; whether there is one."""
        place = next((at for at, row in enumerate(self._rows) if row is not None and row.key == key), None)
        if place is not None:
            self.highlighted = place
        return place is not None
