"""Texts that do not parse: whether one can stand without quotes, and quotes that hold, whatever it has or had."""

from __future__ import annotations

import re

import yaml

from partner_tui.manifest.text.composing import PARSER
from partner_tui.manifest.text.tokens import TAG

TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
"""What a template engine would have filled in."""


def anchors(text: str) -> frozenset[str]:
    """The names that an alias may have."""
    return frozenset(re.findall(r"&([^\s,\[\]{}]+)", text))


def stands_plain(text: str, names: frozenset[str], in_flow: bool) -> bool:
    """Whether a value stands as it is written: as a text, a number, an alias of a known name.

    Args:
        text: The value, without a comment.
        names: Those of the anchors.
        in_flow: Whether it stands inside brackets.
    """
    if text.startswith("*") and text[1:] in names:
        return True
    if text in ("=", "<<") or TEMPLATE.match(text):
        return False
    try:
        node = yaml.compose(f"[{text}]" if in_flow else f"- {text}\n", Loader=PARSER)
    except (yaml.YAMLError, UnicodeEncodeError):
        return False
    if not isinstance(node, yaml.SequenceNode) or len(node.value) != 1:
        return False
    (one,) = node.value
    if not isinstance(one, yaml.ScalarNode) or not one.tag.startswith(TAG):
        return False
    return bool(one.style) or one.value == text or text.startswith(("!!", "&"))


def quoted_text(value: str) -> str:
    """A value in quotes that hold. Outer quotes are replaced or closed; quotes around a part of it are text."""
    opened = value[0] if value[0] in "'\"" else ""
    inner = value[1:]
    if opened and inner.endswith(opened):
        value = inner[:-1].replace(f"\\{opened}", opened)
    elif opened and opened not in inner:
        value = inner
    mark = quotes_for(value)
    return f"{mark}{escaped(value, mark)}{mark}"


def quotes_for(text: str) -> str:
    """The quotes for a text: double ones, or single ones where those would need escapes."""
    return "'" if '"' in text or "\\" in text else '"'


def escaped(text: str, mark: str) -> str:
    """A text as it stands between such quotes."""
    return text.replace("'", "''") if mark == "'" else text.replace("\\", "\\\\").replace('"', '\\"')
