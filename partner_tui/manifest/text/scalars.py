"""Single values as YAML text: plain where every reader takes it for the same, else quoted or as a block.

What is written means the same to the spec library, which reads YAML 1.2, and to readers of YAML 1.1 such as PyYAML.
"""

from __future__ import annotations

import base64
import re
from datetime import date, datetime
from typing import Any

import yaml

from partner_tui.errors import PatchError
from partner_tui.manifest.text.source_text import token_lines
from partner_tui.manifest.text.sourced import Sourced
from partner_tui.manifest.text.tokens import STR, YAML_1_2

_UNPRINTABLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]"
)
_RESOLVERS: dict[str | None, list[tuple[str, re.Pattern[str]]]] = yaml.SafeLoader.yaml_implicit_resolvers
# What still other readers take for a number: those of JSON, and of the standard to the letter.
_NUMBERLIKE = re.compile(
    r"[-+]?(?:\.?[0-9][0-9_.]*(?:[eE][-+]?[0-9]+)?|0[xob][0-9a-fA-F_]+|\.(?:inf|nan))\Z", re.IGNORECASE
)
_VERSION = re.compile(r"[0-9]+(?:\.[0-9]+){2,}\Z")
_NARROWEST = 40  # a folded text with shorter lines was not folded to a width
_INDICATORS = frozenset(",[]{}#&*!|>'\"%@`")
# Within brackets PyYAML's own parser ends a text at a question mark; libyaml does not.
_IN_FLOW = frozenset(",[]{}?")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
_MUST_ESCAPE = re.compile(f'["\\\\\n\t]|{_UNPRINTABLE.pattern}')


def is_plain(text: str, in_flow: bool) -> bool:
    """Whether a text can stand without quotes and be read as this very text."""
    if not text or text != text.strip() or "\n" in text or "\t" in text or _UNPRINTABLE.search(text):
        return False
    first = text[0]
    if first in _INDICATORS or text.startswith(("---", "...")):
        return False
    if first in "-?:" and (len(text) == 1 or text[1] in " ,[]{}" or (in_flow and first != "-")):
        return False
    if ": " in text or " #" in text or text.endswith(":") or (in_flow and not _IN_FLOW.isdisjoint(text)):
        return False
    return not is_typed(text)


def is_typed(token: str) -> bool:
    """Whether a reader of YAML takes a plain token for anything but a text."""
    if YAML_1_2.tag(token) != STR or (_NUMBERLIKE.match(token) and not _VERSION.match(token)):
        return True
    return any(pattern.match(token) for key in (token[0], None) for _, pattern in _RESOLVERS.get(key, ()))


def quoted(text: str, quote: str) -> str:
    """A text in single quotes where these can hold it and are asked for, else in double quotes."""
    if quote == "'" and "\n" not in text and not _UNPRINTABLE.search(text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + _MUST_ESCAPE.sub(lambda found: _escaped(found[0]), text) + '"'


def _escaped(character: str) -> str:
    code = ord(character)
    if character in _ESCAPES:
        return _ESCAPES[character]
    if code > 0xFFFF:
        return f"\\U{code:08x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def key_text(key: Any, quote: str | None = None) -> str:
    """A key as it is written before its colon."""
    if isinstance(key, str) and (len(key) > 500 or "\ud800" <= max(key, default="") <= "\udfff"):
        raise PatchError("A key of more than 500 characters cannot be written.")
    known = token_lines(key, in_flow=True) if quote is None else None
    if known:
        return known[0]
    if isinstance(key, str):
        return key if quote is None and is_plain(key, in_flow=True) else quoted(key, quote or '"')
    return other_text(key)


def other_text(value: Any) -> str:
    """Anything but texts, lists and mappings, as PyYAML reads it back."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value != value:
            return ".nan"
        if value in (float("inf"), float("-inf")):
            return ".inf" if value > 0 else "-.inf"
        text = repr(value)
        return text.replace("e", ".0e", 1) if "." not in text and "e" in text else text
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, bytes):
        return f"!!binary {quoted(base64.b64encode(value).decode('ascii'), chr(34))}"
    if isinstance(value, int | date):
        return str(value)
    raise PatchError(f"A value of the type {type(value).__name__} cannot be written to YAML.")


def as_text(value: Any) -> str:
    """What is no text, as one: as it is written, or as it would be where it does not remember that, as truth values do."""
    node = value.node if isinstance(value, Sourced) else None
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    return str(value) if isinstance(value, set | tuple) else other_text(value)


def block_text(text: str, style: str, old_lines: tuple[str, ...] = ()) -> list[str] | None:
    """A text as a literal (`|`) or folded (`>`) block.

    Args:
        text: The text.
        style: "|" or ">".
        old_lines: The lines of the block that it replaces; a folded one is folded to their width.

    Returns:
        The header, then the lines without indentation; None if a block cannot hold it.
    """
    body = text.removesuffix("\n")
    if not body.strip() or body.endswith("\n") or _UNPRINTABLE.search(text) or body != body.rstrip(" \t"):
        return None
    lines = body.split("\n")
    if style == ">":
        if any(line.startswith((" ", "\t")) or line != line.rstrip() for line in lines) or not lines[0]:
            return block_text(text, "|")
        width = max(map(len, old_lines)) if len(old_lines) > 1 else 0
        width = width if width >= _NARROWEST else 0
        folded: list[str] = []
        for number, line in enumerate(lines):
            folded.extend(_wrapped(line, width) if line else [""])
            if number < len(lines) - 1 and line:
                folded.append("")
        lines = folded
    indicator = "2" if re.match(r"\n*[ \t]", body) else ""
    return [f"{style}{indicator}{'' if text.endswith(chr(10)) else '-'}", *lines]


def _wrapped(line: str, width: int) -> list[str]:
    if not width:
        return [line]
    lines = [""]
    for word in re.split(r"(?<=\S) (?=\S)", line):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines
