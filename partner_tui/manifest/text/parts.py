"""Reads a large manifest entry by entry: an entry that another version had in the same words is not read again.

The rule: the data is what reading the whole text gives, or nothing is given. A text is only taken apart where no construct of
YAML can reach from one member of a list into the next: without anchors, directives and line breaks of other kinds, each
member complete in itself, and every key in the place where the rest of the text has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Any, NamedTuple, TypeAlias

import yaml

from partner_tui.manifest.text.composing import MAX_CHARACTERS, UnsupportedYaml, compose, index_of
from partner_tui.manifest.text.construction import Construction
from partner_tui.manifest.text.layout import Layout

Path: TypeAlias = tuple[str | int, ...]

WORTH_IT = 64 * 1024
"""Characters; a smaller text is read whole as fast."""
_MOST_KEPT = 8192
# Each begins with the line break before a line: `^` is looked for at every character, a line break at once.
_LIST = re.compile(
    r"\n([A-Za-z_]\w*):[ \t]*(?:#[^\r\n]*)?\r?\n(?=(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*( *)-[ \t\r\n])"
)
_END = re.compile(r"\n[^ \t#\r\n]")
_END_AT_THE_LEFT = re.compile(r"\n(?![ \t#\r\n]|-[ \t\r\n]|\Z)")
_DOCUMENTS = ("---", "...", "%")
_ODD = "\x85\u2028\u2029\ufeff"
"""Line breaks that only YAML 1.1 has, and a mark in the midst."""
_ANCHOR = re.compile(r"&(?<![\w=/.%;-]&)[^\s&]")
"""What may be one; in an address, nothing before the sign ends a word."""


class _Section(NamedTuple):
    """A list of the root: where its key begins, its text after the line of the key, and the lines with its dashes."""

    key: str
    at: int
    start: int
    end: int
    dashes: list[int]

    @property
    def bounds(self) -> list[int]:
        """Where each member begins, with what stands before the first, and where the last ends."""
        return [self.start, *self.dashes[1:], self.end]


class Near(NamedTuple):
    """A part of a text by itself, and the place in it that was asked for.

    Attributes:
        path: The place in the part.
        moved: What to add to an offset in the part, to have that in the whole.
    """

    text: str
    path: Path
    moved: Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Parts:
    """What is known of a text that was read by its parts.

    Attributes:
        data: As of `Document`. Values that are the same in another version may be the same objects. Read only.
        duplicate_count: How many keys are written again.
    """

    data: Any
    duplicate_count: int
    _body: str
    _rest: str
    _sections: dict[Any, _Section]

    def lines(self, path: Path) -> list[int] | None:
        """The line (1-based) of the dash of each member of a list of the root; None of another place."""
        section = self._sections.get(path[0]) if len(path) == 1 else None
        if section is None:
            return None
        bounds = pairwise([0, *section.dashes])
        return list(accumulate((self._body.count("\n", *two) for two in bounds), initial=1))[1:]

    def near(self, path: Path) -> Near:
        """The part that a path leads into: a member of a list, or all that is in none."""
        section = self._sections.get(path[0]) if path else None
        number = path[1] if len(path) > 1 else None
        if section is None or not isinstance(number, int) or not 0 <= number < len(section.dashes):
            return Near(self._rest, path, self._moved)
        start, end = section.bounds[number : number + 2]
        lead = f"{section.key}:\n"
        return Near(lead + self._body[start:end], (section.key, 0, *path[2:]), (start - len(lead)).__add__)

    def each(self) -> Iterator[tuple[str, Path]]:
        """Every part, and the path to the member that it is; () for all that is in no list."""
        yield self._rest, ()
        for section in self._sections.values():
            for number, (start, end) in enumerate(pairwise(section.bounds)):
                yield f"{section.key}:\n{self._body[start:end]}", (section.key, number)

    def _moved(self, offset: int) -> int:
        """An offset in what is in no list, in the whole text."""
        for section in self._sections.values():
            if offset >= section.start:
                offset += section.end - section.start
        return offset


def read_parts(body: str) -> Parts | None:
    """Read a text by its parts; None where it has to be read whole, for whatever reason.

    Args:
        body: Without a byte order mark.
    """
    if not WORTH_IT <= len(body) <= MAX_CHARACTERS or _reaches_further(body):
        return None
    sections = list(_sections(body))
    rest, keys = _without(body, sections)
    if not sections or (frame := _read(rest)) is None or not isinstance(frame.data, dict) or frame.duplicates:
        return None
    assert isinstance(frame.root, yaml.MappingNode)
    places = {index_of(key): value for key, value in frame.root.value}
    if len(keys) != len(sections) or not all(_is_empty(places.get(at)) for at in keys.values()):
        return None
    data, duplicates = dict(frame.data), 0
    for section in sections:
        data[section.key] = members = []
        for start, end in pairwise(section.bounds):
            if (member := _member(section.key, body[start:end])) is None:
                return None
            members.append(member.data)
            duplicates += member.duplicates
    return Parts(data, duplicates, body, rest, {section.key: section for section in sections})


def _reaches_further(body: str) -> bool:
    """Whether one member of a list may mean something to another, or lines may end where we see none."""
    return (
        body.startswith(_DOCUMENTS)
        or any(f"\n{mark}" in body for mark in _DOCUMENTS)
        or any(sign in body for sign in _ODD)
        or body.count("\r") != body.count("\r\n")
        or _ANCHOR.search(body) is not None
    )


def _sections(body: str) -> Iterator[_Section]:
    lines = f"\n{body}"  # the line break before a line is at the offset that the line has in the body
    at = 0
    while found := _LIST.search(lines, at):
        key, indent = found[1], found[2]
        start = found.end() - 1
        ending = (_END if indent else _END_AT_THE_LEFT).search(lines, start)
        at = end = ending.start() if ending else len(body)
        dash = re.compile(rf"\n{indent}-(?=[ \t\r\n])")
        dashes = [one.start() for one in dash.finditer(lines, start, end + 1)]
        yield _Section(key, found.start(), start, end, dashes)


def _without(body: str, sections: list[_Section]) -> tuple[str, dict[str, int]]:
    """The text without the members of the lists, and where their keys are in that."""
    parts: list[str] = []
    keys: dict[str, int] = {}
    at = length = 0
    for section in sections:
        keys[section.key] = length + section.at - at
        parts.append(body[at : section.start])
        length += section.start - at
        at = section.end
    return "".join([*parts, body[at:]]), keys


def _is_empty(value: yaml.Node | None) -> bool:
    return isinstance(value, yaml.ScalarNode) and value.value == "" and not value.style


@lru_cache(maxsize=_MOST_KEPT)
def _member(key: str, text: str) -> _Read | None:
    """One member of a list, read below the key of the list, as deep as it is; None where the text is anything else."""
    read = _read(f"{key}:\n{text}")
    if read is None or not isinstance(read.data, dict) or list(read.data) != [key]:
        return None
    members = read.data[key]
    if not isinstance(members, list) or len(members) != 1:
        return None
    return read._replace(root=None, data=members[0])


class _Read(NamedTuple):
    root: yaml.Node | None
    data: Any
    duplicates: int


def _read(text: str) -> _Read | None:
    """A text by itself; None where it cannot be read, or only with the patience that small files are read with."""
    try:
        root = compose(text, is_strict=True)
        made = Construction(root, Layout(text, 0))
    except (UnsupportedYaml, yaml.YAMLError, UnicodeEncodeError):
        return None
    return _Read(root, made.data, len(made.duplicates))
