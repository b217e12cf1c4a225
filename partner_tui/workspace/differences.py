"""One change of a manifest by itself: its fields before and after, its lines in the diff, and the manifest without it.

A change is taken back by its lines, so that comments and quotes come back as they were; the result is parsed and must hold
every other change and not this one, else nothing is proposed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from operator import itemgetter
from typing import Any, Literal

from partner_tui.comparison.matching import Pair, match_entries
from partner_tui.errors import PartnerTuiError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.text.document import Document, Path
from partner_tui.workspace.history import ChangedFile
from partner_tui.workspace.merge import ABSENT
from partner_tui.workspace.step import Step
from partner_tui.workspace.words import Change, manifest_changes
from partner_tui.workspace.workspace import Workspace

Sign = Literal["+", "-", " "]
CONTEXT_LINES = 3
_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of a unified diff; its numbers are 1-based, None on the side that does not have it."""

    sign: Sign
    old: int | None
    new: int | None
    text: str


Hunk = tuple[DiffLine, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field before and after; ABSENT where it is not there."""

    name: str
    before: Any
    after: Any


def read_diff(diff: str) -> tuple[Hunk, ...]:
    """The hunks of a unified diff of one file; header lines are passed over."""
    hunks: list[list[DiffLine]] = []
    old = new = 0
    for line in diff.split("\n"):
        if match := _HUNK.match(line):
            # An empty side is said to start at the line before it.
            old = int(match[1]) + (match[2] == "0")
            new = int(match[3]) + (match[4] == "0")
            hunks.append([])
        elif not hunks or not line:
            continue
        elif line[0] == "+":
            hunks[-1].append(DiffLine("+", None, new, line[1:]))
            new += 1
        elif line[0] == "-":
            hunks[-1].append(DiffLine("-", old, None, line[1:]))
            old += 1
        elif line[0] == " ":
            hunks[-1].append(DiffLine(" ", old, new, line[1:]))
            old, new = old + 1, new + 1
    return tuple(map(tuple, hunks))


class Differences:
    """What differs between two versions of one manifest.

    Args:
        before: As it was committed.
        after: As it is now.
        hunks: Their diff.
    """

    def __init__(self, before: Document, after: Document, hunks: tuple[Hunk, ...]) -> None:
        self.before = before
        self.after = after
        self.hunks = hunks
        self._old = read_manifest(before)
        self._new = read_manifest(after)
        pairs = match_entries(self._old, self._new)
        self._now = {new.path: (old, new) for old, new in pairs if new is not None}
        self._gone = {old.path: (old, new) for old, new in pairs if old is not None and new is None}
        changed = [line for hunk in hunks for line in hunk]
        self._added = [(line.new, line) for line in changed if line.sign == "+" and line.new is not None]
        self._removed = [(line.old, line) for line in changed if line.sign == "-" and line.old is not None]

    def fields(self, change: Change) -> tuple[FieldChange, ...]:
        """The fields of a change, before and after."""
        if change.area == "entry":
            before, after = self._entries(change)
            old, new = (dict(entry.own) if entry else {} for entry in (before, after))
            names = change.fields or tuple(new or old)
            return tuple(FieldChange(name, old.get(name, ABSENT), new.get(name, ABSENT)) for name in names)
        if change.area == "splash":
            sides = (self._old.partner.config, self._new.partner.config)
        else:
            sides = (self._old.fields, self._new.fields)
        return (FieldChange(change.name, *(side.get(change.name, ABSENT) for side in sides)),)

    def lines(self, change: Change) -> frozenset[DiffLine]:
        """The added and removed lines of the diff that belong to a change."""
        if change.area == "entry":
            paths = tuple(entry.path if entry else None for entry in self._entries(change))
        else:
            paths = change.path, change.path
        removed = _within(self._removed, _span(self.before, paths[0]))
        return frozenset(removed + _within(self._added, _span(self.after, paths[1])))

    def hunks_of(self, change: Change) -> tuple[Hunk, ...]:
        """The diff around the lines of one change."""
        wanted = self.lines(change)
        return tuple(part for hunk in self.hunks for part in _around(hunk, wanted))

    def without(self, change: Change) -> str:
        """The manifest as it is now, but without one change.

        Raises:
            PartnerTuiError: Its lines belong to another change too.
        """
        text = self._without_lines(self.lines(change))
        if not self._is_without(text, change):
            raise PartnerTuiError(
                f"{change.name} shares its lines with another change.",
                "Discard the whole file, or take the step back with ctrl+z.",
            )
        return text

    def _without_lines(self, lines: frozenset[DiffLine]) -> str:
        """`after`, with the removed lines put back where the added ones are taken out."""
        after, before = _lines(self.after), _lines(self.before)
        text: list[str] = []
        position = 1  # the next line of `after` that is not taken yet
        for hunk in self.hunks:
            back: list[str] = []
            for line in hunk:
                if line.new is None:
                    if line in lines and line.old is not None:
                        back.append(before[line.old - 1])
                    continue
                text.extend(after[position - 1 : line.new - 1])
                position = line.new + 1
                if line.sign == " " or line in lines:
                    text.extend(back)
                    back = []
                if line not in lines:
                    text.append(after[line.new - 1])
            text.extend(back)
        return "".join((*text, *after[position - 1 :]))

    def _is_without(self, text: str, change: Change) -> bool:
        """Whether a text is `after` with every change but this one, to the same values."""
        try:
            document = Document.parse(text, self.after.name)
        except PartnerTuiError:
            return False
        rest = [_identity(other) for other in manifest_changes(self.before, document)]
        meant = [_identity(other) for other in manifest_changes(self.before, self.after)]
        meant.remove(_identity(change))
        if rest != meant:
            return False
        undone = [_identity(other) for other in manifest_changes(document, self.after)]
        return undone == [_identity(change)]

    def _entries(self, change: Change) -> Pair:
        """The entry before and after."""
        pairs: Mapping[Path, Pair] = self._gone if change.verb == "removed" else self._now
        return pairs.get(change.path, (None, None))


def read_differences(workspace: Workspace, file: ChangedFile) -> Differences | None:
    """The differences of a changed manifest; None for other files, and where one version does not parse."""
    if file.path != workspace.manifest_name or not file.changes:
        return None
    return Differences(
        Document.decode(file.before or b"", file.path), workspace.document, read_diff(file.diff)
    )


def discard_change(workspace: Workspace, differences: Differences, change: Change) -> Step | None:
    """Take one change of the manifest back, and leave the others, as a step.

    Raises:
        PartnerTuiError: The manifest is not as it was compared, or the change shares its lines with another.
    """
    if differences.after.text != workspace.document.text:
        raise PartnerTuiError(
            "The manifest was changed meanwhile.", "Look at the change again, then discard it."
        )
    document = Document.parse(differences.without(change), workspace.manifest_name)
    return workspace.save(f"discarded: {change.words}", {workspace.manifest_name: document.encode()})


def _lines(document: Document) -> list[str]:
    """The lines as git counts them, with their ends; other characters that Python takes for line ends are none."""
    return list(StringIO(document.text, newline="\n"))


def _span(document: Document, path: Path | None) -> tuple[int, int]:
    """First and last line of what stands at a path; an empty range where nothing does."""
    if path is None or document.node(path) is None:
        return 1, 0
    return document.line_span(path)


def _within(lines: list[tuple[int, DiffLine]], span: tuple[int, int]) -> list[DiffLine]:
    """The lines whose number, by which they are sorted, is within a range."""
    start = bisect_left(lines, span[0], key=itemgetter(0))
    end = bisect_right(lines, span[1], key=itemgetter(0))
    return [line for _, line in lines[start:end]]


def _identity(change: Change) -> tuple[str, str, str, tuple[str, ...]]:
    return change.area, change.name, change.verb, change.fields


def _around(hunk: Hunk, wanted: frozenset[DiffLine]) -> Iterator[Hunk]:
    """The parts of a hunk that are near the wanted lines."""
    near: set[int] = set()
    for place, line in enumerate(hunk):
        if line in wanted:
            near.update(range(max(0, place - CONTEXT_LINES), min(len(hunk), place + CONTEXT_LINES + 1)))
    part: list[DiffLine] = []
    for place, line in enumerate(hunk):
        if place in near:
            part.append(line)
        elif part:
            yield tuple(part)
            part = []
    if part:
        yield tuple(part)
