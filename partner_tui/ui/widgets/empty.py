"""Lists of which there may be nothing to list: words stand in their place then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from rich.console import RenderableType
from textual import getters
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from partner_tui.plain import ELLIPSIS

Item = TypeVar("Item")


class EmptyWords(Static, can_focus=True):
    """Words in the place of a list; it takes the focus, so that the keys of the pane work."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, classes="empty", markup=False)

    def say(self, words: str) -> None:
        """Say other words; nothing is drawn where they are the same."""
        if words != self.content:
            self.update(words)


class ListOrWords(Vertical, Generic[Item]):
    """Items, one to a row of a list, or words; give it `cursor_keys`."""

    DEFAULT_CSS = """
    ListOrWords {
        OptionList { border: none; height: 1fr; background: $background; padding: 0; scrollbar-size-vertical: 1; }
        OptionList:focus { border: none; background-tint: $background 0%; }
        OptionList > .option-list--option { padding: 0 1; }
        .empty { padding: 0 1; }
    }
    """
    MOST = 300
    """Rows that are shown."""

    options = getters.query_one(OptionList)
    words = getters.query_one(EmptyWords)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._items: Sequence[Item] = ()

    def compose(self) -> ComposeResult:
        yield EmptyWords()
        yield OptionList(markup=False)

    def row(self, place: int, item: Item) -> RenderableType:
        """An item as it is drawn."""
        raise NotImplementedError

    def show_items(self, items: Sequence[Item], nothing: str) -> None:
        """Show items, or what to say where there are none; the cursor stays at its place, and the focus here."""
        self._items = items
        had_focus = self.has_focus_within
        self.words.say(nothing)
        self.words.display, self.options.display = not items, bool(items)
        self.draw()
        if had_focus:
            self.body.focus()

    def draw(self) -> None:
        """Draw the rows again."""
        at = self.options.highlighted or 0
        shown = self._items[: self.MOST]
        self.options.set_options(self._rows(shown))
        self.options.highlighted = min(at, len(shown) - 1) if shown else None

    def _rows(self, shown: Sequence[Item]) -> Iterator[Option]:
        for place, item in enumerate(shown):
            yield Option(self.row(place, item))
        if more := len(self._items) - len(shown):
            yield Option(f"{ELLIPSIS} and {more} more", disabled=True)

    @property
    def body(self) -> Widget:
        """The list, or what is shown in its place."""
        return self.options if self.options.display else self.words

    @property
    def selected(self) -> Item | None:
        at = self.options.highlighted
        return self._items[at] if at is not None and at < len(self._items) else None

    def action_cursor_down(self) -> None:
        self.options.action_cursor_down()

    def action_cursor_up(self) -> None:
        self.options.action_cursor_up()

    def action_first(self) -> None:
        self.options.action_first()

    def action_last(self) -> None:
        self.options.action_last()
