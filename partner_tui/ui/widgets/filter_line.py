"""The line that a filter is typed into: it filters with every key, enter keeps the filter, escape clears it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.suggester import Suggester
from textual.widgets import Input

from partner_tui.ui.binding import bind, hidden


class FilterLine(Input):
    """An input of one line; right takes a suggestion up.

    Args:
        placeholder: Shows what can be typed.
        suggested: Words that are completed.
    """

    TITLE = "Filter"
    DEFAULT_CSS = """
    FilterLine, FilterLine:focus { height: 1; border: none; padding: 0 1; background: $panel; background-tint: $panel 0%; }
    """
    BINDINGS = [
        bind("enter", "submit", "Apply", "filter.apply", "Apply the filter and go to the list"),
        bind("escape", "clear", "Clear", "filter.clear", "Show all again"),
        hidden("down", "submit", "Apply", "filter.down", "Apply the filter and go to the list"),
    ]

    def __init__(self, placeholder: str, suggested: Sequence[str], *, id: str | None = None) -> None:
        super().__init__(id=id, placeholder=placeholder, suggester=_LastWord(suggested), compact=True)

    def action_clear(self) -> None:
        self.value = ""
        self.post_message(self.Submitted(self, ""))


class _LastWord(Suggester):
    """Completes the word under the cursor with the filter's keys and their values."""

    def __init__(self, suggested: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._suggested = suggested

    async def get_suggestion(self, value: str) -> str | None:
        before, blank, word = value.rpartition(" ")
        typed = word.removeprefix("-")
        if typed:
            for suggested in self._suggested:
                if suggested.startswith(typed) and suggested != typed:
                    return f"{before}{blank}{word[: len(word) - len(typed)]}{suggested}"
        return None
