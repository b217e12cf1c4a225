"""The data of two descendants of one manifest merged by path, with the conflicts that a person has to decide.

The rule: mappings merge by key, lists by member, entries by what they are wherever they are listed, and only a value that both
sides changed to different values is a conflict. Where one side removed what the other changed, that is one, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from partner_tui.comparison.changes import ABSENT
from partner_tui.comparison.matching import entries_by_key, entry_name, match_entries
from partner_tui.comparison.members import IDENTITY, is_by_member, match_members, merged_order
from partner_tui.manifest.editing.edits import lookup
from partner_tui.manifest.entry import Entry, Manifest
from partner_tui.manifest.text.document import Path
from partner_tui.manifest.text.values import frozen, same

Side: TypeAlias = Literal["ours", "theirs"]
_Row: TypeAlias = tuple[Any, Any, Any]
"""A member in the base, in ours and in theirs, as what it is known by there; None where it is not there."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A value that both sides changed, to different values.

    Args:
        key: Names the value in `choices`: ``config.splash_title``, ``collection[livecell].license``.
        path: The same as steps: keys, and of members of lists what they are called.
        label: The same for a person: ``splash_title``, ``livecell: license``.
        base, ours, theirs: The values; ABSENT where a version does not have it.
    """

    key: str
    path: tuple[str, ...]
    label: str
    base: Any
    ours: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value is, as a conflict there would name it; `keys` lead to it where no list is on the way."""

    key: str = ""
    path: tuple[str, ...] = ()
    label: str = ""
    joint: str = ""
    keys: Path | None = ()

    def field(self, name: Any) -> _Place:
        key = f"{self.key}.{name}" if self.key else str(name)
        label, joint = (f"{self.label}{self.joint}{name}", ".") if key != "config" else ("", "")
        keys = None if self.keys is None else (*self.keys, name)
        return _Place(key, (*self.path, str(name)), label, joint, keys)

    def member(self, name: str) -> _Place:
        return _Place(f"{self.key}[{name}]", (*self.path, name), f"{self.label}[{name}]", ".", None)

    def entry(self, name: str) -> _Place:
        return _Place(f"{self.key}[{name}]", (*self.path, name), name, ": ", None)


ROOT: Final = _Place()


