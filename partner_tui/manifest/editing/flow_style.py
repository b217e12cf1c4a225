"""New and removed members between brackets, commas and comments in mind."""

from __future__ import annotations

from collections.abc import Sequence

from partner_tui.manifest.editing.lines import Splice, cut_alone
from partner_tui.manifest.text.layout import Layout, Slot


def insert(layout: Layout, slots: Sequence[Slot], index: int, texts: list[str]) -> list[Splice]:
    """New members between brackets; on lines of their own where the others are."""
    own_lines = len(slots) > 1 and layout.line_of(slots[-1].start) > layout.line_of(slots[-2].value_end)
    if index == 0:
        start = slots[0].start
        between = f",{layout.newline}{' ' * layout.column(start)}" if own_lines else ", "
        return [Splice(start, start, between.join([*texts, ""]))]
    end = slots[index - 1].value_end
    if not own_lines:
        return [Splice(end, end, "".join(f", {text}" for text in texts))]
    indent = " " * layout.column(slots[-1].start)
    comma = layout.skip_gap(end)
    has_comma = layout.text[comma : comma + 1] == ","
    line_end = layout.line_end(comma if has_comma else end)
    behind = layout.text[(comma + 1 if has_comma else end) : line_end].strip()
    if behind and not behind.startswith("#"):
        between = f",{layout.newline}{indent}"
        return [Splice(end, end, between + between.join(texts))]
    added_lines = f",{layout.newline}".join(indent + text for text in texts)
    added = Splice(line_end, line_end, layout.newline + added_lines + ("," if has_comma else ""))
    return [added] if has_comma else [Splice(end, end, ","), added]


def take(layout: Layout, slots: Sequence[Slot], gone: set[int]) -> list[Splice]:
    """Remove members with their commas; at least one stays."""
    found: list[Splice] = []
    kept = max(number for number in range(len(slots)) if number not in gone)
    for number in sorted(one for one in gone if one < kept):
        start, follow = slots[number].start, slots[number + 1].start
        if "#" not in layout.text[slots[number].value_end : follow]:
            found.append(Splice(start, follow, ""))
            continue
        found.append(cut_alone(layout, start, _comma(layout, slots[number].value_end)))
    if kept < len(slots) - 1:
        start, end = slots[kept].value_end, slots[-1].value_end
        if "#" not in layout.text[start:end]:
            found.append(Splice(start, end, ""))
        else:
            for number in range(kept + 1, len(slots)):
                comma = _comma(layout, slots[number - 1].value_end)
                found.append(Splice(comma - 1, comma, ""))
                found.append(cut_alone(layout, slots[number].start, slots[number].value_end))
    return found


def reorder(layout: Layout, slots: Sequence[Slot], order: Sequence[int]) -> list[Splice]:
    """Put members into each other's places; for each place, `order` has the index that goes there."""
    return [
        Splice(
            slots[place].start,
            slots[place].value_end,
            layout.text[slots[origin].start : slots[origin].value_end],
        )
        for place, origin in enumerate(order)
        if place != origin
    ]


def _comma(layout: Layout, index: int) -> int:
    """Behind the comma that follows."""
    comma = layout.skip_gap(index)
    return comma + 1 if layout.text[comma : comma + 1] == "," else index
