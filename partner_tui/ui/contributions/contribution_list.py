"""Rows of two lines in groups, each below its heading: what waits for the maintainer, whatever kind it is of."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class Listed(Protocol):
    """What a row is of."""

    @property
    def key(self) -> Hashable:
        """What it is found by, whatever becomes known of it."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one kind.

    Attributes:
        draw: Two lines of a row, for a width in cells.
    """

    heading: str
    rows: Sequence[Listed]
    draw: Callable[[Any, int], Content]


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the list and how it is drawn; no row where it is a heading."""

    row: Listed | None
    draw: Callable[[Any, int], Content]

    def drawn(self, width: int, is_marked: bool) -> Content:
        """Its lines, a cell at the left for the mark."""
        mark = Content.styled("✓", "bold $accent") if is_marked else Content(" ")
        return mark + Content("\n ").join(self.draw(self.row, width).split("\n"))


class ContributionList(OptionList):
    """Rows under the headings of their groups; a click selects one, another click or enter opens it."""

    TITLE = "Contributions"
    DEFAULT_CSS = """
    ContributionList {
        height: 1fr; border: none; padding: 0; background: transparent; scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        &:focus { border: none; background-tint: transparent; }
        & > .option-list--option { padding: 0 1 0 0; }
        & > .option-list--option-disabled { color: $accent; text-style: bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Review", id="contributions.open", tooltip="Review the selected one"),
        Binding(
            "j", "cursor_down", "Down", show=False, id="contributions.down", tooltip="Go to the next one"
        ),
        Binding("k", "cursor_up", "Up", show=False, id="contributions.up", tooltip="Go to the previous one"),
        Binding("space", "mark", "Mark", id="contributions.mark", tooltip="Mark it for m (merge)"),
        Binding("g", "first", "First", show=False, id="contributions.first", tooltip="Go to the first one"),
        Binding("G", "last", "Last", show=False, id="contributions.last", tooltip="Go to the last one"),
    ]

    class Marked(Message):
        """Other rows are marked."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._listed: list[_Line] = []
        self._width = 0
        self.marked: set[Hashable] = set()

    @property
    def chosen(self) -> Listed | None:
        """What the row under the cursor is of."""
        at = self.highlighted
        return self._listed[at].row if at is not None and at < len(self._listed) else None

    def show(self, groups: Sequence[Group]) -> None:
        """Show groups; the cursor stays on the row that it was on, else near it."""
        kept, place = self.chosen, self.highlighted or 0
        self._listed = []
        for group in groups:
            if group.rows:
                self._listed.append(_heading(f"{group.heading} {len(group.rows)}"))
                self._listed += [_Line(row, group.draw) for row in group.rows]
        same = (
            at
            for at, line in enumerate(self._listed)
            if line.row is not None and kept is not None and line.row.key == kept.key
        )
        at = next(same, min(max(place, 1), len(self._listed) - 1))
        scroll = self.scroll_y
        with self.prevent(OptionList.OptionHighlighted):
            self.set_options(Option(self._drawn(line), disabled=line.row is None) for line in self._listed)
            self.scroll_to(y=scroll, animate=False)
            self.highlighted = at if self._listed else None

    def show_row(self, row: Listed) -> None:
        """More is known of one."""
        for place, line in enumerate(self._listed):
            if line.row is not None and line.row.key == row.key:
                self._listed[place] = made = _Line(row, line.draw)
                self.replace_option_prompt_at_index(place, self._drawn(made))

    def action_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away, and go on to the next."""
        if (chosen := self.chosen) is not None:
            self.marked ^= {chosen.key}
            self.show_row(chosen)
            if self.highlighted is not None and self.highlighted < len(self._listed) - 1:
                self.action_cursor_down()
            self.post_message(self.Marked())

    def unmark(self) -> None:
        """Take every mark away."""
        self.marked.clear()
        for line in self._listed:
            if line.row is not None:
                self.show_row(line.row)
        self.post_message(self.Marked())

    def _drawn(self, line: _Line) -> Content:
        return line.drawn(self._room, line.row is not None and line.row.key in self.marked)

    @property
    def _room(self) -> int:
        """Cells of a row without its padding."""
        return max(20, self.scrollable_content_region.width - 2)

    def on_resize(self, event: events.Resize) -> None:
        if self._room != self._width:
            self._width = self._room
            for place, line in enumerate(self._listed):
                self.replace_option_prompt_at_index(place, self._drawn(line))

    def on_click(self, event: events.Click) -> None:
        """A click on another row goes there and no further, as in the table of entries."""
        clicked = event.style.meta.get("option")
        if clicked is not None and clicked != self.highlighted and self._listed[clicked].row is not None:
            event.prevent_default()
            self.highlighted = clicked


def _heading(words: str) -> _Line:
    return _Line(None, lambda _row, _width: Content(words))
