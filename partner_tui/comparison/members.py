"""Matches the members of two versions of a list, and orders those of a merged one."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from partner_tui.comparison.matching import pair_up
from partner_tui.manifest.text.values import frozen, same

IDENTITY = ("id", "doi", "url", "github_user", "orcid", "rdf_source", "source", "name", "text")
"""Fields that say which one a mapping in a list is, the surest first."""
_ALIKE = 0.6
"""So much of a sentence or a path is the same in one that was edited."""

_LOOKED_AT = 1_000
"""So many characters of two texts are compared, and so many members of a list: each takes a millisecond."""


def match_members(old: Sequence[Any], new: Sequence[Any], *, edited: bool = True) -> dict[int, int]:
    """The numbers of the old members by those of the new ones.

    In turn: the same id; the same content; of mappings another field that says which one it is; between the same neighbours,
    what is alike.

    Args:
        edited: Whether what is alike may be one that was edited. Of what two sides added, it is not.
    """
    found: dict[int, int] = {}
    before, after = dict(enumerate(old)), dict(enumerate(new))
    pair_up(before, after, (_field("id"),), found)
    taken = set(found.values())
    known = _counted({number: one for number, one in before.items() if number not in taken})
    rest = _counted({number: one for number, one in after.items() if number not in found})
    found |= {number: known[key] for key, number in rest.items() if key in known}
    if len(found) < len(new) and len(found) < len(old):
        pair_up(before, after, [_field(name) for name in IDENTITY[1:]], found)
        if edited:
            _pair_neighbours(old, new, found)
    return found


def is_by_member(*versions: Sequence[Any]) -> bool:
    """Whether lists are merged member by member: a list of numbers alone, such as a shape, is one value."""
    return any(isinstance(one, str | dict) for version in versions for one in version)


def merged_order(
    base: Sequence[Hashable], ours: Sequence[Hashable], theirs: Sequence[Hashable]
) -> list[Hashable]:
    """The order of all members of two descendants: theirs, with ours behind those that they stand behind.

    What both moved is where theirs has it; of what both added at one place, theirs comes first. Every member is there once.
    """
    moved = set(_moved(base, ours)) - set(_moved(base, theirs))
    order = [one for one in theirs if one not in moved]
    # Each with the one behind it; the end stands before the first, too.
    end = object()
    behind: dict[Hashable, Hashable] = dict(zip([end, *order], [*order, end], strict=True))
    mine = set(ours)
    at: Hashable = end
    for one in ours:
        if one not in behind:
            while behind[at] is not end and behind[at] not in mine:
                at = behind[at]
            behind[one], behind[at] = behind[at], one
        at = one
    merged = []
    at = behind[end]
    while at is not end:
        merged.append(at)
        at = behind[at]
    return merged


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """The longest part of distinct numbers that rises: those that stay where they are when the others move."""
    tails: list[int] = []
    places: list[int] = []
    for number in numbers:
        place = bisect_left(tails, number)
        tails[place : place + 1] = [number]
        places.append(place)
    found: list[int] = []
    wanted = len(tails) - 1
    for number, place in zip(reversed(numbers), reversed(places), strict=True):
        if place == wanted and (not found or number < found[-1]):
            found.append(number)
            wanted -= 1
    return found[::-1]


def _moved(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Hashable]:
    """The members of both that have another place among each other."""
    places = {one: place for place, one in enumerate(old)}
    kept = [one for one in new if one in places]
    stay = set(longest_rising([places[one] for one in kept]))
    return [one for one in kept if places[one] not in stay]


def _counted(members: Mapping[int, Any]) -> dict[tuple[Hashable, int], int]:
    """Numbers of members by their content, and how many like each are before it."""
    counts: Counter[Hashable] = Counter()
    keyed = {}
    for number, member in members.items():
        key = frozen(member)
        keyed[key, counts[key]] = number
        counts[key] += 1
    return keyed


def _field(name: str) -> Callable[[Any], Hashable]:
    def mark(member: Any) -> Hashable:
        value = member.get(name) if isinstance(member, dict) else None
        return None if isinstance(value, dict | list) else value

    return mark


def _pair_neighbours(old: Sequence[Any], new: Sequence[Any], found: dict[int, int]) -> None:
    """Pair edited members: the first that is new behind a member, with the first that is gone behind it, and so on."""
    taken = set(found.values())
    gaps: dict[int, list[int]] = {}
    behind = -1
    for number in range(len(old)):
        if number in taken:
            behind = number
        else:
            gaps.setdefault(behind, []).append(number)
    behind, compared = -1, 0
    for number in range(len(new)):
        if number in found:
            behind = found[number]
        elif gap := gaps.get(behind):
            match = gap.pop(0)
            compared += 1
            if compared <= _LOOKED_AT and _is_alike(old[match], new[number]):
                found[number] = match


def _is_alike(old: Any, new: Any) -> bool:
    if isinstance(old, dict) and isinstance(new, dict):
        names = old.keys() | new.keys()
        return 2 * sum(name in old and name in new and same(old[name], new[name]) for name in names) >= len(
            names
        )
    if isinstance(old, str) and isinstance(new, str):
        # Words such as tags are no edits of each other, however alike: one is gone, another there.
        is_long = all(" " in one.strip() or "/" in one for one in (old, new))
        matcher = SequenceMatcher(None, old[:_LOOKED_AT], new[:_LOOKED_AT], autojunk=False)
        return is_long and matcher.ratio() >= _ALIKE
    return False
