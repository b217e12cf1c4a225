"""The edits that make the data of one text into other data, member by member, so that what is not meant stays as it is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from partner_tui.comparison.changes import ABSENT
from partner_tui.comparison.members import longest_rising, match_members
from partner_tui.errors import PatchError
from partner_tui.manifest.editing.edits import Add, Edit, Insert, Move, Remove, Replace
from partner_tui.manifest.text.document import Path
from partner_tui.manifest.text.values import same


def edits_between(old: Any, new: Any, path: Path = ()) -> Iterator[Edit]:
    """Edits for the value at a path, to be done one after the other.

    Raises:
        PatchError: A key of the root that is not text differs.
    """
    if same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict) and _has_edits(old, new, path):
        yield from _of_mappings(old, new, path)
    elif isinstance(old, list) and isinstance(new, list) and any(isinstance(one, dict) for one in old):
        yield from _of_lists(old, new, path)
    else:
        yield Replace(path, new)


def _has_edits(old: dict[Any, Any], new: dict[Any, Any], path: Path) -> bool:
    """Whether a mapping is edited key by key, instead of written anew; the root always is."""
    for name in (*old, *new):
        if not isinstance(name, str) and not same(old.get(name, ABSENT), new.get(name, ABSENT)):
            if not path:
                raise PatchError(f"The key {name} is not text.", "Edit it in your editor instead.")
            return False
    return not path or any(name in new for name in old)


def _of_mappings(old: dict[Any, Any], new: dict[Any, Any], path: Path) -> Iterator[Edit]:
    behind: str | None = None
    for name, value in new.items():
        if name in old:
            yield from edits_between(old[name], value, (*path, name))
        else:
            yield Add((*path, name), value, behind)
        behind = name if isinstance(name, str) else behind
    for name in old:
        if name not in new:
            yield Remove((*path, name))


def _of_lists(old: list[Any], new: list[Any], path: Path) -> Iterator[Edit]:
    found = match_members(old, new)
    if not found:
        yield Replace(path, new)
        return
    # First what stays, by its old place; then what goes, from the end; then the order; then what comes.
    for number, before in found.items():
        yield from edits_between(old[before], new[number], (*path, before))
    kept = set(found.values())
    for before in reversed(range(len(old))):
        if before not in kept:
            yield Remove((*path, before))
    yield from _moves([found[number] for number in sorted(found)], path)
    for number, value in enumerate(new):
        if number not in found:
            yield Insert(path, number, value)


def _moves(wanted: list[int], path: Path) -> Iterator[Edit]:
    """Moves of members that are in the order of their numbers, until they are in the one that is wanted."""
    stay = set(longest_rising(wanted))
    now = sorted(wanted)
    for place, number in enumerate(wanted):
        if number in stay:
            continue
        before = now.index(number)
        now.pop(before)
        # Behind the one that it is to follow; those that move later may still be in between.
        at = now.index(wanted[place - 1]) + 1 if place else 0
        now.insert(at, number)
        yield Move(path, before, at)
