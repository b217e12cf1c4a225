"""New, removed and reordered members on lines of their own; comments stay, or go with their member."""

from __future__ import annotations

from collections.abc import Sequence

from partner_tui.manifest.editing.lines import Splice, below, closed, cut
from partner_tui.manifest.text.layout import Layout, Slot


def insert(
    layout: Layout, slots: Sequence[Slot], index: int, blocks: Sequence[Sequence[str]]
) -> list[Splice]:
    """Insert members into a list that has some; blank lines between them are continued.

    Args:
        layout: Of the text.
        slots: The members that are there.
        index: The place of the first new one.
        blocks: The lines of each new one, indented.
    """
    gap = [""] if _spaced(layout, slots) else []
    if index:
        behind = slots[index - 1]
        new = [line for block in blocks for line in (*gap, *block)]
        return [*closed(layout, behind), *below(layout, behind.value_end, new)]
    new = [line for block in blocks for line in (*block, *gap)]
    first = slots[0].start
    if not layout.leads(first):  # behind another dash
        indent = " " * layout.column(first)
        return [Splice(first, first, layout.newline.join(new).lstrip(" ") + layout.newline + indent)]
    begin = layout.with_comments(first)
    return [Splice(begin, begin, layout.newline.join(new) + layout.newline)]


def take(layout: Layout, slots: Sequence[Slot], gone: set[int]) -> list[Splice]:
    """Remove members with their lines; at least one stays. Comments on lines of their own stay."""
    found = []
    for number in sorted(gone):
        start, end = slots[number].start, slots[number].value_end
        if layout.leads(start):
            found.append(cut(layout, start, end))
            continue
        # It stands behind a dash: the next one takes its place, unless a comment is between.
        follow = slots[number + 1].start if number + 1 < len(slots) else end
        if number + 1 in gone or layout.text[layout.line_end(end) : follow].strip():
            while layout.text[start - 1] in " \t":
                start -= 1
            found.append(Splice(start, layout.line_end(end), ""))
        else:
            found.append(Splice(start, follow, ""))
    return found


def reorder(layout: Layout, slots: Sequence[Slot], order: Sequence[int]) -> list[Splice]:
    """Put members, with the comments above and behind them, into each other's places.

    Args:
        layout: Of the text.
        slots: The members.
        order: For each place, the index of the member that goes there.
    """
    places = [(layout.with_comments(slot.start), layout.line_end(slot.value_end)) for slot in slots]
    found = []
    for place, origin in enumerate(order):
        if place == origin:
            continue
        text = layout.text[slice(*places[origin])]
        if not layout.leads(slots[place].start):  # behind another dash
            text = text.lstrip(" ")
        elif not layout.leads(slots[origin].start):
            text = " " * layout.column(slots[0].start) + text
        found.append(Splice(*places[place], text))
    return found


def _spaced(layout: Layout, slots: Sequence[Slot]) -> bool:
    """Whether blank lines stand between the members."""
    if len(slots) < 2:
        return False
    begin = layout.line_end(slots[-2].value_end)
    between = layout.text[begin : layout.with_comments(slots[-1].start)]
    return between.count("\n") > 1 and not between.strip()
