"""Values without quotes that mean one thing to the spec library (YAML 1.2) and another to readers of YAML 1.1.

`yes` is a text to the first and true to the second, `1e-3` a number and a text. PyYAML stands for the second here: it is
what the central CI reads manifests with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime
from functools import cache, lru_cache, partial
from typing import Any

import yaml

from partner_tui.manifest.text.document import Document, Path
from partner_tui.manifest.text.scalars import other_text, quoted
from partner_tui.manifest.text.values import same


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """One such value.

    Attributes:
        path: Where it is.
        token: As it is written.
        value: In YAML 1.2.
        other: In YAML 1.1; the token where it has no value there.
        unambiguous: The same value so that both read it alike.
    """

    path: Path
    token: str
    value: Any
    other: Any
    unambiguous: str


def ambiguous(document: Document) -> Iterator[Ambiguous]:
    """All of them, in file order."""
    if parts := document.parts:
        found = [
            replace(one, path=(*path, *one.path[len(path) :]))
            for text, path in parts.each()
            for one in _in_part(text)
        ]
        yield from sorted(found, key=lambda one: astuple(document.value_position(one.path)))
        return
    in_yaml_1_1 = cache(partial(_in_yaml_1_1, yaml.SafeLoader("")))
    differing: list[tuple[yaml.ScalarNode, Any]] = []
    for node in document.unusual:
        other = in_yaml_1_1(node.value)
        if not same(document.value(node), other):
            differing.append((node, other))
    paths = document.paths(node for node, _ in differing)
    for node, other in differing:
        if id(node) in paths:
            value = document.value(node)
            written = quoted(value, '"') if isinstance(value, str) else other_text(value)
            yield Ambiguous(paths[id(node)], node.value, value, other, written)


@lru_cache(maxsize=8192)
def _in_part(text: str) -> tuple[Ambiguous, ...]:
    """Those in one of the parts that a text was read by."""
    return tuple(ambiguous(Document.parse(text)))


def _in_yaml_1_1(loader: Any, token: str) -> Any:
    tag = loader.resolve(yaml.ScalarNode, token, (True, False))
    try:
        value = loader.construct_object(yaml.ScalarNode(tag, token))
    except (ValueError, yaml.YAMLError):
        return token
    if isinstance(value, datetime) and value.tzinfo is not None:  # the same moment is the same value here
        return value.astimezone(UTC).replace(tzinfo=None)
    return value
