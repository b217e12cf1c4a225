"""The comments of a text, told from what looks like one in a quoted text or a text block."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

import yaml

from partner_tui.manifest.text.composing import nodes_below
from partner_tui.manifest.text.layout import Layout

_COMMENT = re.compile(r"(?<!\S)#[^\r\n]*")


def comments_between(
    layout: Layout, node: yaml.Node | None, start: int, end: int
) -> Iterator[tuple[int, str]]:
    """The comments between two offsets, each with where it begins.

    Args:
        node: What stands between them.
    """
    spans = sorted(opaque_texts(layout, node))
    starts = [begin for begin, _ in spans]
    while found := _COMMENT.search(layout.text, start, end):
        span = bisect_right(starts, found.start()) - 1
        start = found.end()
        if span >= 0 and found.start() < spans[span][1]:
            start = spans[span][1]
        else:
            yield found.start(), found[0].rstrip()


def opaque_texts(layout: Layout, node: yaml.Node | None) -> Iterator[tuple[int, int]]:
    """Where quoted texts and text blocks begin and end."""
    for one in nodes_below(node):
        if isinstance(one, yaml.ScalarNode) and one.style in ("|", ">"):
            yield layout.line_end(layout.content_start(one)), layout.line_end(layout.end(one))
        elif isinstance(one, yaml.ScalarNode) and one.style:
            yield layout.content_start(one), layout.end(one)
