"""Matches the entries of one version of a manifest with those of another.

An entry keeps being the same one while its list and id are. Where its id is gone it is found by what it holds: a renamed entry
is not one that was removed and another that was added.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

from partner_tui.manifest.entry import Entry, Manifest
from partner_tui.manifest.text.values import frozen, same

Key = tuple[str, str, int]
Pair = tuple[Entry | None, Entry | None]
T = TypeVar("T")

_TELL_NOTHING = ("id", "type", "format_version")
"""Fields that many entries share, or that a rename changes."""


def match_entries(old: Manifest, new: Manifest) -> tuple[Pair, ...]:
    """Every entry of both versions once, as (old, new): those of the new version in its order, then those that are gone.

    In turn: the same list and id; the same content but for the id; an id of the same letters and digits; the same RDF,
    source, or name and type; the same place, with at least half of its values. Each only where it names one entry alone.
    """
    known = {key: entry.index for key, entry in entries_by_key(old).items()}
    found = {entry.index: known[key] for key, entry in entries_by_key(new).items() if key in known}
    before, after = (dict(enumerate(version.entries)) for version in (old, new))
    pair_up(before, after, _MARKS, found)
    pair_up(before, after, (lambda entry: entry.path,), found, _is_alike)
    taken = set(found.values())
    pairs: list[Pair] = [
        (before[found[number]] if number in found else None, entry) for number, entry in after.items()
    ]
    return (*pairs, *((entry, None) for number, entry in before.items() if number not in taken))


def pair_up(
    old: Mapping[int, T],
    new: Mapping[int, T],
    marks: Iterable[Callable[[T], Hashable]],
    found: dict[int, int],
    is_alike: Callable[[T, T], bool] = lambda one, other: True,
) -> None:
    """Pair what is not paired yet by marks, in turn, each where it is of one member alone on both sides.

    Args:
        found: The numbers in `old` by those in `new`; added to.
    """
    taken = set(found.values())
    for mark in marks:
        gone = {number: one for number, one in old.items() if number not in taken}
        if not gone:
            break
        known = _unique(gone, mark)
        for key, number in _unique(
            {number: new[number] for number in new if number not in found}, mark
        ).items():
            if key in known and is_alike(old[known[key]], new[number]):
                found[number] = known[key]
                taken.add(known[key])


def entries_by_key(manifest: Manifest) -> dict[Key, Entry]:
    """Entries by list, id (or name), and how many entries before it have both in common."""
    keyed: dict[Key, Entry] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for entry in manifest.entries:
        # A single RDF is the same entry under any id.
        group, name = (str(entry.path[0]), entry.id or entry.name or "") if entry.path else ("", "")
        keyed[group, name, counts[group, name]] = entry
        counts[group, name] += 1
    return keyed


def entry_name(entry: Entry) -> str:
    """How an entry is called in texts: its id, else its name, else its place."""
    return entry.id or entry.name or f"#{entry.index + 1}"


def _unique(members: Mapping[int, T], mark: Callable[[T], Hashable]) -> dict[Hashable, int]:
    """Numbers of members by a mark that no other has."""
    marked = [(key, number) for number, one in members.items() if (key := mark(one))]
    counts = Counter(key for key, _ in marked)
    return {key: number for key, number in marked if counts[key] == 1}


def _content(entry: Entry) -> Hashable:
    rest = {name: value for name, value in entry.own.items() if name not in _TELL_NOTHING}
    return frozen(rest) if rest else None


def _folded_id(entry: Entry) -> Hashable:
    return re.sub(r"[\W_]", "", entry.id.casefold()) if entry.id else None


def _name(entry: Entry) -> Hashable:
    return (entry.name, entry.type) if entry.name else None


def _text(field: str) -> Callable[[Entry], Hashable]:
    def mark(entry: Entry) -> Hashable:
        value = entry.own.get(field)
        return value if isinstance(value, str) else None

    return mark


_MARKS = (_content, _folded_id, _text("rdf_source"), _text("source"), _name)


def _is_alike(old: Entry, new: Entry) -> bool:
    names = (old.own.keys() | new.own.keys()) - set(_TELL_NOTHING)
    equal = sum(name in old.own and name in new.own and same(old.own[name], new.own[name]) for name in names)
    return equal > 0 and 2 * equal >= len(names)
