"""Splices of whole lines."""

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


class Lines:
    """The lines of one document; all offsets are into its text."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.source = layout.text

    def joined(self, lines: Sequence[str]) -> str:
        return self.layout.newline.join(lines)

    def after(self, index: int, lines: Sequence[str]) -> list[Splice]:
        """Whole lines behind the line of an offset; a missing last line break stays missing."""
        if not lines:
            return []
        at = self.layout.line_end(index)
        begin = self.layout.after_line(index)
        if begin == at and at > self.layout.line_start(at):
            return [Splice(at, at, self.layout.newline + self.joined(lines))]
        return [Splice(begin, begin, self.joined(lines) + self.layout.newline)]

    def closed(self, slot: Slot) -> list[Splice]:
        """Keep a text block that ends the document without a line break free of one ("-")."""
        if slot.value_end < len(self.source) or slot.alias:
            return []
        node = slot.value
        while isinstance(node, yaml.CollectionNode) and node.value:
            node = self.layout.slots(node)[-1].value
        if not isinstance(node, yaml.ScalarNode) or node.style not in ("|", ">") or not node.value:
            return []
        header = self.layout.content_start(node)
        found = _CHOMPING.match(self.source, header)
        if found is None or node.value.endswith("\n"):
            return []
        return [Splice(header, found.end(), f"{found[1]}{found[2]}-")]

    def cut(self, start: int, end: int) -> Splice:
        """Cut whole lines, trailing comment and line break included."""
        return Splice(self.layout.head(start), self.layout.after_line(end), "")

    def cut_alone(self, start: int, end: int) -> Splice:
        """Cut a member; with its whole line, trailing comment included, where it has one of its own."""
        behind = self.source[end : self.layout.line_end(end)].strip()
        if self.layout.leads(start) and (not behind or behind.startswith("#")):
            return self.cut(start, end)
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
