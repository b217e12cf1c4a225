"""The extent of each part of a YAML text, as tightly as an editor needs it.

PyYAML's marks are true at the start of a node, but a block collection's end runs on into the comments and
blank lines behind it, and an alias carries the marks of its anchor. This gives the ends of the last
*token*, and the place of each key, colon, dash and alias.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

import yaml

_GAP = re.compile(r"(?:[ \t\r\n\ufeff]|#[^\r\n]*)*")
_EXPLICIT = re.compile(r"(?:[ \t\r\n\ufeff,]|#[^\r\n]*+)*+\?")
_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*(?:[ \t\r\n]+(?:#[^\r\n]*)?)*)*")
_ALIAS = re.compile(r"\*[^\s,\[\]{}]+")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_LAST_BREAK = re.compile(r"(?:\r\n|\r|\n)\Z")
_BLANK_TAIL = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))*[ \t]*\Z")


class Slot(NamedTuple):
    """One key with its value, or one member of a list; all places are offsets into the text. (A tuple is made twice as
    quickly as a dataclass, and a large manifest has half a million of them.)

    Attributes:
        start: The key's first character, or the question mark before it; the dash of a block list; the value in a flow list.
        key_end: Behind the key; `start` in a list.
        lead_end: Behind the colon or the dash; `start` in a flow list, `key_end` behind a key alone (`? a`).
        value_start: The value's first character, its anchor and tag included; `lead_end` if it is empty.
        value_end: Behind the value's last character, before any trailing comment.
        value: The value's node (of an alias: that of its anchor).
        alias: Whether the value is an alias.
    """

    start: int
    key_end: int
    lead_end: int
    value_start: int
    value_end: int
    key: yaml.Node | None
    value: yaml.Node
    alias: bool

    @property
    def empty(self) -> bool:
        return self.value_start == self.value_end


class Layout:
    """The places in one text.

    Args:
        text: The whole text.
        offset: What to add to a mark (1 behind a byte order mark).

    Attributes:
        shared: The `id` of every node that an alias repeats; to be set once these are known.
    """

    def __init__(self, text: str, offset: int) -> None:
        self.text = text
        self.offset = offset
        self.shared: frozenset[int] = frozenset()
        self._starts: list[int] | None = None
        self._slots: dict[int, tuple[Slot, ...]] = {}

    # Lines

    @property
    def line_starts(self) -> list[int]:
        """The offset at which each line begins; always at least one."""
        if self._starts is None:
            text = self.text
            if text.count("\r") == text.count("\r\n"):  # a regular expression takes ten times as long
                self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n")[:-1])]
            else:
                self._starts = [0, *(found.end() for found in _LINE_BREAK.finditer(text))]
        return self._starts

    @property
    def newline(self) -> str:
        """The line break of the text: that of its first line."""
        return self.text[self.line_end(0) : self.after_line(0)] or "\n"

    def line_of(self, index: int) -> int:
        """The 0-based line of an offset."""
        return bisect_right(self.line_starts, index) - 1

    def line_start(self, index: int) -> int:
        """Where the line of an offset begins, behind a byte order mark."""
        return max(self.line_starts[self.line_of(index)], self.offset)

    def line_end(self, index: int) -> int:
        """Where the line of an offset ends, before its line break."""
        found = _LINE_BREAK.search(self.text, index)
        return found.start() if found else len(self.text)

    def line(self, index: int) -> str:
        """The line of an offset, without its line break."""
        return self.text[self.line_start(index) : self.line_end(index)]

    def after_line(self, index: int) -> int:
        """Where the line behind that of an offset begins; the end of the text for the last."""
        found = _LINE_BREAK.search(self.text, index)
        return found.end() if found else len(self.text)

    def column(self, index: int) -> int:
        """The 0-based column of an offset, a byte order mark not counted."""
        return index - self.line_start(index)

    def leads(self, index: int) -> bool:
        """Whether nothing but blanks stands before an offset on its line."""
        return not self.text[self.line_start(index) : index].strip(" ")

    def head(self, index: int) -> int:
        """The start of a line, if nothing but blanks stands before the offset; else the offset itself."""
        return self.line_start(index) if self.leads(index) else index

    def with_comments(self, index: int, furthest: int | None = None) -> int:
        """The head of a line, or of the comment lines directly above it; the offset itself behind something on its line.

        Args:
            furthest: The column up to which such comments begin; None for any.
        """
        if not self.leads(index):
            return index
        begin = self.line_start(index)
        while begin > self.offset:
            above = self.line_start(begin - 1)
            comment = self.text[above:begin].lstrip(" ")
            away = begin - above - len(comment)
            if not comment.startswith("#") or (furthest is not None and away > furthest):
                break
            begin = above
        return begin

    def skip_gap(self, index: int) -> int:
        """Behind the blanks, line breaks and comments at an offset."""
        found = _GAP.match(self.text, index)
        return found.end() if found else index

    # Nodes

    def start(self, node: yaml.Node) -> int:
        """A node's first character, its anchor and tag included."""
        return int(node.start_mark.index) + self.offset

    def content_start(self, node: yaml.Node) -> int:
        """A node's first character behind its anchor and tag."""
        start = self.start(node)
        if self.text[start : start + 1] in ("&", "!"):
            found = _PROPERTIES.match(self.text, start)
            return min(found.end() if found else start, int(node.end_mark.index) + self.offset)
        return start

    def end(self, node: yaml.Node) -> int:
        """Behind a node's last token."""
        end = int(node.end_mark.index) + self.offset
        if isinstance(node, yaml.ScalarNode):
            if node.style in ("|", ">"):
                header = self.content_start(node)
                if "+" in self.text[header : header + 3]:  # the blank lines behind it belong to the text
                    found = _LAST_BREAK.search(self.text, header, end)
                    return found.start() if found else end
                found = _BLANK_TAIL.search(self.text, self.line_start(self.start(node)), end)
                return found.start() if found else end
            return end
        if getattr(node, "flow_style", False) or not node.value:
            return end
        last = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
        # Perhaps an alias, whose marks are those of its anchor, or what a key alone has for a value.
        if id(last) in self.shared or last.start_mark.index == last.end_mark.index:
            return self.slots(node)[-1].value_end
        return self.end(last)

    def slots(self, node: yaml.Node) -> tuple[Slot, ...]:
        """The members of a list or mapping, in file order."""
        known = self._slots.get(id(node))
        if known is None:
            if isinstance(node, yaml.MappingNode):
                known = self._mapping_slots(node)
            elif isinstance(node, yaml.SequenceNode):
                known = self._sequence_slots(node)
            else:
                known = ()
            self._slots[id(node)] = known
        return known

    def _mapping_slots(self, node: yaml.MappingNode) -> tuple[Slot, ...]:
        slots = []
        at = self._inside(node)
        for key, value in node.value:
            start, key_end, _ = self._extent(key, at)
            if self.text.find("?", at, start) >= 0 and (sign := _EXPLICIT.match(self.text, at, start)):
                start = sign.end() - 1
            colon = self.skip_gap(key_end)
            is_alone = self.text[colon : colon + 1] != ":"  # its value's marks are those of the next token
            lead_end = key_end if is_alone else colon + 1
            value_start, value_end, alias = (
                (key_end, key_end, False) if is_alone else self._extent(value, lead_end)
            )
            slots.append(Slot(start, key_end, lead_end, value_start, value_end, key, value, alias))
            at = value_end
        return tuple(slots)

    def _sequence_slots(self, node: yaml.SequenceNode) -> tuple[Slot, ...]:
        slots = []
        at = self._inside(node)
        for value in node.value:
            if node.flow_style:
                start, value_end, alias = self._extent(value, at)
                slots.append(Slot(start, start, start, start, value_end, None, value, alias))
            else:
                dash = self.skip_gap(at)
                start, value_end, alias = self._extent(value, dash + 1)
                slots.append(Slot(dash, dash, dash + 1, start, value_end, None, value, alias))
            at = value_end
        return tuple(slots)

    def _inside(self, node: yaml.Node) -> int:
        """Where to look for the first member."""
        start = self.content_start(node)
        is_flow = getattr(node, "flow_style", False) and self.text[start : start + 1] in ("[", "{")
        return start + 1 if is_flow else start

    def _extent(self, node: yaml.Node, at: int) -> tuple[int, int, bool]:
        """First and behind last character of a node that stands at or behind `at`, and whether as an alias."""
        start = self.start(node)
        if start < at:  # an anchor is always written before its aliases
            begin = at
            while begin < len(self.text):
                begin = self.skip_gap(begin)
                found = _ALIAS.match(self.text, begin)
                if found:
                    return begin, found.end(), True
                begin += 1  # a comma, a question mark
            return at, at, True
        return start, self.end(node), False
