"""What becomes of the entries as a list: what is no item first, since that is what has to be looked at."""

from __future__ import annotations

import re

from textual.content import Content

from partner_tui.central.compiled import Compiled, Layer, Outcome, State
from partner_tui.plain import visible
from partner_tui.ui.binding import bind
from partner_tui.ui.widgets.side_list import GroupedList, cursor_keys

SIGNS: dict[State, tuple[str, str]] = {
    "item": ("●", "$success"),
    "dropped": ("✗", "$error"),
    "unknown": ("?", "$warning"),
    "ignored": ("✗", "$error"),
}
WORDS: dict[State, str] = {
    "item": "item",
    "dropped": "dropped",
    "unknown": "not known",
    "ignored": "The whole manifest is ignored",
}
_HEADINGS: tuple[tuple[State, str], ...] = (
    ("ignored", "Ignored"),
    ("dropped", "Dropped"),
    ("unknown", "Not known"),
    ("item", "Items"),
)
_SAID_ABOVE = re.compile(r"^(Not known|The CI could not read the manifest): ")
"""What the heading of the group says."""
_OTHERS: dict[Layer, str] = {"root": "the root", "rdf_source": "its RDF", "plugin": "its plugin"}


def rows_of(compiled: Compiled) -> list[Outcome | str]:
    """Rows below the headings of their groups, each group in the order of the file."""
    found: list[Outcome | str] = []
    for state, heading in _HEADINGS:
        if some := compiled.of(state):
            found += [heading if state == "ignored" else f"{heading} {len(some)}", *some]
    return found


class OutcomeList(GroupedList[Outcome]):
    """Entries with what becomes of them, one line each."""

    TITLE = "Compiled"
    BINDINGS = [
        bind("enter", "select", "Open", "compiled.open", "Show the item, or why there is none"),
        *cursor_keys("compiled", "entry"),
    ]
    _width = _line_width = 0
    """Of the names and of the line numbers, in cells."""

    def measure(self) -> None:
        self._width = min(self.room(36, 2), max((len(_name(row)) for row in self.rows), default=0))
        causes = (row.cause for row in self.rows)
        self._line_width = max((len(f"L{cause.line}") for cause in causes if cause), default=0)

    def key(self, row: Outcome) -> str:
        return row.id or str(row.index)

    def draw(self, row: Outcome) -> Content:
        return draw(row, self._width, self._line_width)


def _name(row: Outcome) -> str:
    if row.state == "ignored":
        return "the whole manifest"
    return visible(row.id) or f"(line {row.line})"


def draw(row: Outcome, width: int, place: int = 0) -> Content:
    """A row in one line, its name and its line number in columns of these widths."""
    sign, style = SIGNS[row.state]
    name = f"{visible(_name(row), width):<{width}}  "
    cause = row.cause
    if cause is None:
        return Content.assemble((f"{sign} ", style), name, (_made(row), "$foreground 60%"))
    return Content.assemble(
        (f"{sign} ", style),
        name,
        (f"{f'L{cause.line}':<{place}}  ", "$foreground 60%"),
        visible(_SAID_ABOVE.sub("", cause.why), 300),
    )


def _made(outcome: Outcome) -> str:
    """The type of an item, and what it did not say itself."""
    said: dict[Layer, list[str]] = {}
    for name, origin in outcome.origins.items():
        said.setdefault(origin.layer, []).append(name)
    others = [f"{', '.join(said[layer])} from {words}" for layer, words in _OTHERS.items() if layer in said]
    return "  ".join((f"{visible(str(outcome.item.get('type', '')), 20):<11}", "; ".join(others)))
