"""Text to YAML nodes and nodes to plain data, both bounded.

Contributed YAML is hostile: nothing is executed, and what would exhaust memory or the stack is refused
before it can, with the place it was found at.
"""

from __future__ import annotations

import copy
import gc
import re
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import yaml
from yaml.constructor import ConstructorError, SafeConstructor

MAX_CHARACTERS = 20 * 1024 * 1024
LARGE = 256 * 1024
MAX_DEPTH = 100
MAX_EXPANDED = 1_000_000

# libyaml composes recursively in C: some 30,000 levels end the process. Below this many openers it is safe.
_SAFE_OPENERS = 2000
_DEEP_LINE = re.compile(r"^[ \t?:-]{1000}", re.MULTILINE)
_TAG = "tag:yaml.org,2002:"
_STR, _SEQ, _MAP = f"{_TAG}str", f"{_TAG}seq", f"{_TAG}map"
_MERGE, _VALUE = f"{_TAG}merge", f"{_TAG}value"


_IMPLICIT: dict[str | None, list[tuple[str, re.Pattern[str]]]] = yaml.SafeLoader.yaml_implicit_resolvers
_FIRST = frozenset("".join(first or "" for first in _IMPLICIT))
_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_PARSER):  # type: ignore[misc]
    """PyYAML's safe loader with a resolver that takes the short way: most scalars are plainly texts."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        if kind is yaml.ScalarNode:
            if implicit[0] and (not value or value[0] in _FIRST):
                for tag, pattern in _IMPLICIT.get(value[:1], ()):
                    if pattern.match(value):
                        return tag
            return _STR
        return _SEQ if kind is yaml.SequenceNode else _MAP

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """Path resolvers are not used."""

    def ascend_resolver(self) -> None:
        """Path resolvers are not used."""


class Refused(Exception):
    """Data that is YAML but is not taken.

    Args:
        kind: As in `ManifestParseError`.
        problem: One plain sentence.
        index: Where, in characters from the start of the composed text; None when no place is known.
    """

    def __init__(self, kind: str, problem: str, index: int | None = None) -> None:
        super().__init__(problem)
        self.kind = kind
        self.problem = problem
        self.index = index


class Duplicate(NamedTuple):
    """One key written again in the same mapping."""

    mapping: yaml.MappingNode
    key: str
    first: yaml.Node
    again: yaml.Node


def compose(text: str) -> yaml.Node | None:
    """The node tree of one YAML document, None for an empty one.

    Raises:
        Refused: It is too large or too deep.
        yaml.YAMLError: It is no YAML.
    """
    if len(text) > MAX_CHARACTERS:
        raise Refused("size", f"It has {len(text) / 1048576:.0f} MiB of text; at most 20 MiB are read.")
    if text.count("[") + text.count("{") > _SAFE_OPENERS or _DEEP_LINE.search(text):
        _refuse_depth(text)
    node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    return node


@contextmanager
def uncollected(size: int) -> Iterator[None]:
    """Keep the garbage collector away while the tree of a text grows: its walks are half of the time of a large file.

    What a large text made stays out of later walks too, each of which would stop every thread for seconds. It holds no
    cycles and is freed like anything else.

    Args:
        size: Of the text, in characters.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if size > LARGE:
            gc.freeze()
        if collecting:
            gc.enable()


def _refuse_depth(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise Refused("depth", f"It is nested more than {MAX_DEPTH} levels deep.", _at(event))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


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
            made: Any = text if node.tag == _STR else self.scalar(node)
            size = 1 + len(text) // 64
        else:
            if key in self._open:
                raise Refused(
                    "aliases", "An alias here stands inside the very value that it repeats.", _at(node)
                )
            if depth >= MAX_DEPTH:
                raise Refused("depth", f"It is nested more than {MAX_DEPTH} levels deep.", _at(node))
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
                    "aliases", "Its aliases (*name) expand to more than a million values.", _at(node)
                )
        self.made[key] = made
        if size > 1:
            self._sizes[key] = size
        return made, size

    def scalar(self, node: yaml.ScalarNode) -> Any:
        """The value of one scalar."""
        tag = node.tag
        if tag in (_STR, _VALUE):
            return node.value
        make = SafeConstructor.yaml_constructors.get(tag)
        kind = tag.removeprefix(_TAG)
        if make is None or kind not in ("null", "bool", "int", "float", "binary", "timestamp"):
            if tag == _MERGE:
                return node.value
            raise Refused("yaml", f"The tag {_shown(tag)} is not one that a manifest can use.", _at(node))
        try:
            return make(self._scalars, node)
        except (ValueError, KeyError, OverflowError, ConstructorError):
            raise Refused("yaml", f"“{node.value[:40]}” is not a possible {kind}.", _at(node)) from None

    def _sequence(self, node: yaml.SequenceNode, depth: int) -> tuple[Any, int]:
        values = []
        size = 1
        for child in node.value:
            made, one = self._make(child, depth + 1)
            values.append(made)
            size += one
        if node.tag != _SEQ:
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
                raise Refused("yaml", "A list or mapping cannot be the name of a field.", _at(key_node))
            try:
                known = key in own
            except TypeError:
                raise Refused(
                    "yaml", "A list or mapping cannot be the name of a field.", _at(key_node)
                ) from None
            if known:
                self.duplicates.append(Duplicate(node, str(key), seen[key], key_node))
            else:
                seen[key] = key_node
            own[key] = value
        if node.tag != _MAP:
            return self._tagged(node, size), size
        if merged:
            return {**merged, **own}, size
        return own, size

    @staticmethod
    def _merge_sources(node: yaml.Node, value: Any) -> list[dict[Any, Any]]:
        """What `<<` brings in, weakest first (https://yaml.org/type/merge.html)."""
        sources = [value] if isinstance(value, dict) else value
        if not isinstance(sources, list) or not all(isinstance(source, dict) for source in sources):
            raise Refused("yaml", "“<<” can only bring in a mapping or a list of mappings.", _at(node))
        return sources[::-1]

    def _tagged(self, node: yaml.Node, size: int) -> Any:
        """The rare !!set, !!omap and !!pairs, by PyYAML's own hands (on a copy: it changes nodes)."""
        kind = node.tag.removeprefix(_TAG)
        if kind not in ("set", "omap", "pairs") or size > MAX_EXPANDED:
            raise Refused(
                "yaml", f"The tag {_shown(node.tag)} is not one that a manifest can use.", _at(node)
            )
        try:
            return SafeConstructor().construct_document(copy.deepcopy(node))
        except (ConstructorError, ValueError, TypeError):
            raise Refused("yaml", f"This is not a possible !!{kind}.", _at(node)) from None


def _at(place: Any) -> int:
    return int(place.start_mark.index)


def _shown(tag: str) -> str:
    return f"“!!{tag.removeprefix(_TAG)[:40]}”" if tag.startswith(_TAG) else f"“{tag[:40]}”"
