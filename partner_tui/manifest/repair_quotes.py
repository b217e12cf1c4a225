"""Quotes for texts that do not parse without, or with those that they have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from partner_tui.manifest.repair_lines import Lines, RepairStep, block, filled_before, indent

_FIELD = re.compile(
    r"(?P<lead>[ \t]*(?:- +)*[^\s\-#'\"\[\]{}][^:#'\"]*:[ \t]+)(?P<value>\S.*?)(?P<tail>[ \t]*)$"
)
_MEMBER = re.compile(r"(?P<lead>[ \t]*(?:- +)+)(?P<value>\S.*?)(?P<tail>[ \t]*)$")
_WORD = re.compile(r"\w")
_FIELD_OR_MEMBER = re.compile(r"[ \t]*(?:- |-$|[\w-]+:(?:\s|$))")
_LOOK_FOR_QUOTE = 60  # lines over which a quote that is not closed swallows what it finds


def odd_quotes_before(lines: Lines, line: int) -> list[int]:
    """The nearest line above on which a double quote is opened and not closed."""
    above = range(line - 1, max(-1, line - 1 - _LOOK_FOR_QUOTE), -1)
    return [at for at in above if lines[at].replace('\\"', "").count('"') % 2][:1]


def quotes(lines: Lines, number: int) -> Iterator[RepairStep]:
    line = lines[number]
    for form in (_FIELD, _MEMBER):
        found = form.match(line)
        if found is None:
            continue
        value, comment = _comment_apart(found["value"])
        verb = "write the quotes anew" if value[0] in "'\"" else "quote the text"
        written = _quoted(value)
        if written != value:
            mended = f"{found['lead']}{written}{comment}{found['tail']}"
            yield RepairStep(f"line {number + 1}: {verb}", {number: mended})
    yield from _quote_paragraph(lines, number)


def _quote_paragraph(lines: Lines, number: int) -> Iterator[RepairStep]:
    """A plain text that runs on over lines further in, quoted as a whole."""
    for first in filled_before(lines, number, 3):
        found = _FIELD.match(lines[first]) or _MEMBER.match(lines[first])
        if found is None or indent(lines[number]) <= indent(lines[first]):
            continue
        value, comment = _comment_apart(found["value"])
        if comment or not _WORD.match(value):
            continue
        last = block(lines, first + 1, indent(lines[first]) + 1)[-1]
        if any(_FIELD_OR_MEMBER.match(line) for line in lines[first + 1 : last + 1]):
            continue
        text = "\n".join((value, *lines[first + 1 : last + 1]))
        mark = _mark(text)
        written = [f"{found['lead']}{mark}{_escaped(value, mark)}"]
        written += [_escaped(line, mark) for line in lines[first + 1 : last + 1]]
        written[-1] += mark
        changed = {first + at: one for at, one in enumerate(written)}
        yield RepairStep(f"lines {first + 1} to {last + 1}: quote the text", changed)


def _comment_apart(value: str) -> tuple[str, str]:
    """A value and the comment behind it, its blanks included."""
    found = re.search(r"[ \t]+#.*$", value)
    return (value[: found.start()], found[0]) if found else (value, "")


def _quoted(value: str) -> str:
    """A value in quotes that hold. Outer quotes are replaced or closed; quotes around a part of it are text."""
    opened = value[0] if value[0] in "'\"" else ""
    inner = value[1:]
    if opened and inner.endswith(opened):
        value = inner[:-1].replace(f"\\{opened}", opened)
    elif opened and opened not in inner:
        value = inner
    mark = _mark(value)
    return f"{mark}{_escaped(value, mark)}{mark}"


def _mark(text: str) -> str:
    """The quotes for a text: double ones, or single ones where those would need escapes."""
    return "'" if '"' in text or "\\" in text else '"'


def _escaped(text: str, mark: str) -> str:
    return text.replace("'", "''") if mark == "'" else text.replace("\\", "\\\\").replace('"', '\\"')
