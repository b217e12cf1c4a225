"""Values that remember how they are written, where that is not how we would write them.

`3.10`, `0x1F`, `'quoted'`, a folded text: each is the plain number, text or date that it means, equal to any other of that
value, and carries its place in the text it was read from. Whatever moves such a value (an upgrade, a merge, an undo)
writes its token again, since the writer asks for it here; a value that is computed from it has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Self

import yaml

from partner_tui.manifest.layout import Layout

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_TAG = re.compile(r"(!!\w+|!)[ \t]+\Z")
_IN_FLOW = frozenset("[]{},?")


class Sourced:
    """What values that remember their source have in common.

    Attributes:
        layout: Of the text.
        node: The scalar in it.
    """

    __slots__ = ()
    layout: Layout
    node: yaml.ScalarNode

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: Any) -> Self:
        return self


class SourcedText(str, Sourced):
    __slots__ = ("layout", "node")


class _Int(int, Sourced):
    layout: Layout
    node: yaml.ScalarNode


class _Float(float, Sourced):
    __slots__ = ("layout", "node")


class _Bytes(bytes, Sourced):
    layout: Layout
    node: yaml.ScalarNode


class _Date(date, Sourced):
    __slots__ = ("layout", "node")


class _Time(datetime, Sourced):
    __slots__ = ("layout", "node")


def sourced(value: Any, layout: Layout, node: yaml.ScalarNode) -> Any:
    """The value, remembering its source; of a type that cannot (booleans, null), the value alone."""
    made: Any
    match value:
        case str():
            made = SourcedText(value)
        case bool() | None:
            return value
        case int():
            made = _Int(value)
        case float():
            made = _Float(value)
        case bytes():
            made = _Bytes(value)
        case datetime():
            made = _Time.combine(value.date(), value.time())
        case date():
            made = _Date(value.year, value.month, value.day)
        case _:
            raise TypeError(f"{type(value).__name__} is no scalar")
    made.layout, made.node = layout, node
    return made


def kind_of(value: Any) -> type:
    """The type that a value is of, whether or not it remembers its source."""
    kind = type(value)
    return kind.__bases__[0] if issubclass(kind, Sourced) else kind


def with_tokens(value: Any, known: Any) -> Any:
    """The value, its texts and floats remembering where they were read, where they were copied by value from `known`.

    A text that was stripped of nothing or a number that went through `float` has forgotten its token. Where one token
    alone stands for it in `known`, it is that one.
    """
    tokens: dict[tuple[type, Any], Any] = {}
    for one in _scalars(known):
        if isinstance(one, str | float):
            kept = tokens.setdefault((kind_of(one), one), one)
            if token_lines(kept) != token_lines(one):
                tokens[kind_of(one), one] = None
    return _remembering(value, {key: one for key, one in tokens.items() if isinstance(one, Sourced)})


def _remembering(value: Any, tokens: Mapping[tuple[type, Any], Any]) -> Any:
    if isinstance(value, dict):
        return {key: _remembering(one, tokens) for key, one in value.items()}
    if isinstance(value, list):
        return [_remembering(one, tokens) for one in value]
    return tokens.get((type(value), value), value) if type(value) in (str, float) else value


def _scalars(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _scalars(one)
    else:
        yield value


def token_lines(value: Any, in_flow: bool = False) -> list[str] | None:
    """The token of a value, tag and quotes included: what stands behind a key, then its further lines, not indented.

    Args:
        value: Any value.
        in_flow: Whether it is to be written inside brackets.

    Returns:
        None for a value that remembers none, and where its token cannot be written in another place just so.
    """
    if not isinstance(value, Sourced) or not hasattr(
        value, "node"
    ):  # one computed from a date is of its type
        return None
    layout, node = value.layout, value.node
    begin, start = layout.start(node), layout.content_start(node)
    properties = layout.text[begin:start]
    tag = _TAG.match(properties)
    if "!" in properties and not tag:
        return None
    first, *rest = _LINE_BREAK.split(layout.text[start : layout.end(node)])
    if in_flow and (rest or (not node.style and not _IN_FLOW.isdisjoint(first))):
        return None
    if rest and node.style in ("|", ">"):
        return _block(node, first, rest) if not tag else None
    return [(f"{tag[1]} " if tag else "") + first, *(line.lstrip(" \t") for line in rest)]


def _block(node: yaml.ScalarNode, header: str, rest: list[str]) -> list[str] | None:
    filled = next((line for line in rest if line.strip()), None)
    meant = next((line for line in node.value.split("\n") if line.strip()), None)
    if filled is None or meant is None or "+" in header[:3]:
        return None
    indent = len(filled) - len(filled.lstrip(" ")) - (len(meant) - len(meant.lstrip(" ")))
    header = re.sub(r"[ \t]+#.*", "", header).rstrip()
    return [re.sub("[1-9]", "2", header), *(line[indent:] for line in rest)]
