"""The lines around the place where a text stops being YAML, laid out with their numbers and a mark below the place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from partner_tui.errors import ManifestParseError
from partner_tui.plain import visible


class ContextLine(NamedTuple):
    """One line to show.

    Args:
        gutter: The line's number and a rule; equally wide in all lines.
        text: The line's text, safe to draw, or the mark.
        role: Whether it is the line of the error, one beside it, or the mark below it.
    """

    gutter: str
    text: str
    role: Literal["beside", "here", "mark"]


def context_lines(error: ManifestParseError) -> Iterator[ContextLine]:
    """The lines of an error's context, none where no place is known."""
    first = max(1, error.line - 1)
    width = len(str(first + len(error.context) - 1))
    for number, text in enumerate(error.context, start=first):
        here = number == error.line
        yield ContextLine(f"{number:>{width}} │ ", visible(text), "here" if here else "beside")
        if here and error.column:
            before = visible(text[: error.column - 1])
            yield ContextLine(f"{'':{width}} │ ", f"{' ' * len(before)}▲", "mark")
