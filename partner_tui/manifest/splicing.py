"""One edit as splices: which characters of the text go, and which come in their place.

Every splice is as small as the edit allows, and follows the style of the text around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import yaml

from partner_tui.errors import PatchError
from partner_tui.manifest.difference import Change, changes, moves
from partner_tui.manifest.document import Document, Path, is_key
from partner_tui.manifest.edits import (
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
from partner_tui.manifest.layout import Slot
from partner_tui.manifest.scalars import key_text
from partner_tui.manifest.values import plain, same
from partner_tui.manifest.writer import Manner, Writer

_CHOMPING = re.compile(r"([|>])[+]?([0-9]?)[+]?(?!-)")


class Splice(NamedTuple):
    """Replace the characters from `start` to before `end` by `text`."""

    start: int
    end: int
    text: str


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
                self._guard(path[:-1])
                parent = self._collection(path[:-1])
                return self._take(path[:-1], parent, self._occurrences(parent, path))
            case Insert(path, index, value):
                return self._put(path, index, [plain(value)])
            case Append(path, value):
                return self._put(path, None, [plain(value)])
            case Move(path, old, new):
                return self._move(path, old, new)
            case Rename(path, key):
                return self._rename(path, key)
            case KeepOne(path, keep):
                self._guard(path[:-1])
                parent = self._collection(path[:-1])
                places = self._occurrences(parent, path)
                spare = places[1:] if keep == "first" else places[:-1]
                return self._take(path[:-1], parent, spare) if spare else []

    def occurrences(self, path: Path) -> list[Slot]:
        """The slots of a key, all of them where it is written twice."""
        parent = self._collection(path[:-1])
        return [self.layout.slots(parent)[number] for number in self._occurrences(parent, path)]

    # Guards

    def _guard(self, path: Path) -> None:
        """Refuse to edit what an alias repeats elsewhere, or through an alias."""
        node = self.document.root
        for length in range(len(path) + 1):
            slot = self.document.slot(path[:length]) if length else None
            if slot:
                if slot.alias:
                    name = self.source[slot.value_start : slot.value_end]
                    raise PatchError(
                        f"{shown(path[:length])} is an alias ({name}): edit the value that it repeats.",
                        "Write the value out here first, or edit it where its anchor (&) stands.",
                    )
                node = slot.value
            elif length:
                return
            if node is not None and self.document.is_shared(node):
                raise PatchError(
                    f"{shown(path[:length])} is repeated elsewhere by an alias (*): an edit here would change that too.",
                    "Write the repeated values out first.",
                )

    def _collection(self, path: Path) -> yaml.CollectionNode:
        node = self.document.node(path)
        if not isinstance(node, yaml.CollectionNode):
            raise PatchError(f"{shown(path)} is no list and no mapping.")
        return node

    def _slot(self, path: Path) -> Slot:
        slot = self.document.slot(path)
        if slot is None:
            raise PatchError(
                f"{shown(path)} is not written in {self.document.name} at this place.",
                "It may come from a merge (<<).",
            )
        return slot

    def _occurrences(self, parent: yaml.CollectionNode, path: Path) -> list[int]:
        """The slots of a member; of a key that is written twice, all of them."""
        slots = self.layout.slots(parent)
        if isinstance(parent, yaml.SequenceNode):
            found = [path[-1]] if isinstance(path[-1], int) and 0 <= path[-1] < len(slots) else []
        else:
            found = [number for number, slot in enumerate(slots) if is_key(slot.key, path[-1])]
        if not found:
            self._slot(path)
        return found

    # Replace

    def _replace(self, path: Path, value: Any) -> list[Splice]:
        self._guard(path[:-1])
        node = self.document.node(path)
        slot = self._slot(path) if path else None
        if node is not None and not (slot and slot.alias):
            self._guard(path)
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
        gone = [number for step in change.removed for number in self._occurrences(node, (*path, step))]
        if gone:
            found += self._take(path, node, gone)
        for after, pairs in change.added:
            found += self._add(path, pairs, after)
        for index, values in change.inserted:
            found += self._put(path, index, values)
        return found

    def _write_value(self, path: Path, slot: Slot, value: Any) -> list[Splice]:
        """Write the value of one slot anew, in the style of the old where that is possible."""
        parent = self._collection(path[:-1])
        manner = self.writer.around(path[:-1])
        like = None if slot.alias else slot.value
        start, end = slot.value_start, slot.value_end
        if _in_flow(parent):
            text = self.writer.flow(value, manner, like)
            if slot.empty:
                colon = (
                    "" if self.source[slot.lead_end - 1 : slot.lead_end] == ":" or slot.key is None else ":"
                )
                text = f"{colon} {text}" if start == slot.lead_end else text
            return [Splice(start, end, text)]
        if isinstance(like, yaml.CollectionNode) and like.value:
            manner = replace(manner, flow=_in_flow(like))
        elif isinstance(value, list | dict):
            manner = replace(manner, flow=self._siblings_flow(path, value))
        column = self.layout.column(slot.start)
        first, *rest = self.writer.behind(value, column, manner, slot.key is None, like)
        same_line = slot.empty or self.layout.line_of(slot.lead_end) == self.layout.line_of(start)
        lead = f" {first}" if first else ""
        if slot.key is None and rest and isinstance(value, list | dict):
            lead = " " * (manner.dash - 1) + first  # its further lines stand below the first
            start, first = slot.lead_end if same_line else start, lead if same_line else first
        if same_line or (not rest and not isinstance(like, yaml.CollectionNode)):
            found = [Splice(start, end, lead if slot.empty else first)]
            line_end = self.layout.line_end(end)
            if not first and not self.source[end:line_end].strip():
                found = [Splice(slot.lead_end, line_end, "")]
            elif not first:
                found = [Splice(slot.lead_end, end, "")]
            return [*found, *self._lines_after(end, rest)]
        if rest:
            begin = self._head(start)
            return [Splice(slot.lead_end, slot.lead_end, lead), Splice(begin, end, self._joined(rest))]
        return [Splice(slot.lead_end, slot.lead_end, lead), self._line_cut(start, end)]

    def _siblings_flow(self, path: Path, value: Any) -> bool:
        """Whether a new list or mapping is written in brackets: as other entries write the same field."""
        if isinstance(value, dict) or any(isinstance(one, dict | list) for one in value):
            wanted: type[yaml.Node] = yaml.CollectionNode
        else:
            wanted = yaml.SequenceNode
        if len(path) >= 2 and isinstance(path[-2], int):
            around = self.document.node(path[:-2])
            if isinstance(around, yaml.SequenceNode):
                near = around.value[max(0, path[-2] - 20) : path[-2] + 20]
                for other in near:
                    for key, one in other.value if isinstance(other, yaml.MappingNode) else ():
                        if is_key(key, path[-1]) and isinstance(one, wanted) and one.value:
                            return _in_flow(one)
        parent = self.document.node(path[:-1])
        if isinstance(parent, yaml.MappingNode) and isinstance(value, list):
            styles = [
                _in_flow(one) for _, one in parent.value if isinstance(one, yaml.SequenceNode) and one.value
            ]
            return bool(styles) and all(styles) and not any(isinstance(one, dict | list) for one in value)
        return False

    # Add

    def _add(self, path: Path, pairs: dict[Any, Any], after: str | None) -> list[Splice]:
        self._guard(path)
        node = self.document.node(path)
        for key in pairs:
            if self.document.slot((*path, key)):
                raise PatchError(f"{shown((*path, key))} is there already.")
        manner = self.writer.around(path)
        if not isinstance(node, yaml.MappingNode) or not node.value:
            if node is None or not path:
                return self._first_key(node, pairs, manner)
            return self._write_value(path, self._slot(path), pairs)
        slots = self.layout.slots(node)
        slot = next(
            (slot for slot in reversed(slots) if after is not None and is_key(slot.key, after)), slots[-1]
        )
        if node.flow_style:
            return self._flow_insert(slots, slots.index(slot) + 1, self._flow_pairs(pairs, manner))
        column = self.layout.column(slots[0].start)
        lines: list[str] = []
        for key, value in pairs.items():
            own = manner
            if isinstance(value, list | dict):
                own = replace(manner, flow=self._siblings_flow((*path, key), value))
            lines += self.writer.pair(key, value, column, own)
        return [*self._closed(slot), *self._lines_after(slot.value_end, lines)]

    def _first_key(self, node: yaml.Node | None, pairs: dict[Any, Any], manner: Manner) -> list[Splice]:
        """Keys for a document that has none yet."""
        lines = self.writer.block(pairs, 0, manner)
        if isinstance(node, yaml.MappingNode):
            return [Splice(self.layout.start(node), self.layout.end(node), self._joined(lines))]
        if isinstance(node, yaml.ScalarNode) and node.value:
            raise PatchError("The document is no mapping: no key can be added to it.")
        return self._lines_after(len(self.source), lines)

    def _flow_pairs(self, pairs: dict[Any, Any], manner: Manner) -> list[str]:
        return [self.writer.flow_pair(key, value, manner) for key, value in pairs.items()]

    # Lists

    def _put(self, path: Path, index: int | None, values: Sequence[Any]) -> list[Splice]:
        self._guard(path)
        node = self.document.node(path)
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            if not path:
                raise PatchError("The document is no list: nothing can be added to it.")
            return self._write_value(path, self._slot(path), list(values))
        slots = self.layout.slots(node)
        if index is None or index > len(slots):
            index = len(slots)
        manner = self.writer.around(path)
        if node.flow_style:
            return self._flow_insert(slots, index, [self.writer.flow(value, manner) for value in values])
        column = self.layout.column(slots[0].start)
        gap = [""] if self._spaced(slots) else []
        blocks = [self.writer.member(value, column, manner) for value in values]
        if index:
            lines = [line for block in blocks for line in (*gap, *block)]
            behind = slots[index - 1]
            return [*self._closed(behind), *self._lines_after(behind.value_end, lines)]
        lines = [line for block in blocks for line in (*block, *gap)]
        first = slots[0].start
        if not self._leads(first):  # behind another dash
            text = self._joined(lines).lstrip(" ") + self.writer.newline + " " * column
            return [Splice(first, first, text)]
        begin = self._with_comments(first)
        return [Splice(begin, begin, self._joined(lines) + self.writer.newline)]

    def _spaced(self, slots: Sequence[Slot]) -> bool:
        """Whether blank lines stand between the members of a list."""
        if len(slots) < 2:
            return False
        between = self.source[
            self.layout.line_end(slots[-2].value_end) : self._with_comments(slots[-1].start)
        ]
        return between.count("\n") > 1 and not between.strip()

    def _move(self, path: Path, old: int, new: int) -> list[Splice]:
        self._guard(path)
        node = self._collection(path)
        order = list(range(len(node.value)))
        order.insert(new, order.pop(old))
        return self._reorder(path, node, order)

    def _reorder(self, path: Path, node: yaml.CollectionNode, order: Sequence[int]) -> list[Splice]:
        """Put the texts of members into each other's places; what stands between stays."""
        self._guard(path)
        slots = self.layout.slots(node)
        places: list[tuple[int, int]] = []
        for slot in slots:
            if node.flow_style:
                places.append((slot.start, slot.value_end))
            else:
                begin = self._with_comments(slot.start)
                places.append((begin, self.layout.line_end(slot.value_end)))
        column = self.layout.column(slots[0].start) if slots else 0
        found = []
        for place, origin in enumerate(order):
            if place == origin:
                continue
            text = self.source[slice(*places[origin])]
            if not node.flow_style:
                if not self._leads(slots[place].start):  # behind another dash
                    text = text.lstrip(" ")
                elif not self._leads(slots[origin].start):
                    text = " " * column + text
            found.append(Splice(*places[place], text))
        return found

    # Remove

    def _take(self, path: Path, node: yaml.CollectionNode, numbers: Iterable[int]) -> list[Splice]:
        """Remove members; a list or mapping that loses all becomes [] or {}."""
        slots = self.layout.slots(node)
        gone = set(numbers)
        if len(gone) == len(slots):
            empty: Any = {} if isinstance(node, yaml.MappingNode) else []
            if path:
                return self._write_value(path, self._slot(path), empty)
            return [Splice(self.layout.start(node), self.layout.end(node), self.writer.flow(empty, Manner()))]
        if node.flow_style:
            return self._flow_take(slots, gone)
        found = []
        for number in sorted(gone):
            slot = slots[number]
            start, end = slot.start, slot.value_end
            if self._leads(start):
                found.append(self._line_cut(start, end))
                continue
            follow = slots[number + 1].start if number + 1 < len(slots) else end
            if number + 1 in gone or self.source[self.layout.line_end(end) : follow].strip():
                while self.source[start - 1] in " \t":
                    start -= 1
                found.append(Splice(start, self.layout.line_end(end), ""))
            else:
                found.append(Splice(start, follow, ""))
        return found

    def _rename(self, path: Path, key: str) -> list[Splice]:
        self._guard(path[:-1])
        slot = self._slot(path)
        if not isinstance(slot.key, yaml.ScalarNode):
            raise PatchError(f"{shown(path)} is no key.")
        return [Splice(slot.start, slot.key_end, key_text(key, slot.key.style or None))]

    # Flow style

    def _flow_insert(self, slots: Sequence[Slot], index: int, texts: list[str]) -> list[Splice]:
        """New members between brackets; on lines of their own where the others are."""
        layout = self.layout
        own_lines = len(slots) > 1 and layout.line_of(slots[-1].start) > layout.line_of(slots[-2].value_end)
        if index == 0:
            start = slots[0].start
            between = f",{self.writer.newline}{' ' * layout.column(start)}" if own_lines else ", "
            return [Splice(start, start, between.join([*texts, ""]))]
        end = slots[index - 1].value_end
        if not own_lines:
            return [Splice(end, end, "".join(f", {text}" for text in texts))]
        indent = " " * layout.column(slots[-1].start)
        comma = layout.skip_gap(end)
        has_comma = self.source[comma : comma + 1] == ","
        line_end = layout.line_end(comma if has_comma else end)
        behind = self.source[(comma + 1 if has_comma else end) : line_end].strip()
        if behind and not behind.startswith("#"):
            between = f",{self.writer.newline}{indent}"
            return [Splice(end, end, between + between.join(texts))]
        lines = f",{self.writer.newline}".join(indent + text for text in texts)
        added = Splice(line_end, line_end, self.writer.newline + lines + ("," if has_comma else ""))
        return [added] if has_comma else [Splice(end, end, ","), added]

    def _flow_take(self, slots: Sequence[Slot], gone: set[int]) -> list[Splice]:
        found: list[Splice] = []
        kept = max(number for number in range(len(slots)) if number not in gone)
        for number in sorted(one for one in gone if one < kept):
            start, follow = slots[number].start, slots[number + 1].start
            if "#" not in self.source[slots[number].value_end : follow]:
                found.append(Splice(start, follow, ""))
                continue
            found.append(self._cut_alone(start, self._comma(slots[number].value_end)))
        if kept < len(slots) - 1:
            start, end = slots[kept].value_end, slots[-1].value_end
            if "#" not in self.source[start:end]:
                found.append(Splice(start, end, ""))
            else:
                for number in range(kept + 1, len(slots)):
                    comma = self._comma(slots[number - 1].value_end)
                    found.append(Splice(comma - 1, comma, ""))
                    found.append(self._cut_alone(slots[number].start, slots[number].value_end))
        return found

    def _cut_alone(self, start: int, end: int) -> Splice:
        """Cut a member; with its whole line, trailing comment included, where it has one of its own."""
        behind = self.source[end : self.layout.line_end(end)].strip()
        if self._leads(start) and (not behind or behind.startswith("#")):
            return self._line_cut(start, end)
        return Splice(start, end, "")

    def _comma(self, index: int) -> int:
        """Behind the comma that follows."""
        comma = self.layout.skip_gap(index)
        return comma + 1 if self.source[comma : comma + 1] == "," else index

    # Lines

    def _joined(self, lines: Sequence[str]) -> str:
        return self.writer.newline.join(lines)

    def _head(self, index: int) -> int:
        """The start of a line, if nothing but blanks stands before the offset; else the offset itself."""
        start = max(self.layout.line_start(index), self.layout.offset)
        return index if self.source[start:index].strip(" ") else start

    def _leads(self, index: int) -> bool:
        """Whether nothing but blanks stands before the offset on its line."""
        start = max(self.layout.line_start(index), self.layout.offset)
        return not self.source[start:index].strip(" ")

    def _lines_after(self, index: int, lines: Sequence[str]) -> list[Splice]:
        """Whole lines behind the line of an offset; a missing last line break stays missing."""
        if not lines:
            return []
        at = self.layout.line_end(index)
        begin = self.layout.after_line(index)
        if begin == at and at > max(self.layout.line_start(at), self.layout.offset):
            return [Splice(at, at, self.writer.newline + self._joined(lines))]
        return [Splice(begin, begin, self._joined(lines) + self.writer.newline)]

    def _closed(self, slot: Slot) -> list[Splice]:
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

    def _line_cut(self, start: int, end: int) -> Splice:
        """Cut whole lines, trailing comment and line break included."""
        return Splice(self._head(start), self.layout.after_line(end), "")

    def _with_comments(self, start: int) -> int:
        """The head of a line, or of the comment lines directly above it."""
        if not self._leads(start):
            return start
        begin = self._head(start)
        while begin > self.layout.offset:
            above = max(self.layout.line_start(begin - 1), self.layout.offset)
            if not self.source[above:begin].lstrip(" \t").startswith("#"):
                break
            begin = above
        return begin


def _in_flow(node: yaml.Node) -> bool:
    return bool(getattr(node, "flow_style", False))
