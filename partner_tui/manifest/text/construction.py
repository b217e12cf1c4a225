"""YAML nodes to plain data as the spec library's reader gives it, bounded.

Contributed YAML is hostile: only the plain tags make values, and aliases that would expand to a memory's worth of
them, or into themselves, are refused with their place. What the library cannot read at all is refused as well, except for
keys written twice and tabs between words, which are findings.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import yaml

from partner_tui.manifest.text.composing import MAX_DEPTH, PLAIN_TEXT, UnsupportedYaml, index_of, too_deep
from partner_tui.manifest.text.layout import Layout
from partner_tui.manifest.text.scalars import other_text
from partner_tui.manifest.text.sourced import SourcedText, sourced
from partner_tui.manifest.text.tokens import (
    BINARY,
    FLOAT,
    INT,
    MAP,
    MERGE,
    SEQ,
    STR,
    TAG,
    TIMESTAMP,
    VALUE,
    YAML_1_2,
    Schema,
)

MAX_REPEATED = 1_000_000


class Duplicate(NamedTuple):
    """One key written again in the same mapping."""

    mapping: yaml.MappingNode
    key: str
    first: yaml.Node
    again: yaml.Node


class Construction:
    """Plain data of a node tree, in one pass that leaves the nodes alone.

    Args:
        root: The tree; None for an empty text.
        layout: Of the text that it was composed of.
        schema: How its tokens are read.

    Attributes:
        data: Mappings, lists and scalars; an alias gives the very object of its anchor.
        duplicates: Keys written twice, in file order.
        made: The data of each node, by the node's `id`.
        shared: The `id` of every node that an alias points to.
        unusual: Tokens of one line without quotes and tag that are not written as we would write their value, keys too.

    Raises:
        UnsupportedYaml: An unknown tag, a value that is none of its tag, a recursive or exploding alias, or depth.
    """

    def __init__(self, root: yaml.Node | None, layout: Layout, schema: Schema = YAML_1_2) -> None:
        self.duplicates: list[Duplicate] = []
        self.shared: set[int] = set()
        self.unusual: list[yaml.ScalarNode] = []
        self.made: dict[int, Any] = {}
        self._sizes: dict[int, int] = {}
        self._repeated = 0
        self._open: set[int] = set()
        self._layout = layout
        self._find = layout.text.find
        self._schema = schema
        self.data: Any = None if root is None else self._make(root, 0)

    def _make(self, node: yaml.Node, depth: int) -> Any:
        key = id(node)
        if key in self.made:
            self.shared.add(key)
            self._repeat(self._size(node), node)
            return self.made[key]
        made: Any
        if isinstance(node, yaml.ScalarNode):
            text = node.value
            is_one_line = " " not in text or node.end_mark.index - node.start_mark.index == len(text)
            if node.tag is PLAIN_TEXT and is_one_line and not self._has_comment(node):
                made = text  # most are: we would write it just so
            elif node.tag == STR:
                made = SourcedText(text)
                made.layout, made.node = self._layout, node
                is_bare = not node.style and node.end_mark.index - node.start_mark.index == len(text)
                if is_bare and node.tag is not PLAIN_TEXT:
                    self.unusual.append(node)
            else:
                made = self._scalar(node)
        else:
            if key in self._open:
                raise _refused("This alias (*name) refers to a value that contains it.", node, "aliases")
            if depth >= MAX_DEPTH:
                raise too_deep(index_of(node))
            self._open.add(key)
            if isinstance(node, yaml.SequenceNode):
                made = [self._make(child, depth + 1) for child in node.value]
                if node.tag != SEQ:
                    made = _ordered(node, made)
            elif isinstance(node, yaml.MappingNode):
                made = self._mapping(node, depth)
            else:  # composing gives no other nodes
                raise TypeError(node)
            self._open.discard(key)
            # In brackets, or perhaps with comments: what one that moves would lose.
            if made and (node.flow_style or self._has_sharp(node)) and node.tag in (MAP, SEQ):
                made = sourced(made, self._layout, node)
        self.made[key] = made
        return made

    def _has_sharp(self, node: yaml.CollectionNode) -> bool:
        offset = self._layout.offset
        return self._find("#", node.start_mark.index + offset, node.end_mark.index + offset) >= 0

    def _has_comment(self, node: yaml.ScalarNode) -> bool:
        """Whether a comment stands behind it, which goes where it goes."""
        layout = self._layout
        end = node.end_mark.index + layout.offset
        # The first test is enough for nearly all.
        return (
            self._find(" ", end, end + 1) >= 0 and layout.text[end : layout.line_end(end)].lstrip()[:1] == "#"
        )

    def _repeat(self, size: int, node: yaml.Node) -> None:
        """Count what aliases repeat: in the end, how much larger the data are with all of them written out."""
        self._repeated += size
        if self._repeated > MAX_REPEATED:
            raise _refused("Its aliases (*name) expand to more than a million values.", node, "aliases")

    def _size(self, node: yaml.Node) -> int:
        """The size of a node in values, with all aliases written out."""
        known = self._sizes.get(id(node))
        if known is None:
            if isinstance(node, yaml.ScalarNode):
                known = 1 + len(node.value) // 64
            elif isinstance(node, yaml.MappingNode):
                known = 1 + sum(self._size(key) + self._size(value) for key, value in node.value)
            else:
                known = 1 + sum(map(self._size, node.value))
            self._sizes[id(node)] = known
        return known

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        tag, text = node.tag, node.value
        try:
            value = self._schema.value(tag, text)
            if tag not in (INT, FLOAT, TIMESTAMP, BINARY) or self._schema is not YAML_1_2:
                return value
            is_bare = not node.style and node.end_mark.index - node.start_mark.index == len(text)
            is_usual = is_bare and other_text(value) == text
            if is_usual and not self._has_comment(node):
                return value
            if is_bare and not is_usual:
                self.unusual.append(node)
            return sourced(value, self._layout, node)
        except KeyError:
            if tag in (MERGE, VALUE):
                raise _refused(f"“{text}” without quotes is not a value.", node) from None
            raise _unknown_tag(node) from None
        except (ValueError, OverflowError):
            raise _refused(f"“{text[:40]}” is not a possible {tag.removeprefix(TAG)}.", node) from None

    def _mapping(self, node: yaml.MappingNode, depth: int) -> Any:
        own: dict[Any, Any] = {}
        merged: dict[Any, Any] = {}
        seen: dict[Any, yaml.Node] = {}
        merge: yaml.Node | None = None
        for key_node, value_node in node.value:
            if key_node.tag in (MERGE, VALUE) and isinstance(key_node, yaml.ScalarNode):
                key = self.made[id(key_node)] = key_node.value
            else:
                key = self._make(key_node, depth + 1)
            value = self._make(value_node, depth + 1)
            if key_node.tag == MERGE:
                if merge is not None:
                    hint = "Write one “<<: [*one, *two]”."
                    raise _refused("“<<” is a duplicate key.", key_node, hint=hint)
                merge = key_node
                for mapping in _merge_sources(value_node, value):
                    merged.update(mapping)
                    self._repeat(len(mapping), value_node)
                continue
            if isinstance(key, list):
                key = tuple(key)
            try:
                known = key in own
            except TypeError:
                problem = "A mapping, or a list of lists or mappings, cannot be used as a key."
                raise _refused(problem, key_node) from None
            if known:
                self.duplicates.append(Duplicate(node, str(key), seen[key], key_node))
            else:
                seen[key] = key_node
            own[key] = value
        if node.tag != MAP:
            if node.tag == f"{TAG}set":
                return set(own)
            raise _unknown_tag(node)
        if merged:
            return {**merged, **own}
        return own


def _merge_sources(node: yaml.Node, value: Any) -> list[dict[Any, Any]]:
    """What `<<` brings in, weakest first (https://yaml.org/type/merge.html)."""
    sources = [value] if isinstance(value, dict) else value
    if not isinstance(sources, list) or not all(isinstance(source, dict) for source in sources):
        raise _refused("“<<” can only bring in a mapping or a list of mappings.", node)
    return sources[::-1]


def _ordered(node: yaml.Node, values: list[Any]) -> Any:
    """The rare !!omap and !!pairs, which are lists of mappings with one key each."""
    kind = node.tag.removeprefix(TAG)
    if kind not in ("omap", "pairs"):
        raise _unknown_tag(node)
    if not all(isinstance(one, dict) and len(one) == 1 for one in values):
        raise _refused(f"This is not a possible !!{kind}.", node)
    pairs = [pair for one in values for pair in one.items()]
    return dict(pairs) if kind == "omap" else pairs


def _refused(problem: str, node: yaml.Node, kind: str = "yaml", hint: str = "") -> UnsupportedYaml:
    return UnsupportedYaml(kind, problem, index_of(node), hint)


def _unknown_tag(node: yaml.Node) -> UnsupportedYaml:
    shown = f"!!{node.tag.removeprefix(TAG)[:40]}" if node.tag.startswith(TAG) else node.tag[:40]
    return _refused(f"The tag “{shown}” is not one that a manifest can use.", node)
