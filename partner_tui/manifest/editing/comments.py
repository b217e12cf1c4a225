"""Comments that edits would take away or write twice although nobody meant to.

The splices keep what stands around a value, and a value that moves brings its comment along. What was in the middle of a
structure that is written anew belongs to neither: it stays on a line of its own, beside what it was at. What belongs to both, or
to a value that is written in several places, stays in one of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TypeAlias

from partner_tui.errors import ManifestParseError
from partner_tui.manifest.editing.lines import indentation
from partner_tui.manifest.text.comments import comments_between
from partner_tui.manifest.text.document import Document, Path
from partner_tui.manifest.text.values import same

_HASH = re.compile(r"(?<!\S)#")
_VALUE = re.compile(r"(?:.*?:[ \t]+|(?:-[ \t]+)*)(.*)")
_KEY = re.compile(r" *(?:-[ \t]+)*[^\s:][^:]*:(?!\S)")
_PIECE = re.compile(r"(?<!\S)#\S*(?:[ \t]+(?!#)\S+)*")
_MOST = 4000  # lines that are compared
_Owner: TypeAlias = tuple[str, str]
"""A key in its place, "" for a member of a list, and the value on the same line."""


def with_comments_of(
    before: Document, after: Document, places: Iterable[tuple[Path, Path]], elsewhere: Container[str] = ()
) -> Document:
    """`after` with the comments of `before` that it lacks; itself where it lacks none or none can be put into it.

    Args:
        places: The paths of values whose comments have to be kept, in `before` and in `after`.
        elsewhere: Comments that went with their values into another document.
    """
    if "#" not in before.text or after is before:
        return after
    beside: dict[int, list[str]] = {}
    behind: dict[int, list[str]] = {}
    for old, path in dict.fromkeys(places):
        end = after.line_span(path)[1] if path else len(after.text)
        for line, comment in _lacking(before, old, after, path, elsewhere):
            beside.setdefault(min(line, end), []).insert(0, comment)
            behind.setdefault(end, []).insert(0, comment)
    if not beside:
        return after
    return _with_lines(after, beside, frozenset(behind)) or _with_lines(after, behind) or after


def comments_of(documents: Iterable[Document]) -> Counter[str]:
    """How often each comment stands in some documents."""
    return Counter(comment for one in documents for _, comment in _comments(one))


def _comments(document: Document) -> Iterator[tuple[int, str]]:
    """All comments of a document, each with its place."""
    return comments_between(document.layout, document.root, 0, len(document.text))


def without_copies(before: Iterable[Document], after: Mapping[str, Document]) -> dict[str, Document]:
    """Documents by their name, each comment that stands once in `before` once in them, too.

    It is left at the key at which it stood, else at its value, else where it is first. Of those with the same text none can be
    told to be the copy, so all are left.
    """
    first = sorted(before, key=lambda one: one.name in after)
    stand = [after.get(one.name, one) for one in first]
    counts = [Counter(piece for one in some for piece in _PIECE.findall(one.text)) for some in (first, stand)]
    more = {piece for piece in counts[1] - counts[0] if counts[0][piece] == 1}
    stood, found = (_owners(some, more) if more else {} for some in (first, stand))
    cuts: dict[str, list[tuple[int, int]]] = {}
    for piece in stood.keys() & found:
        kept = _home(stood[piece][0][-1], [owner for *_, owner in found[piece]])
        for document, start, _ in (one for at, one in enumerate(found[piece]) if at != kept):
            cuts.setdefault(document.name, []).append((start, start + len(piece)))
    return {name: _without(one, cuts[name]) if name in cuts else one for name, one in after.items()}


def _owners(
    documents: Iterable[Document], some: Container[str]
) -> dict[str, list[tuple[Document, int, _Owner]]]:
    """Where some comments stand, and what each is said of; several on one line are told apart."""
    found: dict[str, list[tuple[Document, int, _Owner]]] = {}
    for one in documents:
        for at, comment in _comments(one):
            for piece in _PIECE.finditer(comment):
                if piece[0] in some:
                    found.setdefault(piece[0], []).append((one, at + piece.start(), _owner(one, at)))
    return found


def _owner(document: Document, at: int) -> _Owner:
    """What a comment is said of: what stands before it on its line, else the next line that is none, or the end."""
    number = document.layout.line_of(at)
    line = document.text[document.layout.line_starts[number] : at]
    while not line.strip() or _is_comment(line):
        number += 1
        if number == len(document.layout.line_starts):
            return "end", ""
        line = _line(document, number)
    line = _HASH.split(line)[0]
    key = _KEY.match(line)
    return key[0] if key else "", line[key.end() if key else 0 :].strip(" -\r\n")


def _home(stood: _Owner, stand: Sequence[_Owner]) -> int:
    """Which of some equal comments is said of what it was said of before."""
    left = list(range(len(stand)))
    for part in range(len(stood)):
        left = [at for at in left if stood[part] and stand[at][part] == stood[part]] or left
    return left[0]


def _without(document: Document, cuts: Iterable[tuple[int, int]]) -> Document:
    """The document without some comments, and without the lines that have nothing else."""
    _, lines = _lines(document, ())
    for start, end in sorted(cuts, reverse=True):
        number = document.layout.line_of(start)
        first = document.layout.line_starts[number]
        left = lines[number][: start - first].rstrip() + lines[number][end - first :]
        lines[number] = left if left.strip() else ""
    return _parsed("".join(lines), document) or document


def _parsed(text: str, like: Document) -> Document | None:
    """A text as a document; None if it does not mean the same."""
    try:
        made = Document.parse(text, like.name)
    except ManifestParseError:
        return None
    return made if same(made.data, like.data) else None


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
    return _parsed("".join(parts), document)


def _lacking(
    before: Document, old: Path, after: Document, path: Path, elsewhere: Container[str]
) -> Iterator[tuple[int, str]]:
    """The comments at and in a value that are not there any more, last first, each with the line to put it above."""
    layout, (first, lines), (begin, written) = before.layout, _lines(before, old), _lines(after, path)
    text = "".join(lines)
    if "#" not in text or len(lines) + len(written) > _MOST:
        return
    start = layout.line_starts[first]
    found = list(comments_between(layout, before.node(old), start, start + len(text)))
    begins = after.layout.line_starts[begin] if written else 0
    there = comments_between(after.layout, after.node(path), begins, begins + len("".join(written)))
    said, still = ("\n".join(one for _, one in some) for some in (found, there))
    left = Counter({one: said.count(one) - still.count(one) for _, one in found})
    if all(count <= 0 for count in left.values()):
        return
    blocks = SequenceMatcher(None, lines, written, autojunk=False).get_opcodes()
    for at, comment in reversed(found):  # of equal ones, the first are most likely those that are there
        number = layout.line_of(at) - first
        tag, whence, _, new, end = next(one for one in blocks if one[1] <= number < one[2])
        if tag == "equal" or left[comment] <= 0 or comment in elsewhere:
            continue
        left[comment] -= 1
        beside = _beside(lines, number, written)
        yield begin + (min(new + number - whence, end) if beside is None else beside), comment


def _lines(document: Document, path: Path) -> tuple[int, list[str]]:
    """The number of the first line, from 0, of a value and the comments around it, and these lines."""
    last = len(document.layout.line_starts)
    first, end = document.line_span(path) if path else (1, last)
    first -= 1
    while first > 0 and _is_comment(_line(document, first - 1)):
        first -= 1
    while end < last and _is_comment(_line(document, end)):
        end += 1
    return first, [_line(document, at) for at in range(first, end)]


def _line(document: Document, number: int) -> str:
    """The text of a line, by its number from 0, with its line break."""
    starts = document.layout.line_starts
    return document.text[starts[number] : starts[number + 1] if number + 1 < len(starts) else None]


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
