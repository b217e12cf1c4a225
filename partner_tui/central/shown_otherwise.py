"""What the site shows otherwise than the manifest says, field by field; what publishing adds, copies or spells anew is no difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from partner_tui.addresses.urls import is_path
from partner_tui.comparison.changes import ABSENT
from partner_tui.contributions.entry_changes import ValueChange, value_changes

_OF_THE_SITE = ("id", "id_emoji", "uploader", "timestamp", "version_number", "nickname", "nickname_icon")
"""Fields that publishing sets: they say nothing of the entry."""


def shown_otherwise(shown: Mapping[str, Any], said: Mapping[str, Any]) -> Iterator[ValueChange]:
    """The deepest values that differ, in the order of the manifest's fields.

    Args:
        shown: The RDF of an item; before in the changes.
        said: The fields of its entry; after in the changes.
    """
    for name in dict.fromkeys((*said, *shown)):
        if name in _OF_THE_SITE:
            continue
        before, after = (_filled(_own(name, side.get(name))) for side in (shown, said))
        if before is not ABSENT and after is not ABSENT:
            after = _spelled_as(before, after)
        if before is not after:
            yield from value_changes((name,), before, after)


def _own(name: str, value: Any) -> Any:
    """A field without what publishing writes into it."""
    if name != "config" or not isinstance(value, dict):
        return value
    return {key: one for key, one in value.items() if key != "bioimageio" and not str(key).startswith("_")}


def _filled(value: Any) -> Any:
    """A value without its empty members; ABSENT for nothing. A date is its text, as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        value = {key: full for key, one in value.items() if (full := _filled(one)) is not ABSENT}
    elif isinstance(value, list):
        value = [full for one in value if (full := _filled(one)) is not ABSENT]
    return ABSENT if value is None or value in ("", [], {}) else value


def _spelled_as(shown: Any, said: Any) -> Any:
    """What the manifest says, in the site's spelling where it is the same: a copied file, a name, a number, another order."""
    if isinstance(shown, dict):
        if isinstance(said, str) and shown == {"name": said}:
            return shown
        if isinstance(said, dict):
            return {key: _spelled_as(shown[key], one) if key in shown else one for key, one in said.items()}
    elif isinstance(shown, list) and isinstance(said, list) and len(shown) == len(said):
        if all(isinstance(one, str) for one in (*shown, *said)) and sorted(shown) == sorted(said):
            return shown
        return [_spelled_as(before, after) for before, after in zip(shown, said, strict=True)]
    elif not isinstance(said, dict | list) and not isinstance(shown, list):
        same_words = str(shown).split() == str(said).split()
        if same_words or (isinstance(said, str) and isinstance(shown, str) and _is_copy(shown, said)):
            return shown
    return said


def _is_copy(shown: str, said: str) -> bool:
    """Whether a file of the item is the copy of what the manifest names: another folder, the same name."""
    return is_path(shown) and "." in shown and shown.rpartition("/")[2] == said.rpartition("/")[2]
