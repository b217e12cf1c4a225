"""The fields of an entry that differ, before and after side by side where there is room, with what differs in a text marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text
from textual.app import App

from partner_tui.comparison.changes import ABSENT
from partner_tui.contributions.entry_changes import ValueChange
from partner_tui.plain import ELLIPSIS, visible
from partner_tui.ui.theme_style import theme_style
from partner_tui.ui.widgets.diff import value_text
from partner_tui.ui.widgets.diff_lines import Span, emphasis
from partner_tui.ui.widgets.empty import ListOrWords
from partner_tui.ui.widgets.side_list import cursor_keys

SIDE_BY_SIDE = 76
"""From this width, in cells, before and after have a column each."""
MAX_VALUE = 1_600
"""Characters of one value; where two long texts differ is always among them."""
KEPT_BEFORE = 160
"""Characters of a long text that are shown before its first difference."""


class FieldList(ListOrWords[ValueChange]):
    """The values that differ, one to a row: of an entry under review, and of a version in its history."""

    TITLE = "Fields"
    BINDINGS = [*cursor_keys("values", "value")]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._notes: Mapping[int, str] = {}
        self._width = 0

    def show(self, changes: Sequence[ValueChange], notes: Mapping[int, str], nothing: str = "") -> None:
        """Show the values that differ.

        Args:
            notes: By the place of a change, what is said below it: the size of a file, comments.
        """
        self._notes, self._width = notes, self.size.width
        self.show_items(changes, nothing)

    def on_resize(self) -> None:
        if self.size.width != self._width:
            self._width = self.size.width
            self.draw()

    def row(self, place: int, change: ValueChange) -> Group:
        return change_rows(self.app, change, self._width, self._notes.get(place, ""))


def change_rows(app: App[Any], change: ValueChange, width: int, note: str = "") -> Group:
    """A value before and after, side by side where there is room."""
    quiet = theme_style(app, "$foreground 60%")
    name = Text(visible(path_words(change.path), 200), theme_style(app, "$secondary", bold=True))
    parts: list[RenderableType] = [name]
    before, after, out, into = sides(change.before, change.after)
    left = _side("−", before, out, theme_style(app, "$error"))
    right = _side("+", after, into, theme_style(app, "$success"))
    if width >= SIDE_BY_SIDE and left and right:
        parts.append(two_columns(left, right))
    else:
        parts += [side for side in (left, right) if side]
    if note:
        parts.append(Text(visible(note, 400, lines=True), quiet))
    return Group(*parts, Text(""))


def two_columns(*cells: RenderableType) -> Table:
    """Cells in two columns of one width, row by row."""
    columns = Table.grid(padding=(0, 2), expand=True)
    columns.add_column(ratio=1, overflow="fold")
    columns.add_column(ratio=1, overflow="fold")
    for left, right in zip(cells[::2], cells[1::2], strict=True):
        columns.add_row(left, right)
    return columns


def marked(text: str, spans: Sequence[Span], style: Style) -> Text:
    """A text with what differs in it marked; one that stands alone is marked as a whole."""
    body = Text(text, "" if spans else style)
    for start, end in spans:
        body.stylize(style + Style(bold=True, underline=True), start, end)
    return body


def path_words(path: Sequence[Any]) -> str:
    """A path for a person: ``authors[2].name``."""
    words = ""
    for step in path:
        if isinstance(step, int):
            words += f"[{step}]"
        else:
            words += f".{step}" if words else str(step)
    return words or "(the whole entry)"


def sides(before: Any, after: Any) -> tuple[str | None, str | None, Sequence[Span], Sequence[Span]]:
    """Two values as texts, None where there is none, and what differs in them; cut where both begin alike for long."""
    old, new = (
        None if value is ABSENT else visible(value_text(value), lines=True).rstrip("\n")
        for value in (before, after)
    )
    if old is None or new is None:
        return _cut(old, 0), _cut(new, 0), (), ()
    same = next(
        (at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    start = max(0, same - KEPT_BEFORE) if max(len(old), len(new)) > MAX_VALUE else 0
    old, new = _cut(old, start) or "", _cut(new, start) or ""
    return old, new, *emphasis(old, new)


def _cut(text: str | None, start: int) -> str | None:
    if text is None:
        return None
    text = ELLIPSIS + text[start:] if start else text
    return text[: MAX_VALUE - 1] + ELLIPSIS if len(text) > MAX_VALUE else text


def _side(sign: str, text: str | None, spans: Sequence[Span], style: Style) -> Table | None:
    """A long URL begins beside its sign, and lines of a text keep their indentation."""
    if text is None:
        return None
    columns = Table.grid(padding=(0, 1))
    columns.add_column(width=1)
    columns.add_column(overflow="fold")
    columns.add_row(Text(sign, style + Style(bold=True)), marked(text, spans, style))
    return columns
