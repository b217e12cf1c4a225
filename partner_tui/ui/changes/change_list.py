"""List of uncommitted changes: each file, and below the manifest its changes in the field's words."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from partner_tui.plain import visible
from partner_tui.ui.widgets.side_list import cursor_keys
from partner_tui.workspace.changes.change_rows import ChangeRow

VERBS = {"added": ("+", "$success"), "removed": ("−", "$error"), "changed": ("~", "$warning")}


class ChangeList(OptionList):
    """Rows to choose from; the chosen one's diff is shown beside."""

    TITLE = "Uncommitted changes"
    DEFAULT_CSS = """
    ChangeList {
        height: 1fr; border: none; padding: 0; background: transparent; scrollbar-size-vertical: 1;
        &:focus { border: none; background-tint: transparent; }
        & > .option-list--option { padding: 0 1; }
    }
    """
    BINDINGS = [*cursor_keys("changes", "change")]

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self.rows: tuple[ChangeRow, ...] = ()

    @property
    def chosen(self) -> ChangeRow | None:
        return self.rows[self.highlighted] if self.highlighted is not None and self.rows else None

    def show(self, rows: tuple[ChangeRow, ...]) -> None:
        """Show these rows; the cursor stays on the row it was on, else near it."""
        kept, place = self.chosen.key if self.chosen else None, self.highlighted or 0
        self.rows = rows
        with self.prevent(OptionList.OptionHighlighted):
            self.set_options(Option(self._prompt(row)) for row in rows)
            keys = [row.key for row in rows]
            if kept in keys:
                place = keys.index(kept)
            self.highlighted = min(place, len(rows) - 1) if rows else None

    def on_resize(self, event: events.Resize) -> None:
        for place, row in enumerate(self.rows):
            self.replace_option_prompt_at_index(place, self._prompt(row))

    def _prompt(self, row: ChangeRow) -> Content:
        """The words to the left, the counts of lines to the right of the room there is."""
        glyph, color = VERBS[row.verb]
        indent = "  " if row.change else ""
        counts = [(f"+{row.added}", "$success")] if row.added else []
        counts += [(f"−{row.removed}", "$error")] if row.removed else []
        plain = " ".join(count for count, _ in counts)
        room = max(8, self.scrollable_content_region.width - 2 - len(indent) - 2 - len(plain) - 1)
        words = Content(visible(row.words)).truncate(room, ellipsis=True)
        gap = " " * (room - cell_len(words.plain) + 1)
        parts: list[Content | tuple[str, str]] = [indent, (f"{glyph} ", f"bold {color}"), words, gap]  # type: ignore[list-item]
        for place, count in enumerate(counts):
            parts.extend([(" ", ""), count] if place else [count])
        return Content.assemble(*parts)