class ThreeWay:
    """One merge.

    Args:
        choices: For conflicts decided before, by their key, which side's value is kept.

    Attributes:
        conflicts: Those that are not decided; each stands in the merged data for its value.
    """

    def __init__(self, choices: Mapping[str, Side]) -> None:
        self.conflicts: list[Conflict] = []
        self._choices = choices
        self._lists: dict[Path, Any] = {}

    def manifests(self, base: Manifest, ours: Manifest, theirs: Manifest) -> Any:
        """The merged data of the whole document."""
        versions = (base, ours, theirs)
        if all(isinstance(one.document.data, dict) and not one.is_rdf for one in versions):
            self._merge_entries(versions)
        return self.value(ROOT, *(one.document.data for one in versions))

    def value(self, place: _Place, base: Any, ours: Any, theirs: Any) -> Any:
        """One value merged; ABSENT where it is gone, a Conflict where it is not decided."""
        if place.keys in self._lists:
            return self._lists[place.keys]
        if same(base, ours) or same(ours, theirs):
            return theirs
        if same(base, theirs):
            return ours
        sides = (base, ours, theirs)
        if ours is not ABSENT and theirs is not ABSENT:
            if _are(dict, *sides):
                merged = self._mapping(place, *(one if isinstance(one, dict) else {} for one in sides))
                return merged or (None if theirs is None else {})
            lists = [one if isinstance(one, list) else [] for one in sides]
            if _are(list, *sides) and is_by_member(*lists):
                return self._list(place, *lists)
        return self._decided(place, *sides)

    def _decided(self, place: _Place, base: Any, ours: Any, theirs: Any) -> Any:
        match self._choices.get(place.key):
            case "ours":
                return ours
            case "theirs":
                return theirs
        conflict = Conflict(place.key, place.path, place.label, base, ours, theirs)
        self.conflicts.append(conflict)
        return conflict

    def _mapping(self, place: _Place, *versions: Mapping[Any, Any]) -> dict[Any, Any]:
        merged = {}
        for name in merged_order(*(list(one) for one in versions)):
            value = self.value(place.field(name), *(one.get(name, ABSENT) for one in versions))
            if value is not ABSENT:
                merged[name] = value
        return merged

    # Lists

    def _list(self, place: _Place, *versions: Sequence[Any]) -> list[Any]:
        base, ours, theirs = versions
        known = match_members(base, ours), match_members(base, theirs)
        fresh = [
            [number for number in range(len(side)) if number not in found]
            for side, found in zip((ours, theirs), known, strict=True)
        ]
        added = match_members(
            [theirs[number] for number in fresh[1]], [ours[number] for number in fresh[0]], edited=False
        )
        both = {fresh[0][mine]: fresh[1][other] for mine, other in added.items()}
        rows = _rows(range(len(base)), known, fresh, both)
        names = _Names()
        values = [
            [ABSENT if number is None else side[number] for number, side in zip(row, versions, strict=True)]
            for row in rows
        ]
        merged = [self.value(place.member(names.new(_member_name(one))), *one) for one in values]
        return [merged[row] for row in _row_order(rows) if merged[row] is not ABSENT]

    # Entries, wherever they are listed

    def _merge_entries(self, versions: tuple[Manifest, Manifest, Manifest]) -> None:
        base, ours, theirs = versions
        known = [
            {
                new.index: old.index
                for old, new in match_entries(base, side)
                if old is not None and new is not None
            }
            for side in (ours, theirs)
        ]
        fresh = [
            [entry.index for entry in side.entries if entry.index not in found]
            for side, found in zip((ours, theirs), known, strict=True)
        ]
        rows = _rows(range(len(base.entries)), known, fresh, _added_by_both(ours, theirs, fresh))
        names: dict[Path, _Names] = {}
        merged: list[tuple[Path, Any]] = []
        for row in rows:
            entries = [
                None if number is None else side.entries[number]
                for number, side in zip(row, versions, strict=True)
            ]
            place, value = self._entry(entries, versions, names)
            merged.append((place, value))
        paths = {place for place, _ in merged} | {
            (name,) for one in versions for name in one.entry_lists if name != "attachments"
        }
        for path in paths:
            self._lists[path] = self._listed(path, rows, merged, versions)

    def _entry(
        self,
        entries: Sequence[Entry | None],
        versions: Sequence[Manifest],
        names: dict[Path, _Names],
    ) -> tuple[Path, Any]:
        """An entry's list, and the entry merged."""
        there = [entry for entry in entries if entry is not None]
        base, ours, theirs = (None if entry is None else entry.path[:-1] for entry in entries)
        path = next(
            one for one in ((ours if theirs == base else theirs), ours, theirs, base) if one is not None
        )
        first = there[0]
        place = ROOT
        for step in first.path[:-1]:
            place = place.field(step)
        name = names.setdefault(first.path[:-1], _Names()).new(entry_name(first))
        values = (
            ABSENT if entry is None else lookup(side.document.data, entry.path)
            for entry, side in zip(entries, versions, strict=True)
        )
        return path, self.value(place.entry(name), *values)

    def _listed(
        self,
        path: Path,
        rows: Sequence[_Row],
        merged: Sequence[tuple[Path, Any]],
        versions: Sequence[Manifest],
    ) -> Any:
        """A list of entries merged; where none is left, what a side made of it."""
        here = {
            number for number, (place, value) in enumerate(merged) if place == path and value is not ABSENT
        }
        orders: list[list[tuple[int, int]]] = [[], [], []]
        for number in here:
            for order, at, version in zip(orders, rows[number], versions, strict=True):
                if at is not None and version.entries[at].path[:-1] == path:
                    order.append((at, number))
        if here:
            listed = merged_order(*([number for _, number in sorted(order)] for order in orders))
            return [merged[number][1] for number in listed if isinstance(number, int)]
        base, ours, theirs = (_list_at(version, path) for version in versions)
        return ours if same(base, theirs) else theirs


