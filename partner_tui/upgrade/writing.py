"""New values written as the smallest edits, each to where its field lives: the entry, its RDF, or the root.

A key that changes its name keeps its place and comments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from partner_tui.manifest.editing.edits import Add, Edit, Remove, Rename, Replace
from partner_tui.manifest.text.document import Path
from partner_tui.manifest.text.values import same

_BEHIND = {
    "format_version": ("type", "id"),
    "type": ("id", "format_version"),
    "source": ("type",),
    "name": ("id", "type"),
}


def edits(path: Path, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Edit]:
    """The edits that make the mapping at a path another one, in the order in which they are to be done."""
    renamed = _renamed(old, new)
    for before, after in renamed.items():
        yield Rename((*path, before), after)
    taken = set(renamed.values())
    for key, value in old.items():
        if key in renamed:
            continue
        if key not in new:
            yield Remove((*path, key))
        elif not same(value, new[key]):
            yield from _replaced((*path, key), value, new[key])
    for key, value in new.items():
        if key not in old and key not in taken:
            behind = next(
                (one for one in _BEHIND.get(key, ()) if one in new and (one in old or one in taken)), None
            )
            yield Add((*path, key), value, behind)


def _replaced(path: Path, old: Any, new: Any) -> Iterator[Edit]:
    """A change inside is told as such where a key in it is renamed; else the patch finds what differs."""
    if isinstance(old, dict) and isinstance(new, dict) and (_renamed(old, new) or old.keys() & new.keys()):
        yield from edits(path, old, new)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new) and old:
        for index, (before, after) in enumerate(zip(old, new, strict=True)):
            if not same(before, after):
                yield from _replaced((*path, index), before, after)
    else:
        yield Replace(path, new)


def _renamed(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    """Keys that went and came back under another name with their value."""
    came = [key for key in new if key not in old]
    renamed: dict[str, str] = {}
    for key, value in old.items():
        if key in new or value is None or not isinstance(key, str):
            continue
        for other in came:
            if same(value, new[other]):
                renamed[key] = other
                came.remove(other)
                break
    return renamed
