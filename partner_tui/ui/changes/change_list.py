"""List of uncommitted changes: each file, and below the manifest its changes in the field's words."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from partner_tui.plain import visible
from partner_tui.ui.widgets.side_list import GroupedList, cursor_keys
from partner_tui.workspace.changes.uncommitted import ChangeRow

VERBS = {"added": ("+", "$success"), "removed": ("−", "$error"), "changed": ("~", "$warning")}


class ChangeList(GroupedList[ChangeRow]):
    """Rows to choose from; the chosen one's diff is shown beside."""

    TITLE = "Uncommitted changes"
    BINDINGS = [*cursor_keys("changes", "change")]

    def key(self, row: ChangeRow) -> str:
        return row.key

    def draw(self, row: ChangeRow) -> Content:
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
