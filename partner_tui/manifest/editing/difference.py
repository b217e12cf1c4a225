"""The smallest set of changes that make one list or mapping into another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from partner_tui.manifest.text.values import frozen, same

_MOVED_AT_MOST = 200  # members of a list for which a new order is looked for


@dataclass(frozen=True, slots=True)
class Change:
    """What changes directly inside one list or mapping; steps and indices are those of the old one.

    Attributes:
        replaced: (key or index, new value).
        removed: Keys or indices.
        added: (the old key to stand behind, new keys with their values); of mappings.
        inserted: (the old index to stand before, new members); of lists.
    """

    replaced: tuple[tuple[Any, Any], ...]
    removed: tuple[Any, ...]
    added: tuple[tuple[str | None, dict[Any, Any]], ...] = ()
    inserted: tuple[tuple[int, list[Any]], ...] = ()


def changes(old: Any, new: Any) -> Change | None:
    """How `old` becomes `new`; None where nothing of the old can stay."""
    if not old or not new:
        return None
    if isinstance(old, dict) and isinstance(new, dict):
        return _of_mappings(old, new)
    if isinstance(old, list) and isinstance(new, list):
        return _of_lists(old, new)
    return None


def _of_mappings(old: dict[Any, Any], new: dict[Any, Any]) -> Change | None:
    if not any(key in new for key in old):
        return None
    replaced = tuple((key, new[key]) for key in old if key in new and not same(old[key], new[key]))
    removed = tuple(key for key in old if key not in new)
    added: list[tuple[str | None, dict[Any, Any]]] = []
    behind = next(key for key in old if key in new)
    for key, value in new.items():
        if key in old:
            behind = key
        elif added and added[-1][0] == behind:
            added[-1][1][key] = value
        else:
            added.append((behind, {key: value}))
    return Change(replaced, removed, tuple(added))


def _of_lists(old: list[Any], new: list[Any]) -> Change | None:
    replaced: list[tuple[int, Any]] = []
    removed: list[int] = []
    inserted: list[tuple[int, list[Any]]] = []
    matcher: SequenceMatcher[Hashable] = SequenceMatcher(
        None, [frozen(one) for one in old], [frozen(one) for one in new], autojunk=False
    )
    for tag, begin, end, from_new, to_new in matcher.get_opcodes():
        if tag == "equal":
            continue
        paired = min(end - begin, to_new - from_new)
        replaced += [(begin + step, new[from_new + step]) for step in range(paired)]
        removed += range(begin + paired, end)
        if to_new - from_new > paired:
            inserted.append((begin + paired, new[from_new + paired : to_new]))
    return None if len(removed) == len(old) else Change(tuple(replaced), tuple(removed), (), tuple(inserted))


def moves(old: Any, new: Any) -> list[int] | None:
    """For each place of the new order, the old index that goes there; None if it is not another order."""
    are_lists = isinstance(old, list) and isinstance(new, list) and len(old) == len(new)
    if not are_lists or not 1 < len(old) <= _MOVED_AT_MOST:
        return None
    if Counter(map(frozen, old)) != Counter(map(frozen, new)):
        return None
    where: dict[Hashable, list[int]] = {}
    for index, one in enumerate(old):
        where.setdefault(frozen(one), []).append(index)
    return [where[frozen(one)].pop(0) for one in new]
