"""A block mapping cut into the lines of each key, so that a whole value moves with its comments and style.

What stands between two keys belongs to the first, but for the comments directly above the second that are not
indented further than its key: those are about what follows them.
"""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from partner_tui.errors import PatchError
from partner_tui.manifest.text.document import Document, Path
from partner_tui.manifest.text.layout import Slot
from partner_tui.manifest.text.source_text import moved


@dataclass(frozen=True, slots=True)
class Segment:
    """The lines of one key; all places are offsets into the text.

    Attributes:
        key: The key.
        slot: The key with its value.
        start: Its first line, comments above it included.
        head: The line of the key.
        body: Behind the line of the key.
        end: Behind its last line.
    """

    key: str
    slot: Slot
    start: int
    head: int
    body: int
    end: int

    @property
    def is_block(self) -> bool:
        """Whether its value is a list or mapping in lines of its own below the key."""
        value = self.slot.value
        return (
            isinstance(value, yaml.CollectionNode)
            and bool(value.value)
            and not value.flow_style
            and not self.slot.alias
            and self.slot.value_start >= self.body
        )


def segments(document: Document, path: Path = ()) -> tuple[Segment, ...]:
    """The segments of the mapping at a path, in file order.

    Raises:
        PatchError: It is no mapping in block style.
    """
    node = document.node(path)
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        raise PatchError("This mapping does not have a line for each key, so its parts cannot be moved.")
    layout = document.layout
    slots = layout.slots(node)
    heads = [layout.line_start(slot.start) for slot in slots]
    starts = [
        layout.with_comments(head, layout.column(slot.start)) for head, slot in zip(heads, slots, strict=True)
    ]
    end = len(document.text) if not path else layout.after_line(layout.end(node))
    return tuple(
        Segment(
            str(getattr(slot.key, "value", "")),
            slot,
            start,
            head,
            min(layout.after_line(slot.lead_end), behind),
            behind,
        )
        for slot, start, head, behind in zip(slots, starts, heads, [*starts[1:], end], strict=True)
    )


def body_at(document: Document, segment: Segment, column: int) -> str:
    """The lines of a segment's value, from its first to its last comment, so that it begins at a column (from 0)."""
    layout = document.layout
    away = column - layout.column(segment.slot.value_start)
    lines = document.text[segment.body : segment.end].splitlines(keepends=True)
    body = "".join(moved(line, away) for line in lines)
    return body if not body or body.endswith(("\n", "\r")) else body + layout.newline
