"""The entries that a contribution adds, changes, removes or renames, and the values that differ, by path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from partner_tui.comparison.changes import ABSENT
from partner_tui.comparison.matching import Pair, entry_name
from partner_tui.comparison.members import is_by_member, match_members
from partner_tui.manifest.entry import Entry
from partner_tui.manifest.text.document import Path
from partner_tui.manifest.text.values import same

Kind: TypeAlias = Literal["added", "changed", "removed", "renamed"]


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A value before and after; ABSENT where it is not there.

    Attributes:
        path: Keys and indices; of a member of a list its place after, or before where it is gone.
    """

    path: Path
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An entry that a contribution touches.

    Attributes:
        change: ``renamed`` where its id differs, whatever else does.
        before, after: The entry; None where it is not there.
        fields: The deepest values that differ; of an entry that was added or removed, its fields; of one that stays as it is
            in the manifest, those of its RDF.
    """

    change: Kind
    before: Entry | None
    after: Entry | None
    fields: tuple[ValueChange, ...]

    @property
    def name(self) -> str:
        """How the entry is called now, or was."""
        there = self.after or self.before
        assert there is not None
        return entry_name(there)

    @property
    def was(self) -> str | None:
        """How it was called before, where it has another name now."""
        return entry_name(self.before) if self.change == "renamed" and self.before else None


def entry_changes(pairs: Iterable[Pair]) -> tuple[EntryChange, ...]:
    """What differs in the entries of two versions, in the order of `match_entries`."""
    return tuple(change for pair in pairs for change in _change(*pair))


def _change(before: Entry | None, after: Entry | None) -> Iterator[EntryChange]:
    if before is not None and after is not None and before.own is after.own:
        return  # read once for both versions
    fields = field_changes(before.own if before else {}, after.own if after else {})
    if before is None:
        yield EntryChange("added", None, after, fields)
    elif after is None:
        yield EntryChange("removed", before, None, fields)
    elif fields:
        yield EntryChange("renamed" if before.id != after.id else "changed", before, after, fields)


def field_changes(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> tuple[ValueChange, ...]:
    """The deepest values that differ in two mappings."""
    return tuple(_of_mappings((), old, new))


def _of_mappings(path: Path, old: Mapping[Any, Any], new: Mapping[Any, Any]) -> Iterator[ValueChange]:
    for name in dict.fromkeys((*new, *old)):
        yield from value_changes((*path, name), old.get(name, ABSENT), new.get(name, ABSENT))


def value_changes(path: Path, old: Any, new: Any) -> Iterator[ValueChange]:
    """The deepest values that explain the difference; lists member by member, their order aside."""
    if old is not ABSENT and new is not ABSENT and same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict) and old and new:
        yield from _of_mappings(path, old, new)
    elif isinstance(old, list) and isinstance(new, list) and is_by_member(old, new):
        yield from _of_lists(path, old, new)
    else:
        yield ValueChange(path, old, new)


def _of_lists(path: Path, old: list[Any], new: list[Any]) -> Iterator[ValueChange]:
    found = match_members(old, new)
    changes = [
        change
        for number, value in enumerate(new)
        for change in value_changes((*path, number), old[found[number]] if number in found else ABSENT, value)
    ]
    kept = set(found.values())
    gone = [ValueChange((*path, number), one, ABSENT) for number, one in enumerate(old) if number not in kept]
    # The same members in another order are one change, of the list.
    yield from [*changes, *gone] or [ValueChange(path, old, new)]
