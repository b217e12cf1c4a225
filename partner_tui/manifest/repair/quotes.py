"""Quotes for texts that do not parse without, or with those that they have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from partner_tui.manifest.repair.flow import is_in_brackets
from partner_tui.manifest.repair.lines import Lines, RepairStep, block, filled_before, indent
from partner_tui.manifest.repair.texts import escaped, quoted_text, quotes_for

FIELD = re.compile(
    r"(?P<lead>[ \t]*(?:- +)*[^\s\-#'\"\[\]{}][^:#'\"]*:[ \t]+)(?P<value>\S.*?)(?P<tail>[ \t]*)$"
)
MEMBER = re.compile(r"(?P<lead>[ \t]*(?:- +)+)(?P<value>\S.*?)(?P<tail>[ \t]*)$")
_ODD_KEY = re.compile(
    r"(?P<lead>[ \t]*(?:- +)*)(?P<key>(?:[%@`&*!|>,\]}=<'\"]|\{[{%]|\?[^ ])[^:\n]*?)[ ]*:(?:[ \t]|$)"
)
_WHOLE_QUOTED = re.compile(r"""'(?:[^']|'')*'|"(?:[^"\\]|\\.)*\"""")
_BARE_KEY = re.compile(
    r"[ \t]*(?:- +)*(?:<<[ ]*:[ \t]+[*\[{]|&[^\s]+[ ]+|!![^\s]+[ ]+)"
)  # merges, anchors, tags
_WORD = re.compile(r"\w")
_FIELD_OR_MEMBER = re.compile(r"[ \t]*(?:- |-$|[\w-]+:(?:\s|$))")
_LOOK_FOR_QUOTE = 60  # lines over which a quote that is not closed swallows what it finds


def odd_quotes_before(lines: Lines, line: int) -> list[int]:
    """The nearest line above on which a double quote is opened and not closed."""
    above = range(line - 1, max(-1, line - 1 - _LOOK_FOR_QUOTE), -1)
    return [at for at in above if lines[at].replace('\\"', "").count('"') % 2][:1]


def quotes(lines: Lines, number: int) -> Iterator[RepairStep]:
    line = lines[number]
    for form in (FIELD, MEMBER):
        found = form.match(line)
        if found is None or is_in_brackets(found["value"]):
            continue
        value, comment = comment_apart(found["value"])
        verb = "fix the quotes" if value[0] in "'\"" else "quote the text"
        written = quoted_text(value)
        if written != value:
            mended = f"{found['lead']}{written}{comment}{found['tail']}"
            yield RepairStep(f"line {number + 1}: {verb}", {number: mended})
    if key := key_quoted(line):
        yield RepairStep(f"line {number + 1}: quote the key", {number: key}, expected=True)
    yield from _quote_paragraph(lines, number)


def key_quoted(line: str) -> str | None:
    """A line with its key in quotes, where the key begins with a sign that no plain text may begin with."""
    found = _ODD_KEY.match(line)
    if found is None or _WHOLE_QUOTED.fullmatch(found["key"]) or _BARE_KEY.match(line):
        return None
    return f"{found['lead']}{quoted_text(found['key'])}{line[found.end('key') :]}"


def _quote_paragraph(lines: Lines, number: int) -> Iterator[RepairStep]:
    """A plain text that runs on over lines further in, quoted as a whole."""
    for first in filled_before(lines, number, 3):
        found = FIELD.match(lines[first]) or MEMBER.match(lines[first])
        if found is None or indent(lines[number]) <= indent(lines[first]):
            continue
        value, comment = comment_apart(found["value"])
        if comment or not _WORD.match(value):
            continue
        last = block(lines, first + 1, indent(lines[first]) + 1)[-1]
        if any(_FIELD_OR_MEMBER.match(line) for line in lines[first + 1 : last + 1]):
            continue
        text = "\n".join((value, *lines[first + 1 : last + 1]))
        mark = quotes_for(text)
        written = [f"{found['lead']}{mark}{escaped(value, mark)}"]
        written += [escaped(line, mark) for line in lines[first + 1 : last + 1]]
        written[-1] += mark
        changed = {first + at: one for at, one in enumerate(written)}
        yield RepairStep(f"lines {first + 1} to {last + 1}: quote the text", changed)


def comment_apart(value: str) -> tuple[str, str]:
    """A value and the comment behind it, its blanks included."""
    found = re.search(r"[ \t]+#.*$", value)
    return (value[: found.start()], found[0]) if found else (value, "")
