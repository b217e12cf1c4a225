"""Single steps that may mend a line: quote it, re-quote it, replace its tabs, move it, give it its missing "- ".

A step changes blanks, quotes and punctuation alone: no word of the file is ever taken away or put in another order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from partner_tui.manifest.repair.flow import flow_quotes
from partner_tui.manifest.repair.lines import (
    LOOK_BACK,
    Lines,
    RepairStep,
    block,
    filled_before,
    in_text_block,
    indent,
    is_filled,
    where,
)
from partner_tui.manifest.repair.quotes import odd_quotes_before, quotes

_FURTHEST = 4  # columns that a block is moved
_TAB_WIDTHS = (8, 4, 2)
_TEMPLATE_LINE = re.compile(r"[ \t]*\{[%#].*[%#]\}[ \t]*$")
_MARK = re.compile(r"(?:---|\.\.\.)(?:\s|$)|\ufeff")
_BARE_MARK = re.compile(r"(?:---|\.\.\.)[ \t]*(?:#.*)?$")
_MERGE = re.compile(r"[ \t]*<<[ ]*:")  # in another mapping it would bring its fields there
_COMMENT = re.compile(r"[ \t]+#.*$")
_GLUED = re.compile(r"([ \t]*(?:- +)*[A-Za-z_][\w-]*):(?=[^\s/])(.*)$")


def steps_around(lines: Lines, line: int) -> Iterator[RepairStep]:
    """Every step that may mend an error reported at a line, likely ones first.

    The reported line is nearly always the culprit; a missing "- " is reported one line below.
    """
    focus = [line, *filled_before(lines, line, 2)]
    yield from _byte_order_marks(lines)
    yield from _tabs(lines)
    for number in focus:
        yield from flow_quotes(lines, number)
        yield from _template_lines(lines, number)
        yield from _document_marks(lines, number)
        yield from _brackets(lines, number)
    for number in (*focus, *odd_quotes_before(lines, focus[-1])):
        yield from quotes(lines, number)
    for number in focus:
        yield from _dashes(lines, number)
    for number in focus:
        yield from _moves(lines, number)
    for number in focus:
        yield from _punctuation(lines, number)


def _byte_order_marks(lines: Lines) -> Iterator[RepairStep]:
    """All byte order marks within the file, as joining files leaves them; the one at its start stays."""
    marked = {
        number: line[:1].strip("\ufeff" if number else "") + line[1:].lstrip("\ufeff")
        for number, line in enumerate(lines)
        if line.startswith("\ufeff" if number else "\ufeff\ufeff")
    }
    if marked:
        yield RepairStep(f"line {min(marked) + 1}: remove the byte order mark", marked, expected=True)


# Tabs


def _tabs(lines: Lines) -> Iterator[RepairStep]:
    """All tabs before first characters, as the editor that wrote them showed them."""
    tabbed = [number for number, line in enumerate(lines) if "\t" in line[: indent(line)] and line.strip()]
    if not tabbed:
        return
    for width in _TAB_WIDTHS:
        changed = {
            number: line[: indent(line)].expandtabs(width) + line[indent(line) :]
            for number, line in ((number, lines[number]) for number in tabbed)
        }
        yield RepairStep(f"{where(tabbed)}: replace tabs with spaces, {width} columns wide", changed)
    # Tabs of several editors: line by line, to a column in use above.
    first = tabbed[0]
    line = lines[first]
    for column in _columns_above(lines, first):
        moved = " " * column + line[indent(line) :]
        yield RepairStep(
            f"line {first + 1}: replace tabs with spaces, to column {column + 1}", {first: moved}
        )


def _columns_above(lines: Lines, number: int) -> list[int]:
    """The columns (from 0) at which lines above begin, dashes and what follows them; nearest first."""
    columns: dict[int, None] = {}
    for at in filled_before(lines, number, LOOK_BACK):
        lead = re.match(r" *((?:- +)*)", lines[at])
        if lead is not None:
            columns.setdefault(lead.end())
            columns.setdefault(lead.start(1))
    return list(columns)


# Columns


def _moves(lines: Lines, number: int) -> Iterator[RepairStep]:
    """A line, or the block that it begins, moved to another column."""
    line = lines[number]
    if not line.strip() or "\t" in line[: indent(line)] or _MERGE.match(line):
        return
    column = indent(line)
    away = {step for step in range(-_FURTHEST, _FURTHEST + 1) if step and column + step >= 0}
    away |= {other - column for other in _columns_above(lines, number)} - {0}
    blocks = {
        (number,),
        block(lines, number, column),
        block(lines, number, column + 1),
        _member(lines, number),
    }
    for numbers in sorted(blocks, key=len):
        for step in sorted(away, key=abs):
            changed = _moved(lines, numbers, step)
            if changed is not None:
                yield RepairStep(_move_title(numbers, step), changed)


def _move_title(numbers: tuple[int, ...], away: int) -> str:
    columns = "1 column" if abs(away) == 1 else f"{abs(away)} columns"
    return f"{where(numbers)}: move {columns} to the {'right' if away > 0 else 'left'}"


def _member(lines: Lines, first: int) -> tuple[int, ...]:
    """A list's member up to the next one that begins with the same key, or to where a field of the root begins."""
    key = re.match(r"- +[\w-]+:", lines[first].lstrip())
    if key is None:
        return (first,)
    last = first
    for number in range(first + 1, len(lines)):
        line = lines[number]
        if line.strip():
            if (not indent(line) and not line.startswith(("-", "#"))) or line.lstrip().startswith(key[0]):
                break
            last = number
    while lines[last].lstrip().startswith("#") and last > first:  # belongs to the next member
        last -= 1
    return tuple(range(first, last + 1))


