"""One edit as splices: which characters of the text go, and which come in their place.

Every splice is as small as the edit allows, and follows the style of the text around it. An edit changes one place and no other:
what an alias repeats elsewhere, or a merge brings in, is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import yaml

from partner_tui.errors import PatchError
from partner_tui.manifest.editing import block_style, flow_style
from partner_tui.manifest.editing.difference import Change, changes, moves
from partner_tui.manifest.editing.edits import (
    Add,
    Append,
    Edit,
    Insert,
    KeepOne,
    Move,
    Remove,
    Rename,
    Replace,
    shown,
)
from partner_tui.manifest.editing.lines import Splice, below, closed, cut, indentation, outermost
from partner_tui.manifest.editing.writer import Style, Writer, in_flow
from partner_tui.manifest.text.document import Document, Path, is_key
from partner_tui.manifest.text.layout import Slot
from partner_tui.manifest.text.scalars import key_text
from partner_tui.manifest.text.source_text import COMMENT, comment_behind
from partner_tui.manifest.text.values import plain, same


class Splicer:
    """Writes edits as splices of one document; all offsets are into its text."""

    def __init__(self, document: Document, blocks: bool = True) -> None:
        self.document = document
        self.layout = document.layout
        self.source = document.text
        self.writer = Writer(document, blocks)

    def splices(self, edit: Edit) -> list[Splice]:
        """The splices of one edit.

        Raises:
            PatchError: The edit does not fit the document, or its text cannot be edited there.
        """
        match edit:
            case Replace(path, value):
                return self._replace(path, plain(value))
            case Add(path, value, after):
                return self._add(path[:-1], {path[-1]: plain(value)}, after)
            case Remove(path):
                self.guard(path[:-1])
                parent = self.collection(path[:-1])
                return self._take(path[:-1], parent, self.occurrences(parent, path))
            case Insert(path, index, value):
                return self._put(path, index, [plain(value)])
            case Append(path, value):
                return self._put(path, None, [plain(value)])
            case Move(path, old, new):
                return self._move(path, old, new)
            case Rename(path, key):
                return self._rename(path, key)
            case KeepOne(path, keep):
                self.guard(path[:-1])
                parent = self.collection(path[:-1])
                places = self.occurrences(parent, path)
                spare = places[1:] if keep == "first" else places[:-1]
                return self._take(path[:-1], parent, spare) if spare else []

    # Replace

    def _replace(self, path: Path, value: Any) -> list[Splice]:
        self.guard(path[:-1])
        node = self.document.node(path)
        slot = self.slot(path) if path else None
        if node is not None and not (slot and slot.alias):
            self.guard(path)
            inner = self._inner(path, node, value)
            if inner is not None:
                return inner
        if slot is None:
            raise PatchError("The root of a document can only be replaced by another mapping or list.")
        return self._write_value(path, slot, value)

    def _inner(self, path: Path, node: yaml.Node, value: Any) -> list[Splice] | None:
        """Only what differs; None where the value has to be written anew."""
        old = self.document.value(node)
        if same(old, value):
            return []
        order = moves(old, value) if isinstance(node, yaml.SequenceNode) else None
        if order is not None and isinstance(node, yaml.SequenceNode):
            return self._reorder(path, node, order)
        change = changes(old, value)
        if change is None or not isinstance(node, yaml.CollectionNode):
            return None
        return self._changed(path, node, change)

    def _changed(self, path: Path, node: yaml.CollectionNode, change: Change) -> list[Splice]:
        found: list[Splice] = []
        for step, value in change.replaced:
            found += self._replace((*path, step), value)
        gone = [number for step in change.removed for number in self.occurrences(node, (*path, step))]
        if gone:
            found += self._take(path, node, gone)
        for after, pairs in change.added:
            found += self._add(path, pairs, after)
        for index, values in change.inserted:
            found += self._put(path, index, values)
        return outermost(found)

    def _write_value(self, path: Path, slot: Slot, value: Any) -> list[Splice]:
        """Write the value of one slot anew, in the style of the old where that is possible."""
        parent = self.collection(path[:-1])
        style = self.writer.around(path[:-1])
        like = None if slot.alias else slot.value
        start, end = slot.value_start, slot.value_end
        if in_flow(parent):
            text = self.writer.flow(value, style, like)
            if slot.empty:
                colon = ":" if slot.key is not None and slot.lead_end == slot.key_end else ""
                text = f"{colon} {text}" if start == slot.lead_end else text
            return [Splice(start, end, text)]
        if isinstance(like, yaml.CollectionNode) and like.value:
            style = replace(style, flow=in_flow(like))
        elif isinstance(value, list | dict):
            style = replace(style, flow=self.writer.in_brackets(path, value))
        column = self.layout.column(slot.start)
        # By the lines and not their places: the value may have been read from this document before other edits.
        style = replace(style, commented=(self.layout.line(slot.lead_end), self.layout.line(end)))
        first, *rest = self.writer.behind(value, column, style, slot.key is None, like)
        if slot.key is not None and slot.lead_end == slot.key_end:  # a key alone: `? a`
            return below(self.layout, slot.key_end, [" " * column + f": {first}".rstrip(" "), *rest])
        if isinstance(like, yaml.ScalarNode) and like.style in ("|", ">"):
            said = COMMENT.search(self.layout.line(start), self.layout.column(start))
            if said and not any(said[0].strip() in line for line in (first, *rest)):
                first = f"{first}{said[0]}" if first else said[0].strip()
        same_line = slot.empty or self.layout.line_of(slot.lead_end) == self.layout.line_of(start)
        lead = f" {first}" if first else ""
        if slot.key is None and rest and isinstance(value, list | dict):
            lead = " " * (style.dash - 1) + first  # its further lines stand below the first
            start, first = slot.lead_end if same_line else start, lead if same_line else first
        if same_line or (not rest and not isinstance(like, yaml.CollectionNode)):
            line_end = self.layout.line_end(end)
            is_last = not self.source[end:line_end].strip()
            comment = comment_behind(value) if is_last and first and not rest else ""
            found = [Splice(start, end, (lead if slot.empty else first) + comment)]
            if not first and is_last:
                found = [Splice(slot.lead_end, line_end, "")]
            elif not first:
                found = [Splice(slot.lead_end, end, "")]
            return [*found, *below(self.layout, end, rest)]
        if rest:
            if isinstance(like, yaml.CollectionNode) and not in_flow(like):
                line_end = self.layout.line_end(end)
                last = self.source[end:line_end].strip()
                if last.startswith(
                    "#"
                ):  # behind its last value, which may be elsewhere now, with its comment
                    end, old = line_end, self.source[start:line_end].splitlines()
                    if sum(map(_says(last), rest)) < sum(map(_says(last), old)):
                        rest = [*rest, indentation(rest[0]) + last]
            begin = self.layout.with_comments(start)
            if any(line.strip() not in "\n".join(rest) for line in self.source[begin:start].split("\n")):
                begin = self.layout.head(start)  # the comments above stay: the value does not bring them
            return [
                Splice(slot.lead_end, slot.lead_end, lead),
                Splice(begin, end, self.layout.newline.join(rest)),
            ]
        return [Splice(slot.lead_end, slot.lead_end, lead), cut(self.layout, start, end)]

    # Add

    def _add(self, path: Path, pairs: dict[Any, Any], after: str | None) -> list[Splice]:
        self.guard(path)
        node = self.document.node(path)
        for key in pairs:
            if self.document.slot((*path, key)):
                raise PatchError(f"{shown((*path, key))} already exists.")
        style = self.writer.around(path)
        if not isinstance(node, yaml.MappingNode) or not node.value:
            if node is None or not path:
                return self._first_key(node, pairs, style)
            return self._write_value(path, self.slot(path), pairs)
        slots = self.layout.slots(node)
        slot = next(
            (slot for slot in reversed(slots) if after is not None and is_key(slot.key, after)), slots[-1]
        )
        if node.flow_style:
            written = [self.writer.flow_pair(key, value, style) for key, value in pairs.items()]
            return flow_style.insert(self.layout, slots, slots.index(slot) + 1, written)
        column = self.layout.column(slots[0].start)
        lines: list[str] = []
        for key, value in pairs.items():
            own = style
            if isinstance(value, list | dict):
                own = replace(style, flow=self.writer.in_brackets((*path, key), value))
            lines += self.writer.pair(key, value, column, own)
        return [*closed(self.layout, slot), *below(self.layout, slot.value_end, lines)]

    def _first_key(self, node: yaml.Node | None, pairs: dict[Any, Any], style: Style) -> list[Splice]:
        """Keys for a document that has none yet."""
        lines = self.writer.block(pairs, 0, style)
        if isinstance(node, yaml.MappingNode):
            return [Splice(self.layout.start(node), self.layout.end(node), self.layout.newline.join(lines))]
        if isinstance(node, yaml.ScalarNode) and node.value:
            raise PatchError("The document is not a mapping, so no key can be added.")
        return below(self.layout, len(self.source), lines)

    # Lists

    def _put(self, path: Path, index: int | None, values: Sequence[Any]) -> list[Splice]:
        self.guard(path)
        node = self.document.node(path)
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            if not path:
                raise PatchError("The document is not a list, so nothing can be added.")
            return self._write_value(path, self.slot(path), list(values))
        slots = self.layout.slots(node)
        if index is None or index > len(slots):
            index = len(slots)
        style = self.writer.around(path)
        if node.flow_style:
            return flow_style.insert(
                self.layout, slots, index, [self.writer.flow(value, style) for value in values]
            )
        column = self.layout.column(slots[0].start)
        blocks = [self.writer.member(value, column, style) for value in values]
        return block_style.insert(self.layout, slots, index, blocks)

    def _move(self, path: Path, old: int, new: int) -> list[Splice]:
        self.guard(path)
        node = self.collection(path)
        order = list(range(len(node.value)))
        order.insert(new, order.pop(old))
        return self._reorder(path, node, order)

    def _reorder(self, path: Path, node: yaml.CollectionNode, order: Sequence[int]) -> list[Splice]:
        self.guard(path)
        reorder = flow_style.reorder if node.flow_style else block_style.reorder
        return reorder(self.layout, self.layout.slots(node), order)

    # Remove

    def _take(self, path: Path, node: yaml.CollectionNode, numbers: Iterable[int]) -> list[Splice]:
        """Remove members; a list or mapping that loses all becomes [] or {}."""
        slots = self.layout.slots(node)
        gone = set(numbers)
        if len(gone) == len(slots):
            empty: Any = {} if isinstance(node, yaml.MappingNode) else []
            if path:
                return self._write_value(path, self.slot(path), empty)
            return [Splice(self.layout.start(node), self.layout.end(node), self.writer.flow(empty, Style()))]
        take = flow_style.take if node.flow_style else block_style.take
        return take(self.layout, slots, gone)

    def _rename(self, path: Path, key: str) -> list[Splice]:
        self.guard(path[:-1])
        slot = self.slot(path)
        if not isinstance(slot.key, yaml.ScalarNode):
            raise PatchError(f"{shown(path)} is not a key.")
        return [Splice(self.layout.start(slot.key), slot.key_end, key_text(key, slot.key.style or None))]

    # What is written at a path; each raises PatchError for what cannot be edited

    def guard(self, path: Path) -> None:
        """Refuse to edit what an alias repeats elsewhere, or through an alias."""
        for length, slot in enumerate([None, *self.document.slots(path)]):
            if slot and slot.alias:
                name = self.document.text[slot.value_start : slot.value_end]
                raise PatchError(
                    f"{shown(path[:length])} is an alias ({name}): edit the value that it repeats.",
                    "Replace the alias with the value, or edit the value at its anchor (&).",
                )
            node = slot.value if slot else self.document.root
            if node is not None and self.document.is_shared(node):
                raise PatchError(
                    f"{shown(path[:length])} is repeated by an alias (*); an edit would also change the alias.",
                    "Write the repeated values out first.",
                )

    def collection(self, path: Path) -> yaml.CollectionNode:
        """The list or mapping at a path."""
        node = self.document.node(path)
        if not isinstance(node, yaml.CollectionNode):
            raise PatchError(f"{shown(path)} is neither a list nor a mapping.")
        return node

    def slot(self, path: Path) -> Slot:
        """The key with its value, or the list member, at a path."""
        slot = self.document.slot(path)
        if slot is None:
            raise PatchError(
                f"{shown(path)} is not written here: it comes from a merge (<<).",
                "Write the merged fields out first.",
            )
        return slot

    def occurrences(self, parent: yaml.CollectionNode, path: Path) -> list[int]:
        """The numbers of the slots of a member of `parent`; of a key that is written twice, all of them."""
        slots = self.document.layout.slots(parent)
        if isinstance(parent, yaml.SequenceNode):
            found = [path[-1]] if isinstance(path[-1], int) and 0 <= path[-1] < len(slots) else []
        else:
            found = list(self.document.numbers(parent, path[-1]))
        if not found:
            self.slot(path)
        return found


def _says(comment: str) -> Callable[[str], bool]:
    """Whether a line ends in a comment."""
    return lambda line: line.strip() == comment or line.rstrip().endswith(f" {comment}")
