"""New values as YAML text in the style of the text around them: indentation, quotes, flow or block."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import yaml

from partner_tui.manifest.text.document import Document, Path, is_key
from partner_tui.manifest.text.scalars import block_text, is_plain, key_text, other_text, quoted
from partner_tui.manifest.text.source_text import bracket_lines, collection_lines, comment_behind, token_lines
from partner_tui.manifest.text.tokens import BOOL, FLOAT, INT, NULL, STR

_FEW = 8
_NEAR = 20  # entries before and behind one, whose style it is given
_NUMBERS = (INT, FLOAT)
_LOOK_AT = 400  # nodes that are looked at to learn a document's style


@dataclass(frozen=True, slots=True)
class Style:
    """How collections and quotes are written.

    Attributes:
        list_indent: Columns from a key to the dashes of its list; 0 or more.
        map_indent: Columns from a key to the keys of its mapping.
        dash: Columns from a dash to its value.
        quote: The quotes for texts that need some.
        always_quote: Whether texts are quoted that need not be.
        flow: Whether lists and mappings are written in brackets.
        flow_numbers: Whether at least short lists of numbers and letters are: shapes, ranges, axes.
        words: How null, true and false are written.
        commented: Lines whose comments stay: what was read from such a line does not bring its comment along.
    """

    list_indent: int = 2
    map_indent: int = 2
    dash: int = 2
    quote: str = '"'
    always_quote: bool = False
    flow: bool = False
    flow_numbers: bool = True
    words: Mapping[bool | None, str] = field(default_factory=dict)
    commented: tuple[str, ...] = ()


class Writer:
    """Writes values for one document.

    Args:
        document: What is written into.
        blocks: Whether texts of several lines may be written as blocks. An indented comment behind such a
            block would become part of it.
    """

    def __init__(self, document: Document, blocks: bool = True) -> None:
        self.document = document
        self.blocks = blocks
        self.layout = document.layout
        self._fields: dict[tuple[int, str | int, type[yaml.Node]], list[tuple[int, bool]]] = {}

    @cached_property
    def style(self) -> Style:
        """The style of the document as a whole: what is met first, and the commoner quotes."""
        indents: dict[str, int] = {}
        quotes = {"'": 0, '"': 0}
        words: dict[bool | None, str] = {}
        flow_numbers: bool | None = None
        for key, node in _nodes(self.document.root):
            if isinstance(node, yaml.ScalarNode):
                if node.style in quotes:
                    quotes[node.style] += 1
                elif node.tag in (BOOL, NULL) and node.value and not node.style:
                    words.setdefault(self.document.value(node), node.value)
                continue
            if flow_numbers is None and node.value and all(map(_is_number, node.value)):
                flow_numbers = in_flow(node)
            if in_flow(node) or key is None:
                continue
            away = self._column(node) - self._column(key)
            if isinstance(node, yaml.SequenceNode) and away >= 0:
                indents.setdefault("list", away)
            elif away > 0:
                indents.setdefault("map", away)
        return Style(
            indents.get("list", 2),
            indents.get("map", 2),
            2,
            "'" if quotes["'"] > quotes['"'] else '"',
            flow_numbers=flow_numbers is not False,
            words=words,
        )

    def around(self, path: Path) -> Style:
        """The style at a list or mapping that gets new members: its own first, then the document's."""
        node = self.document.node(path)
        style = self.style
        if node is None or isinstance(node, yaml.ScalarNode) or not node.value:
            return style
        list_indent, map_indent, dash = style.list_indent, style.map_indent, style.dash
        quotes: list[str | None] = []
        flows: list[bool] = []
        slots = self.layout.slots(node)
        for slot in (*slots[-6:], *slots[:2]):
            if isinstance(slot.value, yaml.ScalarNode):
                if slot.value.tag == STR and not slot.alias:
                    quotes.append(slot.value.style)
                continue
            if slot.alias:
                continue
            flows.append(in_flow(slot.value) and bool(slot.value.value))
            away = self._column(slot.value) - self.layout.column(slot.start)  # behind its anchor
            if in_flow(slot.value):
                continue
            if slot.key is None:
                if self.layout.line_of(slot.start) == self.layout.line_of(
                    self.layout.content_start(slot.value)
                ):
                    dash = away
            elif isinstance(slot.value, yaml.SequenceNode):
                list_indent = max(0, away)
            elif away > 0:
                map_indent = away
        used = [style for style in quotes if style in ("'", '"')]
        all_quoted = isinstance(node, yaml.SequenceNode) and bool(used) and len(used) == len(quotes)
        flow = in_flow(node) or (isinstance(node, yaml.SequenceNode) and bool(flows) and all(flows))
        quote = used[-1] if used and used[-1] else style.quote
        return replace(
            style,
            list_indent=list_indent,
            map_indent=map_indent,
            dash=dash,
            quote=quote,
            always_quote=all_quoted,
            flow=flow,
        )

    def in_brackets(self, path: Path, value: Any) -> bool:
        """Whether a new list or mapping is written in brackets: as other entries write the same field."""
        if isinstance(value, dict) or any(isinstance(one, dict | list) for one in value):
            wanted: type[yaml.Node] = yaml.CollectionNode
        else:
            wanted = yaml.SequenceNode
        if len(path) >= 2 and isinstance(path[-2], int):
            around = self.document.node(path[:-2])
            if isinstance(around, yaml.SequenceNode):
                written = self._written(around, path[-1], wanted)
                first = bisect_left(written, (max(0, path[-2] - _NEAR),))
                if first < len(written) and written[first][0] < path[-2] + _NEAR:
                    return written[first][1]
        parent = self.document.node(path[:-1])
        if isinstance(parent, yaml.MappingNode) and isinstance(value, list):
            styles = [
                in_flow(one) for _, one in parent.value if isinstance(one, yaml.SequenceNode) and one.value
            ]
            return bool(styles) and all(styles) and not any(isinstance(one, dict | list) for one in value)
        return False

    def _written(
        self, around: yaml.SequenceNode, field: str | int, wanted: type[yaml.Node]
    ) -> list[tuple[int, bool]]:
        """The members of a list in which a field has a list or mapping, and whether that is in brackets."""
        known = self._fields.get((id(around), field, wanted))
        if known is None:
            known = self._fields[id(around), field, wanted] = []
            for number, member in enumerate(around.value):
                for key, one in member.value if isinstance(member, yaml.MappingNode) else ():
                    if is_key(key, field) and isinstance(one, wanted) and one.value:
                        known.append((number, in_flow(one)))
                        break
        return known

    def _column(self, node: yaml.Node) -> int:
        return self.layout.column(self.layout.content_start(node))

    # Text

    def text(self, value: Any, style: Style, in_flow: bool, like: yaml.Node | None = None) -> list[str]:
        """A scalar: its text, or the header and the lines (not indented) of a block. One that moves keeps its token.

        Args:
            value: Anything but a list or mapping.
            style: How to quote.
            in_flow: Whether it stands inside brackets.
            like: What it replaces; its style is kept where the value allows it.
        """
        known = token_lines(value, in_flow)
        if known and (len(known) == 1 or self.blocks):
            return known
        if value is None or isinstance(value, bool):
            return [style.words.get(value) or other_text(value)]
        if not isinstance(value, str):
            return [other_text(value)]
        as_before = like.style if isinstance(like, yaml.ScalarNode) and like.tag == STR else None
        if self.blocks and not in_flow:
            block = None
            if as_before in ("|", ">"):
                block = block_text(value, as_before, self._block_lines(like))
            elif "\n" in value and not (as_before == '"' and like is not None and "\n" in like.value):
                block = block_text(value, "|")
            if block:
                return block
        if as_before in ("'", '"'):
            return [quoted(value, as_before)]
        if not style.always_quote and is_plain(value, in_flow) and self.document.schema.tag(value) == STR:
            return [value]
        return [quoted(value, style.quote)]

    def _block_lines(self, node: yaml.Node | None) -> tuple[str, ...]:
        if node is None:
            return ()
        layout = self.layout
        body = self.document.text[layout.after_line(layout.content_start(node)) : layout.end(node)]
        return tuple(line.strip() for line in body.splitlines())

    def flow(self, value: Any, style: Style, like: yaml.Node | None = None) -> str:
        """A value on one line, inside brackets."""
        if known := bracket_lines(value, in_flow=True):
            return known[0]
        if isinstance(value, dict):
            return "{" + ", ".join(self.flow_pair(key, one, style) for key, one in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self.flow(one, style) for one in value) + "]"
        return self.text(value, style, True, like)[0]

    def flow_pair(self, key: Any, value: Any, style: Style) -> str:
        return f"{key_text(key)}: {self.flow(value, style)}"

    def behind(
        self, value: Any, column: int, style: Style, is_member: bool, like: yaml.Node | None = None
    ) -> list[str]:
        """What stands behind a key's colon or a dash in block style.

        Args:
            value: The value.
            column: The 0-based column of the key or dash.
            style: How to write it.
            is_member: Whether it stands behind a dash.
            like: What it replaces.

        Returns:
            The rest of the key's or dash's line (without the leading blank; may be empty), then whole lines.
        """
        is_new = not isinstance(like, yaml.CollectionNode)
        if isinstance(value, dict | list) and value and self._is_block(value, style, is_new):
            if is_member:
                lines = self.block(value, column + style.dash, style)
                return [lines[0].lstrip(" "), *lines[1:]]
            indent = style.list_indent if isinstance(value, list) else style.map_indent
            return ["", *self.block(value, column + indent, style)]
        if isinstance(value, dict | list):
            known = bracket_lines(value, in_flow=not self.blocks)
            first, *rest = known or [self.flow(value, style)]
        else:
            first, *rest = self.text(value, style, False, like)
        return [first, *(" " * (column + 2) + line if line else "" for line in rest)]

    def block(self, value: Any, column: int, style: Style) -> list[str]:
        """The lines of a list or mapping in block style, its dashes or keys at a column."""
        known = collection_lines(value, column, style.commented) if self.blocks else None
        if known:
            return known
        if isinstance(value, dict):
            return [line for key, one in value.items() for line in self.pair(key, one, column, style)]
        return [line for one in value for line in self.member(one, column, style)]

    def pair(self, key: Any, value: Any, column: int, style: Style) -> list[str]:
        """The lines of one key with its value."""
        first, *rest = self.behind(value, column, style, is_member=False)
        comment = comment_behind(value, style.commented) if not first or not rest else ""
        return [f"{' ' * column}{key_text(key)}:{' ' if first else ''}{first}{comment}", *rest]

    def member(self, value: Any, column: int, style: Style) -> list[str]:
        """The lines of one list member."""
        first, *rest = self.behind(value, column, style, is_member=True)
        is_block = isinstance(value, dict | list) and self._is_block(value, style)
        space = " " * (style.dash - 1) if is_block else " "
        comment = comment_behind(value, style.commented) if not is_block and not rest else ""
        return [f"{' ' * column}-{space}{first}{comment}", *rest]

    def _is_block(self, value: dict[Any, Any] | list[Any], style: Style, is_new: bool = True) -> bool:
        """Whether a list or mapping is written on lines of its own: one that moves as it was."""
        if bracket_lines(value, in_flow=not self.blocks):
            return False
        return (self.blocks and bool(collection_lines(value, 0))) or not _in_brackets(value, style, is_new)


