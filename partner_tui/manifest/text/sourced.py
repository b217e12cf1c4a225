"""Values that remember how they are written, where that is not how we would write them.

`3.10`, `0x1F`, `'quoted'`, a folded text, a list with comments in it: each is the plain value that it means, equal to any
other of that value, and carries its place in the text it was read from. Whatever moves such a value (an upgrade, a merge)
writes its text again, since the writer asks for it (`source_text`); a value that is computed from it has none.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime
from typing import Any, Self

import yaml

from partner_tui.manifest.text.layout import Layout


class Sourced:
    """What values that remember their source have in common.

    Attributes:
        layout: Of the text.
        node: The value in it.
    """

    __slots__ = ()
    layout: Layout
    node: yaml.Node


class SourcedScalar(Sourced):
    """A scalar; it never changes."""

    __slots__ = ()

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: Any) -> Self:
        return self


class SourcedText(str, SourcedScalar):
    __slots__ = ("layout", "node")


class _Int(int, SourcedScalar):
    layout: Layout
    node: yaml.Node


class _Float(float, SourcedScalar):
    __slots__ = ("layout", "node")


class _Bytes(bytes, SourcedScalar):
    layout: Layout
    node: yaml.Node


class _Date(date, SourcedScalar):
    __slots__ = ("layout", "node")


class _Time(datetime, SourcedScalar):
    __slots__ = ("layout", "node")


class SourcedMapping(dict[Any, Any], Sourced):
    """A mapping; it remembers what it was, since it can change.

    Attributes:
        origin: As it was read. Read only.
    """

    __slots__ = ("layout", "node", "origin")
    origin: dict[Any, Any]

    def __deepcopy__(self, memo: Any) -> SourcedMapping:
        copied = SourcedMapping((key, deepcopy(one, memo)) for key, one in self.items())
        copied.layout, copied.node, copied.origin = self.layout, self.node, self.origin
        return copied


class SourcedList(list[Any], Sourced):
    """A list; it remembers what it was, since it can change.

    Attributes:
        origin: As it was read. Read only.
    """

    __slots__ = ("layout", "node", "origin")
    origin: list[Any]

    def __deepcopy__(self, memo: Any) -> SourcedList:
        copied = SourcedList(deepcopy(one, memo) for one in self)
        copied.layout, copied.node, copied.origin = self.layout, self.node, self.origin
        return copied


def sourced(value: Any, layout: Layout, node: yaml.Node) -> Any:
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
            made = SourcedMapping(value) if isinstance(value, dict) else SourcedList(value)
            made.origin = value
    made.layout, made.node = layout, node
    return made


def kind_of(value: Any) -> type:
    """The type that a value is of, whether or not it remembers its source."""
    kind = type(value)
    return kind.__bases__[0] if issubclass(kind, Sourced) else kind
