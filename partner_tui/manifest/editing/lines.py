"""Splices of whole lines; all offsets are into the text of a layout."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import yaml

from partner_tui.manifest.text.layout import Layout, Slot

_CHOMPING = re.compile(r"([|>])[+]?([0-9]?)[+]?(?!-)")


class Splice(NamedTuple):
    """Replace the characters from `start` to before `end` by `text`."""

    start: int
    end: int
    text: str


def indentation(line: str) -> str:
    """The blanks that a line begins with."""
    return line[: len(line) - len(line.lstrip(" "))]


def below(layout: Layout, index: int, lines: Sequence[str]) -> list[Splice]:
    """Whole lines behind the line of an offset; a missing last line break stays missing."""
    if not lines:
        return []
    at = layout.line_end(index)
    begin = layout.after_line(index)
    if begin == at and at > layout.line_start(at):
        return [Splice(at, at, layout.newline + layout.newline.join(lines))]
    return [Splice(begin, begin, layout.newline.join(lines) + layout.newline)]


def closed(layout: Layout, slot: Slot) -> list[Splice]:
    """Keep a text block that ends the document without a line break free of one ("-")."""
    if slot.value_end < len(layout.text) or slot.alias:
        return []
    node = slot.value
    while isinstance(node, yaml.CollectionNode) and node.value:
        node = layout.slots(node)[-1].value
    if not isinstance(node, yaml.ScalarNode) or node.style not in ("|", ">") or not node.value:
        return []
    header = layout.content_start(node)
    found = _CHOMPING.match(layout.text, header)
    if found is None or node.value.endswith("\n"):
        return []
    return [Splice(header, found.end(), f"{found[1]}{found[2]}-")]


def cut(layout: Layout, start: int, end: int) -> Splice:
    """Cut whole lines, trailing comment and line break included."""
    return Splice(layout.head(start), layout.after_line(end), "")


def cut_alone(layout: Layout, start: int, end: int) -> Splice:
    """Cut a member; with its whole line, trailing comment included, where it has one of its own."""
    behind = layout.text[end : layout.line_end(end)].strip()
    if layout.leads(start) and (not behind or behind.startswith("#")):
        return cut(layout, start, end)
    return Splice(start, end, "")


def outermost(splices: list[Splice]) -> list[Splice]:
    """Without those inside another: a block that is replaced need not be closed for what comes behind it."""
    kept: list[Splice] = []
    behind = -1
    for one in sorted(splices, key=lambda splice: (splice.start, -splice.end)):
        if not one.start < one.end <= behind:
            kept.append(one)
        behind = max(behind, one.end)
    return kept