def _nodes(root: yaml.Node | None) -> Iterator[tuple[yaml.Node | None, yaml.Node]]:
    """The first nodes of a tree, each behind its key if it has one, level by level."""
    waiting: list[yaml.Node] = [root] if root else []
    left = _LOOK_AT
    for parent in waiting:
        if isinstance(parent, yaml.MappingNode):
            pairs: Any = parent.value
        elif isinstance(parent, yaml.SequenceNode):
            pairs = [(None, child) for child in parent.value[:50]]
        else:
            continue
        for key, child in pairs:
            left -= 1
            if left < 0:
                return
            yield key, child
            waiting.append(child)


def _is_number(node: Any) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag in _NUMBERS


def _in_brackets(value: dict[Any, Any] | list[Any], style: Style, is_new: bool = True) -> bool:
    """Whether a list or mapping of a block is written on one line."""
    few = isinstance(value, list) and 1 < len(value) <= _FEW and all(map(_is_number_or_letter, value))
    return style.flow or (few and style.flow_numbers and is_new)


def _is_number_or_letter(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) == 1 or value in ("inf", "-inf")
    return isinstance(value, int | float) and not isinstance(value, bool)


def in_flow(node: yaml.Node | None) -> bool:
    """Whether a list or mapping is written in brackets."""
    return bool(getattr(node, "flow_style", False))
