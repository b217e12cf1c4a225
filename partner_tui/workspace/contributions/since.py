"""Changes of a contributor since the last look: entries and files of the contribution, not what was merged into it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from partner_tui.contributions.entry_changes import EntryChange
from partner_tui.contributions.files import FileChange
from partner_tui.contributions.review import Review
from partner_tui.errors import GitError
from partner_tui.manifest.entry import Entry
from partner_tui.manifest.files import path_in_clone
from partner_tui.repository.commits.commit import resolve
from partner_tui.repository.commits.tree_changes import tree_changes
from partner_tui.workspace.contributions.comparing import what_changes
from partner_tui.workspace.contributions.side import Side, Sides


@dataclass(frozen=True, slots=True)
class Since:
    """What differs from the head that was looked at.

    Attributes:
        head: That head, as a full hash; "" where its commit is gone, so that all of the contribution may be new.
        fields: Names of the fields of entries that differ, those among them whose file does.
    """

    head: str
    entries: tuple[EntryChange, ...] = ()
    files: tuple[FileChange, ...] = ()
    fields: frozenset[str] = frozenset()


def since(root: Path, review: Review, head: str, sides: Sides) -> Since | None:
    """What changed since a head was looked at; None where it is the same one, or nothing was looked at. Blocks."""
    newest = review.contribution.head
    if head in ("", newest):
        return None
    try:
        changed = tree_changes(root, resolve(root, f"{head}^{{commit}}"), newest)
    except GitError:
        return Since("", fields=frozenset(_all_fields(review)))
    old, new = sides.at(head), sides.at(newest)
    touched = {one.name for one, _ in review.touched}
    own, by_rdf = what_changes(old, new, changed.keys())
    differing = (*own, *(one for one in by_rdf if one.fields))
    entries = tuple(one for one in differing if one.name in touched)
    files = tuple(one for one in review.files if {one.path, one.was} & changed.keys())
    fields = {str(field.path[0]) for one in entries for field in one.fields if field.path}
    return Since(head, entries, files, frozenset(fields | _fields_of_files(review, new, changed.keys())))


def _all_fields(review: Review) -> Iterator[str]:
    """Those of every entry that the contribution has."""
    for one, _ in review.touched:
        yield from map(str, one.after.own if one.after else ())
        yield from (str(field.path[0]) for field in one.fields if field.path)


def _fields_of_files(review: Review, new: Side, paths: Collection[str]) -> set[str]:
    """Fields of the entries that name one of some files."""
    entries = [one.after for one, _ in review.touched if one.after is not None]
    return {name for entry in entries for name, path in _files_of(entry, new) if path in paths}


def _files_of(entry: Entry, side: Side) -> Iterator[tuple[str, str]]:
    for name, value in entry.own.items():
        for one in value if isinstance(value, list) else [value]:
            source = one.get("source") if isinstance(one, dict) else one
            if isinstance(source, str) and (path := path_in_clone(source, side.files)):
                yield str(name), path
