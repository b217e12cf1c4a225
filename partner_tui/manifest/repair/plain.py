"""Every text of a file that cannot stand without quotes, quoted in one step: a template has many of them.

A text block is left alone, and so is what stands as it is: numbers, anchors and their aliases, tags of YAML's own.
"""

from __future__ import annotations

import re

from partner_tui.manifest.repair.flow import broken_in_brackets, is_in_brackets
from partner_tui.manifest.repair.lines import Lines, RepairStep, in_text_block
from partner_tui.manifest.repair.quotes import FIELD, MEMBER, comment_apart, key_quoted
from partner_tui.manifest.repair.texts import anchors, quoted_text, stands_plain

_SUSPECT = re.compile(r"[%@`&*!|>=<{\[\]},\"']|[-?](?:[ \t]|$)|.*(?::[ \t]|:$)")
_BLOCK = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?$")

_FAR = 20  # lines over which a text in quotes may go on


def all_quotes(lines: Lines) -> RepairStep | None:
    """The step; None where fewer than two texts need quotes."""
    names = anchors("\n".join(lines))
    changed: dict[int, str] = {}
    texts = 0
    for number, line in enumerate(lines):
        if number in changed or not line.strip() or line.lstrip().startswith("#"):
            continue
        inside, found = broken_in_brackets(lines, number, names)
        mended = key_quoted(line) or _quoted(lines, number, names)
        if (found or mended) and not in_text_block(lines, number):
            texts += len(found) or 1
            changed |= inside or {number: mended or line}
    if texts < 2:
        return None
    first, last = min(changed) + 1, max(changed) + 1
    where = f"line {first}" if first == last else f"lines {first} to {last}"
    return RepairStep(f"{where}: quote {texts} texts", changed, expected=True)


def _quoted(lines: Lines, number: int, names: frozenset[str]) -> str | None:
    """A line with its value in quotes, where it needs some."""
    found = FIELD.match(lines[number]) or MEMBER.match(lines[number])
    if found is None or not _SUSPECT.match(found["value"]) or _BLOCK.match(found["value"]):
        return None
    value, comment = comment_apart(found["value"])
    if is_in_brackets(value) or stands_plain(value, names, in_flow=False):
        return None
    if value[0] in "'\"" and any(value[0] in line for line in lines[number + 1 : number + _FAR]):
        return None  # may go on there
    return f"{found['lead']}{quoted_text(value)}{comment}{found['tail']}"
