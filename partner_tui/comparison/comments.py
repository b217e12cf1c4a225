"""Finds the comments that a merge would lose: data is checked value by value, and comments are not data."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import yaml

from partner_tui.manifest.editing.writer import in_flow
from partner_tui.manifest.text.document import Document

_BEHIND = re.compile(r":?[ \t]+(#[^\r\n]*)")


def lost_comments(base: Document, ours: Document, theirs: Document, result: Document) -> tuple[str, ...]:
    """The comments that a side wrote, or that both kept, and that the result does not have."""
    before, mine, other, made = (Counter(_comments(one)) for one in (base, ours, theirs, result))
    wanted = {
        line: max(mine[line] - before[line], other[line] - before[line], min(mine[line], other[line]))
        for line in mine | other
    }
    return tuple(line for line, count in wanted.items() if made[line] < count)


def _comments(document: Document) -> Iterator[str]:
    """Those on lines of their own, and those behind a key or value."""
    yield from (line.strip() for line in document.text.splitlines() if line.lstrip().startswith("#"))
    waiting = [document.root] if document.root else []
    seen: set[int] = set()  # nodes by id, as aliases share them
    behind: dict[int, str] = {}  # by place: an empty value ends where its key does
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        ends_here = isinstance(node, yaml.ScalarNode) or in_flow(node)
        if ends_here and (found := _BEHIND.match(document.text, document.layout.end(node))):
            behind[found.start(1)] = found[1].rstrip()
        if isinstance(node, yaml.MappingNode):
            waiting += [one for pair in node.value for one in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
    yield from behind.values()
