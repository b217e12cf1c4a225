"""YAML nodes to plain data as PyYAML's safe loader gives it, bounded.

Contributed YAML is hostile: only the plain tags make values, and aliases that would expand to a memory's worth of
them, or into themselves, are refused with their place.
"""

from __future__ import annotations

import copy
from collections.abc import Hashable
from typing import Any, NamedTuple

import yaml
from yaml.constructor import ConstructorError, SafeConstructor

from partner_tui.manifest.composing import MAP, MAX_DEPTH, SEQ, STR, TAG, Refused, index_of, too_deep

MAX_EXPANDED = 1_000_000
_MERGE, _VALUE = f"{TAG}merge", f"{TAG}value"


class Duplicate(NamedTuple):
    """One key written again in the same mapping."""

    mapping: yaml.MappingNode
    key: str
    first: yaml.Node
    again: yaml.Node


class Construction:
    """Plain data of a node tree, as PyYAML's SafeLoader gives it, in one pass that leaves the nodes alone.

    Attributes:
        data: Mappings, lists and scalars; an alias gives the very object of its anchor.
        duplicates: Keys written twice, in file order.
        made: The data of each node, by the node's `id`.
        shared: The `id` of every node that an alias points to.

    Raises:
        Refused: An unknown tag, a value that is none of its tag, a recursive or exploding alias, or depth.
    """

    def __init__(self, root: yaml.Node | None) -> None:
        self.duplicates: list[Duplicate] = []
        self.shared: set[int] = set()
        self.made: dict[int, Any] = {}
        self._sizes: dict[int, int] = {}
        self._open: set[int] = set()
        self._scalars = SafeConstructor()
        self.data: Any = None if root is None else self._make(root, 0)[0]

    def _make(self, node: yaml.Node, depth: int) -> tuple[Any, int]:
        """The data of a node, and its size in nodes with all aliases written out."""
        key = id(node)
        if key in self.made:
            self.shared.add(key)
            return self.made[key], self._sizes.get(key, 1)
        if isinstance(node, yaml.ScalarNode):
            text = node.value
            made: Any = text if node.tag == STR else self.scalar(node)
            size = 1 + len(text) // 64
        else:
            if key in self._open:
                raise Refused(
                    "aliases", "An alias here stands inside the very value that it repeats.", index_of(node)
                )
            if depth >= MAX_DEPTH:
                raise too_deep(index_of(node))
            self._open.add(key)
            if isinstance(node, yaml.SequenceNode):
                made, size = self._sequence(node, depth)
            elif isinstance(node, yaml.MappingNode):
                made, size = self._mapping(node, depth)
            else:  # composing gives no other nodes
                raise TypeError(node)
            self._open.discard(key)
            if size > MAX_EXPANDED:
                raise Refused(
                    "aliases", "Its aliases (*name) expand to more than a million values.", index_of(node)
                )
        self.made[key] = made
        if size > 1:
            self._sizes[key] = size
        return made, size

    def scalar(self, node: yaml.ScalarNode) -> Any:
        """The value of one scalar."""
        tag = node.tag
        if tag in (STR, _VALUE):
            return node.value
        make = SafeConstructor.yaml_constructors.get(tag)
        kind = tag.removeprefix(TAG)
        if make is None or kind not in ("null", "bool", "int", "float", "binary", "timestamp"):
            if tag == _MERGE:
                return node.value
            raise Refused(
                "yaml", f"The tag {_shown(tag)} is not one that a manifest can use.", index_of(node)
            )
        try:
            return make(self._scalars, node)
        except (ValueError, KeyError, OverflowError, ConstructorError):
            raise Refused("yaml", f"“{node.value[:40]}” is not a possible {kind}.", index_of(node)) from None

    def _sequence(self, node: yaml.SequenceNode, depth: int) -> tuple[Any, int]:
        values = []
        size = 1
        for child in node.value:
            made, one = self._make(child, depth + 1)
            values.append(made)
            size += one
        if node.tag != SEQ:
            return self._tagged(node, size), size
        return values, size

    def _mapping(self, node: yaml.MappingNode, depth: int) -> tuple[Any, int]:
        own: dict[Any, Any] = {}
        merged: dict[Any, Any] = {}
        seen: dict[Any, yaml.Node] = {}
        size = 1
        for key_node, value_node in node.value:
            key, key_size = self._make(key_node, depth + 1)
            value, value_size = self._make(value_node, depth + 1)
            size += key_size + value_size
            if key_node.tag == _MERGE:
                for mapping in self._merge_sources(value_node, value):
                    merged.update(mapping)
                    size += len(mapping)
                continue
            if type(key) is not str and not isinstance(key, Hashable):
                raise Refused("yaml", "A list or mapping cannot be the name of a field.", index_of(key_node))
            try:
                known = key in own
            except TypeError:
                raise Refused(
                    "yaml", "A list or mapping cannot be the name of a field.", index_of(key_node)
                ) from None
            if known:
                self.duplicates.append(Duplicate(node, str(key), seen[key], key_node))
            else:
                seen[key] = key_node
            own[key] = value
        if node.tag != MAP:
            return self._tagged(node, size), size
        if merged:
            return {**merged, **own}, size
        return own, size

    @staticmethod
    def _merge_sources(node: yaml.Node, value: Any) -> list[dict[Any, Any]]:
        """What `<<` brings in, weakest first (https://yaml.org/type/merge.html)."""
        sources = [value] if isinstance(value, dict) else value
        if not isinstance(sources, list) or not all(isinstance(source, dict) for source in sources):
            raise Refused("yaml", "“<<” can only bring in a mapping or a list of mappings.", index_of(node))
        return sources[::-1]

    def _tagged(self, node: yaml.Node, size: int) -> Any:
        """The rare !!set, !!omap and !!pairs, by PyYAML's own hands (on a copy: it changes nodes)."""
        kind = node.tag.removeprefix(TAG)
        if kind not in ("set", "omap", "pairs") or size > MAX_EXPANDED:
            raise Refused(
                "yaml", f"The tag {_shown(node.tag)} is not one that a manifest can use.", index_of(node)
            )
        try:
            return SafeConstructor().construct_document(copy.deepcopy(node))
        except (ConstructorError, ValueError, TypeError):
            raise Refused("yaml", f"This is not a possible !!{kind}.", index_of(node)) from None


def _shown(tag: str) -> str:
    return f"“!!{tag.removeprefix(TAG)[:40]}”" if tag.startswith(TAG) else f"“{tag[:40]}”"
