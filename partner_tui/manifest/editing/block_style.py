"""New, removed and reordered members on lines of their own; comments stay, or go with their member."""

from __future__ import annotations

from collections.abc import Sequence

from partner_tui.manifest.editing.lines import Lines, Splice
from partner_tui.manifest.text.layout import Slot


def insert(lines: Lines, slots: Sequence[Slot], index: int, blocks: Sequence[Sequence[str]]) -> list[Splice]:
    """Insert members into a list that has some; blank lines between them are continued.

    Args:
        lines: The text.
        slots: The members that are there.
        index: The place of the first new one.
        blocks: The lines of each new one, indented.
    """
    gap = [""] if _spaced(lines, slots) else []
    if index:
        behind = slots[index - 1]
        new = [line for block in blocks for line in (*gap, *block)]
        return [*lines.closed(behind), *lines.after(behind.value_end, new)]
    new = [line for block in blocks for line in (*block, *gap)]
    first = slots[0].start
    if not lines.layout.leads(first):  # behind another dash
        indent = " " * lines.layout.column(first)
        return [Splice(first, first, lines.joined(new).lstrip(" ") + lines.layout.newline + indent)]
    begin = lines.layout.with_comments(first)
    return [Splice(begin, begin, lines.joined(new) + lines.layout.newline)]


def take(lines: Lines, slots: Sequence[Slot], gone: set[int]) -> list[Splice]:
    """Remove members with their lines; at least one stays. Comments on lines of their own stay."""
    found = []
    for number in sorted(gone):
        start, end = slots[number].start, slots[number].value_end
        if lines.layout.leads(start):
            found.append(lines.cut(start, end))
            continue
        # It stands behind a dash: the next one takes its place, unless a comment is between.
        follow = slots[number + 1].start if number + 1 < len(slots) else end
        if number + 1 in gone or lines.source[lines.layout.line_end(end) : follow].strip():
            while lines.source[start - 1] in " \t":
                start -= 1
            found.append(Splice(start, lines.layout.line_end(end), ""))
        else:
            found.append(Splice(start, follow, ""))
    return found


def reorder(lines: Lines, slots: Sequence[Slot], order: Sequence[int]) -> list[Splice]:
    """Put members, with the comments above and behind them, into each other's places.

    Args:
        lines: The text.
        slots: The members.
        order: For each place, the index of the member that goes there.
    """
    places = [
        (lines.layout.with_comments(slot.start), lines.layout.line_end(slot.value_end)) for slot in slots
    ]
    found = []
    for place, origin in enumerate(order):
        if place == origin:
            continue
        text = lines.source[slice(*places[origin])]
        if not lines.layout.leads(slots[place].start):  # behind another dash
            text = text.lstrip(" ")
        elif not lines.layout.leads(slots[origin].start):
            text = " " * lines.layout.column(slots[0].start) + text
        found.append(Splice(*places[place], text))
    return found


def _spaced(lines: Lines, slots: Sequence[Slot]) -> bool:
    """Whether blank lines stand between the members."""
    if len(slots) < 2:
        return False
    begin = lines.layout.line_end(slots[-2].value_end)
    between = lines.source[begin : lines.layout.with_comments(slots[-1].start)]
    return between.count("\n") > 1 and not between.strip()
