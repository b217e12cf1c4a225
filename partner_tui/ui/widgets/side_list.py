"""A list at the side of what it selects: the cursor shows a row beside it, enter goes there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, Self, TypeVar

from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.visual import VisualType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from partner_tui.plain import visible
from partner_tui.ui.binding import hidden

Row = TypeVar("Row")


def cursor_keys(area: str, noun: str) -> list[Binding]:
    """The keys that move the cursor of a list.

    Args:
        area: What the ids of its bindings begin with.
        noun: What a row is, as the help calls it.
    """
    return [
        hidden(key, action, label, f"{area}.{label.lower()}", f"Go to the {which} {noun}")
        for key, action, label, which in (
            ("j", "cursor_down", "Down", "next"),
            ("k", "cursor_up", "Up", "previous"),
            ("g", "first", "First", "first"),
            ("G", "last", "Last", "last"),
        )
    ]


def scroll_keys(area: str) -> list[Binding]:
    """The keys that scroll a text.

    Args:
        area: What the ids of its bindings begin with.
    """
    return [
        hidden(key, action, label, f"{area}.{label.lower()}", tooltip)
        for key, action, label, tooltip in (
            ("j", "scroll_down", "Down", "Scroll down a line"),
            ("k", "scroll_up", "Up", "Scroll up a line"),
            ("g", "scroll_home", "Top", "Go to the top"),
            ("G", "scroll_end", "End", "Go to the end"),
        )
    ]


class HeadedList(OptionList):
    """Rows with what has no cursor above and below them: headings of groups, or notes."""

    def scroll_to_highlight(self, top: bool = False) -> None:
        """With the first row is seen what stands above it, and with the last one what stands below, as far as there is room."""
        super().scroll_to_highlight(top)
        rows = [at for at, option in enumerate(self.options) if not option.disabled]
        if rows and self.highlighted == rows[-1]:
            self.scroll_end(animate=False, force=True, immediate=True)
        elif rows and self.highlighted == rows[0]:
            self.scroll_home(animate=False, force=True, immediate=True)
        super().scroll_to_highlight(top)

    # Textual knows no lines, and so no page, of a list that has no room on the screen.

    def action_page_up(self) -> None:
        if self.scrollable_content_region:
            super().action_page_up()  # type: ignore[no-untyped-call]  # Textual gives it none

    def action_page_down(self) -> None:
        if self.scrollable_content_region:
            super().action_page_down()  # type: ignore[no-untyped-call]  # Textual gives it none


class SideList(HeadedList):
    """Says what the cursor does in two messages of its own, those of the list end here; rows are drawn again for another size."""

    TITLE = ""
    DEFAULT_CSS = """
    SideList {
        height: 1fr; border: none; padding: 0; background: transparent; text-wrap: nowrap; text-overflow: ellipsis;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable;
        &:focus { border: none; background-tint: transparent; }
        & > .option-list--option { padding: 0 1; }
    }
    """

    class Selected(Message):
        """The cursor is on another row."""

    class Opened(Message):
        """The selected row is to be gone into."""

    _drawn_for = Size(0, 0)

    def set_options(self, options: Iterable[Option | VisualType | None]) -> Self:
        self._drawn_for = self.size
        return super().set_options(options)

    def draw_all_again(self) -> None:
        """Draw the rows for another size; nothing where no row is cut or wrapped by the widget itself."""

    def on_resize(self) -> None:
        if self.size != self._drawn_for:
            self._drawn_for = self.size
            self.draw_all_again()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self.post_message(self.Selected())

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Opened())

    def turn(self, by: int) -> bool:
        """Put the cursor on the next or the previous row; whether there is one."""
        places = [at for at, option in enumerate(self.options) if not option.disabled]
        at = self.highlighted
        wanted = places.index(at) + by if at in places else 0
        if not 0 <= wanted < len(places):
            return False
        self.highlighted = places[wanted]
        return True


class GroupedList(SideList, Generic[Row]):
    """Rows below the headings of their groups."""

    DEFAULT_CSS = """
    GroupedList > .option-list--option-disabled { color: $accent; text-style: bold; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._listed: list[Row | str] = []

    def key(self, row: Row) -> str:
        """What a row is found by after another reading."""
        raise NotImplementedError

    def draw(self, row: Row) -> VisualType:
        """A row as it is shown."""
        raise NotImplementedError

    def measure(self) -> None:
        """Work out the widths of columns of `rows`, before these are drawn."""

    def room(self, least: int, parts: int) -> int:
        """The most cells of a name: one of some parts of the width, or what it has at least."""
        return max(least, self.size.width // parts)

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor."""
        at = self.highlighted
        line = self._listed[at] if at is not None and at < len(self._listed) else None
        return None if isinstance(line, str) else line

    @property
    def rows(self) -> list[Row]:
        return [line for line in self._listed if not isinstance(line, str)]

    def show(self, listed: Sequence[Row | str]) -> None:
        """Show rows, and texts as headings; the cursor stays on the row that it was on, else near it."""
        kept, place = self.chosen, self.highlighted
        self._listed = list(listed)
        self.measure()
        rows = [at for at, line in enumerate(self._listed) if not isinstance(line, str)]
        near = next((at for at in rows if place is None or at >= place), rows[-1] if rows else None)
        same = self._place(self.key(kept)) if kept is not None else None
        with self.prevent(OptionList.OptionHighlighted):
            self.set_options(
                Option(visible(line, 200), disabled=True)
                if isinstance(line, str)
                else Option(self.draw(line))
                for line in self._listed
            )
            self.highlighted = near if same is None else same
        self.post_message(self.Selected())

    def go_to(self, key: str) -> bool:
        """Put the cursor on the row with a key; whether there is one."""
        place = self._place(key)
        if place is not None:
            self.highlighted = place
        return place is not None

    def draw_again(self, row: Row) -> None:
        """Something about a row is shown in another way."""
        if (place := self._place(self.key(row))) is not None:
            self.replace_option_prompt_at_index(place, self.draw(row))

    def draw_all_again(self) -> None:
        """All rows are shown in another way; by place, as two may have one key."""
        self.measure()
        for place, line in enumerate(self._listed):
            if not isinstance(line, str):
                self.replace_option_prompt_at_index(place, self.draw(line))

    def _place(self, key: str) -> int | None:
        places = enumerate(self._listed)
        return next((at for at, line in places if not isinstance(line, str) and self.key(line) == key), None)