class _Names:
    """What members of one list are called: each name once."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def new(self, name: str) -> str:
        self._counts[name] += 1
        return f"{name}#{count}" if (count := self._counts[name]) > 1 else name


def _are(kind: type, *versions: Any) -> bool:
    """Whether all are of a kind, or empty, and one is there."""
    return any(isinstance(one, kind) for one in versions[1:]) and all(
        one is None or one is ABSENT or isinstance(one, kind) for one in versions
    )


def _rows(
    base: Iterable[int],
    known: Sequence[Mapping[int, int]],
    fresh: Sequence[Sequence[int]],
    both: Mapping[int, int],
) -> list[_Row]:
    """Every member once: those of the base, then those that ours added, then those of theirs."""
    mine, other = ({old: new for new, old in side.items()} for side in known)
    rows: list[_Row] = [(number, mine.get(number), other.get(number)) for number in base]
    rows += [(None, number, both.get(number)) for number in fresh[0]]
    taken = set(both.values())
    return [*rows, *((None, None, number) for number in fresh[1] if number not in taken)]


def _row_order(rows: Sequence[_Row]) -> list[int]:
    """The rows in the order that a merge has them."""
    orders: list[list[Hashable]] = []
    for side in range(3):
        placed = sorted((row[side], number) for number, row in enumerate(rows) if row[side] is not None)
        orders.append([number for _, number in placed])
    return [number for number in merged_order(*orders) if isinstance(number, int)]


def _added_by_both(ours: Manifest, theirs: Manifest, fresh: Sequence[Sequence[int]]) -> dict[int, int]:
    """The numbers of entries that both added to one list, ours and theirs: those of one id, and those that are all alike."""
    found: dict[int, int] = {}
    for alike in (_by_id, _by_content):
        taken = set(found.values())
        known = {key: number for key, number in alike(theirs, fresh[1]) if number not in taken}
        found |= {
            number: known[key]
            for key, number in alike(ours, fresh[0])
            if key in known and number not in found
        }
    return found


def _by_id(version: Manifest, numbers: Sequence[int]) -> Iterator[tuple[Hashable, int]]:
    wanted = set(numbers)
    for key, entry in entries_by_key(version).items():
        if entry.index in wanted and entry.id:
            yield (entry.path[:-1], key), entry.index


def _by_content(version: Manifest, numbers: Sequence[int]) -> Iterator[tuple[Hashable, int]]:
    counts: Counter[Hashable] = Counter()
    for number in numbers:
        path = version.entries[number].path
        key = path[:-1], frozen(lookup(version.document.data, path))
        yield (key, counts[key]), number
        counts[key] += 1


def _list_at(version: Manifest, path: Path) -> Any:
    """An empty list of entries as it is written: [], null, or not at all."""
    try:
        found = lookup(version.document.data, path)
    except KeyError:
        return ABSENT
    return [] if isinstance(found, list) else found


def _member_name(versions: Sequence[Any]) -> str:
    # Of what both sides added, the same one whichever side is ours: the name is part of a choice's key.
    base, *sides = versions
    member = base if base is not ABSENT else min((one for one in sides if one is not ABSENT), key=str)
    if isinstance(member, dict):
        named = (member.get(field) for field in ("id", "name", *IDENTITY))
        member = next((one for one in named if one is not None and not isinstance(one, dict | list)), "")
    return " ".join(str(member).split())[:60] if not isinstance(member, list) else "list"
