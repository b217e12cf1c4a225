"""Two descendants of one manifest merged, losing neither side: by lines as git does, and where that is not enough by path.

The rule: the merged data is worked out first, and a text is only taken where it holds exactly that data. What git merges
without a conflict stays as git has it, byte for byte; where git conflicts, the lines around are git's, and what differs from the
merged data is spliced in, so that comments, quotes and layout stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from partner_tui.comparison.changes import ABSENT
from partner_tui.comparison.comments import lost_comments
from partner_tui.comparison.meaning import means_the_same
from partner_tui.comparison.rewriting import edits_between
from partner_tui.comparison.three_way import Conflict, Side, ThreeWay
from partner_tui.errors import ManifestParseError, PatchError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.text.document import Document
from partner_tui.manifest.text.values import same

Version: TypeAlias = Document | ManifestParseError
"""A manifest, or why it cannot be read; of the kind ``missing`` where there is no such file."""
Read: TypeAlias = Callable[[bytes | None, str], Version]
"""(content, name) -> the version."""


def read_version(content: bytes | None, name: str, *, by_parts: bool = False) -> Version:
    """A version to merge, as it was committed; None where there is no such file. By its parts, it is only looked at."""
    if content is None:
        return ManifestParseError(f"There is no {name}.", kind="missing")
    try:
        return Document.decode(content, name, by_parts=by_parts)
    except ManifestParseError as error:
        return error


@dataclass(frozen=True, slots=True)
class LineMerge:
    """What git makes of the three texts.

    Args:
        content: Where both sides changed the same lines, it has theirs.
        conflicts: Whether there are such lines.
        ours: The same with ours in place of theirs, where there are.
    """

    content: bytes
    conflicts: bool
    ours: bytes | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why versions cannot be merged by path.

    Args:
        version: Which one.
        kind: ``missing`` (removed, or renamed), ``unreadable``, ``duplicates``, or ``unwritable`` where no edit can make the
            merged data of its text, because of an anchor for example.
        message, hint: As of an error.
    """

    version: Literal["base", "ours", "theirs"]
    kind: Literal["missing", "unreadable", "duplicates", "unwritable"]
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Merge:
    """What a merge comes to.

    Args:
        content: The merged file; None while there are conflicts, or where it cannot be merged.
        by: ``lines`` where it is as one side, or as git merges it; ``path`` where edits were spliced in.
        conflicts: Values for a person to decide.
        problems: Why versions were not merged by path. With `content`, git merged their lines, and nobody knows what they mean.
        lost: Comments of a side, on lines of their own, for which there is no place.
    """

    content: bytes | None = None
    by: Literal["lines", "path"] = "lines"
    conflicts: tuple[Conflict, ...] = ()
    problems: tuple[Problem, ...] = ()
    lost: tuple[str, ...] = ()


def merge(
    base: Version,
    ours: Version,
    theirs: Version,
    choices: Mapping[str, Side] | None = None,
    *,
    lines: LineMerge | None = None,
    read: Read = read_version,
) -> Merge:
    """Merge two descendants of one manifest.

    Args:
        base: Missing where both sides added the file.
        choices: For conflicts decided before, by their key, which side's value is kept.
        lines: What git makes of the three texts; without it, edits are spliced into theirs.
        read: Reads a version, where what was read before is known.
    """
    if isinstance(base, ManifestParseError) and base.kind == "missing":
        base = Document.parse("", getattr(theirs, "name", "manifest"))
    if problems := tuple(_problems(base, ours, theirs)):
        clean = lines is not None and not lines.conflicts
        return Merge(lines.content if lines and clean else None, problems=problems)
    assert isinstance(base, Document) and isinstance(ours, Document) and isinstance(theirs, Document)
    merging = ThreeWay(choices or {})
    data = merging.manifests(*(read_manifest(version) for version in (base, ours, theirs)))
    by_lines = None if lines is None or lines.conflicts else _read(lines.content, theirs, read)
    if by_lines is not None and _agrees(data, by_lines.data):
        return Merge(by_lines.encode())
    if merging.conflicts:
        return Merge(conflicts=tuple(merging.conflicts))
    made = _written(data, base, ours, theirs, lines, read)
    if by_lines is None or made.content is None:
        return made
    agrees = means_the_same(by_lines, Document.decode(made.content, theirs.name))
    return Merge(by_lines.encode()) if agrees else made


def _written(
    data: Any, base: Document, ours: Document, theirs: Document, lines: LineMerge | None, read: Read
) -> Merge:
    """The data in the first text that takes it and loses no comment, else in the one that loses the fewest."""
    made: list[Merge] = []
    refused: list[Problem] = []
    by_git = (lines.content, lines.ours) if lines else ()
    texts = (*(_read(content, theirs, read) for content in by_git if content is not None), theirs, ours)
    for text in texts:
        if text is None:
            continue
        try:
            document = apply(text, list(edits_between(text.data, data)))
        except PatchError as error:
            refused.append(Problem("theirs", "unwritable", error.message, error.hint))
            continue
        lost = lost_comments(base, ours, theirs, document)
        made.append(Merge(document.encode(), "lines" if document is text else "path", lost=lost))
        if not lost:
            break
    return min(made, key=lambda one: len(one.lost), default=Merge(problems=tuple(refused[:1])))


def _read(content: bytes, theirs: Document, read: Read) -> Document | None:
    """What git merged, where it can be read and has no more duplicate keys than a side."""
    document = read(content, theirs.name)
    if isinstance(document, ManifestParseError) or document.duplicate_count > theirs.duplicate_count:
        return None
    return document


def _agrees(merged: Any, actual: Any) -> bool:
    """Whether data is the merged one; a conflict in that agrees with any value, there or not."""
    if isinstance(merged, Conflict):
        return True
    if isinstance(merged, dict) and isinstance(actual, dict):
        return all(_agrees(value, actual.get(name, ABSENT)) for name, value in merged.items()) and all(
            name in merged for name in actual
        )
    if isinstance(merged, list) and isinstance(actual, list):
        at = 0
        for number, value in enumerate(merged):
            if isinstance(value, Conflict) and len(actual) - at < len(merged) - number:
                continue  # this one is gone
            if at == len(actual) or not _agrees(value, actual[at]):
                return False
            at += 1
        return at == len(actual)
    return same(merged, actual)


def _problems(base: Version, ours: Version, theirs: Version) -> Iterator[Problem]:
    versions: tuple[tuple[Literal["base", "ours", "theirs"], Version], ...] = (
        ("base", base),
        ("ours", ours),
        ("theirs", theirs),
    )
    for name, version in versions:
        if isinstance(version, ManifestParseError):
            kind: Literal["missing", "unreadable"] = "missing" if version.kind == "missing" else "unreadable"
            yield Problem(name, kind, version.message, version.hint)
    written = [_duplicates(version) for _, version in versions]
    if any(one != written[0] for one in written):
        for name, version in versions:
            if isinstance(version, Document) and version.duplicate_count:
                first = version.duplicates[0]
                yield Problem(
                    name,
                    "duplicates",
                    f"{version.name}, line {first.again.line}: “{first.key}” is a duplicate key.",
                    "Repair it first: its meaning is ambiguous.",
                )


def _duplicates(version: Version) -> Counter[tuple[str, str]]:
    """The duplicate keys, wherever they are, with all that is written in their mapping."""
    if isinstance(version, ManifestParseError):
        return Counter()
    return Counter((one.key, version.excerpt(one.path)) for one in version.duplicates)
