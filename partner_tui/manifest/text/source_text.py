"""The text of values that remember their source, as it is written in another place: tokens, lines, comments."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, TypeGuard

import yaml

from partner_tui.manifest.text.sourced import Sourced, SourcedList, SourcedMapping, kind_of
from partner_tui.manifest.text.values import same, scalars_in

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_TAG = re.compile(r"(!!\w+|!)[ \t]+\Z")
_IN_FLOW = frozenset("[]{},?")
COMMENT = re.compile(r"[ \t]+#[^\r\n]*")
_LEAD_COMMENT = re.compile(r"[:-]([ \t]+#.*)$")


def with_tokens(value: Any, known: Any) -> Any:
    """The value, its texts and floats remembering where they were read, where they were copied by value from `known`.

    A text that was stripped of nothing or a number that went through `float` has forgotten its token. Where one token
    alone stands for it in `known`, it is that one; but not of what is still in the value, since its comment is there.
    """
    standing = {id(one) for one in scalars_in(value)}
    found = [one for one in scalars_in(known) if isinstance(one, str | float) and id(one) not in standing]
    kept_of = {(kind_of(one), one) for one in found if isinstance(one, Sourced)}
    tokens: dict[tuple[type, Any], Any] = {}
    for one in found if kept_of else ():
        if (key := (kind_of(one), one)) in kept_of:
            kept = tokens.setdefault(key, one)
            if kept is not one and token_lines(kept) != token_lines(one):
                tokens[key] = None
    return _remembering(value, {key: one for key, one in tokens.items() if isinstance(one, Sourced)})


def _remembering(value: Any, tokens: dict[tuple[type, Any], Any]) -> Any:
    if isinstance(value, SourcedList | SourcedMapping) and same(value, value.origin):
        return value
    if isinstance(value, dict):
        return {key: _remembering(one, tokens) for key, one in value.items()}
    if isinstance(value, list):
        return [_remembering(one, tokens) for one in value]
    key = (type(value), value)
    if type(value) not in (str, float) or key not in tokens:
        return value
    return tokens.pop(key) if comment_behind(tokens[key]) else tokens[key]  # its comment goes along once


def token_lines(value: Any, in_flow: bool = False) -> list[str] | None:
    """The token of a value, tag and quotes included: what stands behind a key, then its further lines, not indented.

    Args:
        value: Any value.
        in_flow: Whether it is to be written inside brackets.

    Returns:
        None for a value that remembers none, and where its token cannot be written in another place just so.
    """
    # One computed from a date is of its type.
    if not isinstance(value, Sourced) or not hasattr(value, "node"):
        return None
    layout, node = value.layout, value.node
    if not isinstance(node, yaml.ScalarNode):
        return None
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
    return [re.sub("[1-9]", "2", header[:3]) + header[3:], *(line[indent:] for line in rest)]


def bracket_lines(value: Any, in_flow: bool = False) -> list[str] | None:
    """A list or mapping as it is written in brackets: its text, with further lines not indented.

    Args:
        value: Any value.
        in_flow: Whether it is to be written inside other brackets, on one line.

    Returns:
        None for one that is not in brackets or has changed.
    """
    if not _is_as_read(value, in_flow=True):
        return None
    layout, node = value.layout, value.node
    first, *rest = _LINE_BREAK.split(layout.text[layout.start(node) : layout.end(node)])
    if first[0] not in "[{" or (rest and in_flow):
        return None
    indent = min((len(line) - len(line.lstrip(" ")) for line in rest if line.strip()), default=0)
    return [first, *(line[indent:] for line in rest)]


def collection_lines(value: Any, column: int, but: Collection[str] = ()) -> list[str] | None:
    """The lines of a list or mapping, moved to a column (from 0), with all comments in it, but the last on such a line.

    Returns:
        None for one without comments, in brackets, or that has changed, and where its lines cannot be moved.
    """
    if not _is_as_read(value, in_flow=False):
        return None
    layout, node = value.layout, value.node
    slots = layout.slots(node)
    if not slots or layout.text[layout.start(node)] in "&!":
        return None
    start, end = slots[0].start, layout.end(node)
    comment = COMMENT.match(layout.text, end)
    first = layout.with_comments(start)
    body = layout.text[start : comment.end() if comment else end]
    lines = _LINE_BREAK.split(layout.text[first:start] + body)
    if first == start:
        lines[0] = " " * layout.column(start) + lines[0]
    if not any("#" in line for line in lines) or any(
        "\t" in line[: len(line) - len(line.lstrip())] for line in lines
    ):
        return None
    if comment and layout.line(end) in but:
        lines[-1] = lines[-1].removesuffix(comment[0])
    return [moved(line, column - layout.column(start)) for line in lines]


def comment_behind(value: Any, but: Collection[str] = ()) -> str:
    """The comment behind a value on its line, or behind the key of a list or mapping on lines of its own; "" for none.

    Those on the lines `but` are left out.
    """
    if not isinstance(value, Sourced) or not hasattr(value, "node"):
        return ""
    layout, node = value.layout, value.node
    if isinstance(node, yaml.ScalarNode) or getattr(node, "flow_style", False):
        end = layout.end(node)
        found = COMMENT.match(layout.text, end) if node.start_mark.line == layout.line_of(end) else None
        return found[0] if found and layout.line(end) not in but else ""
    first = layout.with_comments(layout.start(node))
    if first == layout.line_start(first) and first > layout.offset:
        line = layout.line(layout.line_start(first - 1))
        above = _LEAD_COMMENT.search(line)
        return above[1] if above and line not in but else ""
    return ""


def _is_as_read(value: Any, in_flow: bool) -> TypeGuard[SourcedList | SourcedMapping]:
    """Whether it is a list or mapping that was written in brackets, or was not, and has not changed."""
    return (
        isinstance(value, SourcedList | SourcedMapping)
        and bool(getattr(value.node, "flow_style", False)) is in_flow
        and same(value, value.origin)
    )


def moved(line: str, away: int) -> str:
    """A line so many columns further right; left where that is below 0."""
    if not line.rstrip("\r\n"):
        return line
    blanks = len(line) - len(line.lstrip(" "))
    return " " * away + line if away > 0 else line[min(-away, blanks) :]