def _moved(lines: Lines, numbers: tuple[int, ...], away: int) -> dict[int, str] | None:
    """The lines of a block at another column; None where one has not the blanks to move left, or parts documents."""
    changed: dict[int, str] = {}
    for number in numbers:
        line = lines[number]
        if not line.strip():
            continue
        if _MARK.match(line):
            return None
        if away < 0 and line[:-away].strip(" "):
            return None
        changed[number] = " " * away + line if away > 0 else line[-away:]
    return changed


# Templates


def _template_lines(lines: Lines, number: int) -> Iterator[RepairStep]:
    """Lines that only steer a template (`{% if … %}`), turned into comments: those of text blocks are text."""
    if not _TEMPLATE_LINE.match(lines[number]):
        return
    steering = [
        at for at, line in enumerate(lines) if _TEMPLATE_LINE.match(line) and not in_text_block(lines, at)
    ]
    if number in steering:
        count = "1 line" if len(steering) == 1 else f"{len(steering)} lines"
        changed = {at: f"{lines[at][: indent(lines[at])]}# {lines[at].lstrip()}" for at in steering}
        title = f"line {number + 1}: turn {count} of a template into comments"
        yield RepairStep(title, changed, expected=True)


def _document_marks(lines: Lines, number: int) -> Iterator[RepairStep]:
    """A line that begins or ends a document within the file, turned into a comment: what it parts becomes one document."""
    if _BARE_MARK.match(lines[number]):
        title = f"line {number + 1}: turn “{lines[number][:3]}” into a comment"
        yield RepairStep(title, {number: f"# {lines[number]}"}, expected=True)


# Dashes and other punctuation


def _dashes(lines: Lines, number: int) -> Iterator[RepairStep]:
    """A missing "- ", in place of two blanks or before the key."""
    line = lines[number]
    column = indent(line)
    body = line[column:]
    if not body or body[0] in "-#" or "\t" in line[:column]:
        return
    title = f"line {number + 1}: add the missing “- ”"
    if column >= 2:
        yield RepairStep(title, {number: f"{line[: column - 2]}- {body}"})
    yield RepairStep(title, {number: f"{line[:column]}- {body}"})


def _punctuation(lines: Lines, number: int) -> Iterator[RepairStep]:
    """A blank behind a colon, what is glued to it set aside, the key of a processing step's name."""
    line = lines[number]
    body = line.rstrip()
    below = next((one for one in lines[number + 1 :] if is_filled(one)), "")
    if glued := _GLUED.match(body):
        yield RepairStep(f"line {number + 1}: add a space after “:”", {number: f"{glued[1]}: {glued[2]}"})
        yield RepairStep(
            f"line {number + 1}: turn “{glued[2]}” into a comment", {number: f"{glued[1]}: # {glued[2]}"}
        )
    word = re.match(r"([ ]*- +)([A-Za-z_]\w*)$", body)
    if word and re.match(rf"[ ]{{{len(word[1])}}}kwargs:", below):
        title = f"line {number + 1}: add the missing “name:”"
        yield RepairStep(title, {number: f"{word[1]}name: {word[2]}"}, expected=True)


def _brackets(lines: Lines, number: int) -> Iterator[RepairStep]:
    """A list in [ ] or a mapping in { } that is not closed on its line, or closed or opened once too often.

    A text that ends or begins with a bracket looks the same: what is meant is for the maintainer to say.
    """
    body = lines[number].rstrip()
    comment = found[0] if (found := _COMMENT.search(body)) else ""
    body = body.removesuffix(comment)
    for opening, closing in ("[]", "{}"):
        more = body.count(closing) - body.count(opening)
        if more == -1:
            title = f"line {number + 1}: add the missing “{closing}”"
            yield RepairStep(title, {number: body + closing + comment})
            if body.endswith(("]", "}")):
                yield RepairStep(title, {number: body[:-1] + closing + body[-1] + comment})
            if body.find(opening) < (last := body.rfind(opening)):
                kept = body[:last] + body[last + 1 :] + comment
                yield RepairStep(f"line {number + 1}: remove the extra “{opening}”", {number: kept})
        if more == 1 and body.endswith(closing):
            yield RepairStep(
                f"line {number + 1}: remove the extra “{closing}”", {number: body[:-1] + comment}
            )
