"""Comments that an edit would take away although nobody meant to: each stays, on a line of its own, beside what it was at.

The splices keep what stands around a value, and a value that moves brings its comment along; what was in the middle of a
structure that is written anew belongs to neither.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.editing.lines import indentation
from partner_tui.manifest.text.comments import comments_between
from partner_tui.manifest.text.document import Document, Path
from partner_tui.manifest.text.values import same

_HASH = re.compile(r"(?<!\S)#")
_VALUE = re.compile(r"(?:.*?:[ \t]+|(?:-[ \t]+)*)(.*)")
_MOST = 4000  # lines that are compared


def with_comments_of(
    before: Document, after: Document, places: Iterable[Path], elsewhere: str = ""
) -> Document:
    """`after` with the comments of `before` that it lacks; itself where it lacks none or none can be put into it.

    Args:
        places: The paths of values whose comments have to be kept; in both documents.
        elsewhere: Another text where comments may have gone with their values.
    """
    if "#" not in before.text or after is before:
        return after
    beside: dict[int, list[str]] = {}
    behind: dict[int, list[str]] = {}
    for path in dict.fromkeys(places):
        end = after.line_span(path)[1] if path else len(after.text)
        for line, comment in _lacking(before, after, path, elsewhere):
            beside.setdefault(min(line, end), []).insert(0, comment)
            behind.setdefault(end, []).insert(0, comment)
    if not beside:
        return after
    return _with_lines(after, beside, frozenset(behind)) or _with_lines(after, behind) or after


def _with_lines(
    document: Document, added: dict[int, list[str]], ends: frozenset[int] = frozenset()
) -> Document | None:
    """The document with comments above some lines; None where one would become part of a text there.

    Args:
        ends: Lines above which comments are indented as the line before.
    """
    newline, parts = document.layout.newline, _lines(document, ())[1]
    for line in sorted(added, reverse=True):
        if line >= len(parts) and not document.text.endswith(("\n", "\r")):
            parts[-1] += newline
        like = parts[line - (line in ends)] if line - (line in ends) < len(parts) else ""
        parts[line:line] = [f"{indentation(like)}{comment}{newline}" for comment in added[line]]
    try:
        made = Document.parse("".join(parts), document.name)
    except ManifestParseError:
        return None
    return made if same(made.data, document.data) else None


def _lacking(before: Document, after: Document, path: Path, elsewhere: str) -> Iterator[tuple[int, str]]:
    """The comments at and in a value that are not there any more, last first, each with the line to put it above."""
    layout, (first, lines), (begin, written) = before.layout, _lines(before, path), _lines(after, path)
    text = "".join(lines)
    if "#" not in text or len(lines) + len(written) > _MOST:
        return
    start = layout.line_starts[first]
    found = list(comments_between(layout, before.node(path), start, start + len(text)))
    left = Counter({one: text.count(one) - "".join(written).count(one) for _, one in found})
    if all(count <= 0 for count in left.values()):
        return
    blocks = SequenceMatcher(None, lines, written, autojunk=False).get_opcodes()
    for at, comment in reversed(found):  # of equal ones, the first are most likely those that are there
        number = layout.line_of(at) - first
        tag, old, _, new, end = next(one for one in blocks if one[1] <= number < one[2])
        if tag == "equal" or left[comment] <= 0 or comment in elsewhere:
            continue
        left[comment] -= 1
        beside = _beside(lines, number, written)
        yield begin + (min(new + number - old, end) if beside is None else beside), comment


def _lines(document: Document, path: Path) -> tuple[int, list[str]]:
    """The number of the first line, from 0, of a value and the comments around it, and these lines."""
    text, starts = document.text, document.layout.line_starts

    def line(at: int) -> str:
        return text[starts[at] : starts[at + 1] if at + 1 < len(starts) else len(text)]

    first, end = document.line_span(path) if path else (1, len(starts))
    first -= 1
    while first > 0 and _is_comment(line(first - 1)):
        first -= 1
    while end < len(starts) and _is_comment(line(end)):
        end += 1
    return first, [line(at) for at in range(first, end)]


def _is_comment(line: str) -> bool:
    return line.lstrip(" ").startswith(("#", "\n", "\r"))


def _beside(lines: Sequence[str], number: int, written: Sequence[str]) -> int | None:
    """The one line that has the value that a comment stands behind or above."""
    while number < len(lines) - 1 and lines[number].lstrip().startswith("#"):
        number += 1
    value = _VALUE.match(_HASH.split(lines[number])[0].strip())
    if not value or not value[1]:
        return None
    found = [at for at, line in enumerate(written) if value[1] in line]
    return found[0] if len(found) == 1 else None
