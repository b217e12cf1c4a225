"""Compares two texts by what they say of a partner and its entries, in whatever order and lists they say it.

Git may put an entry into another list, or behind another one, than a merge by path does: where both are right, git's stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from typing import Any

from partner_tui.comparison.members import is_by_member
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.editing.edits import lookup
from partner_tui.manifest.text.document import Document
from partner_tui.manifest.text.values import frozen


def means_the_same(one: Document, other: Document) -> bool:
    """Whether the fields of the root are the same, and the entries with their types, but for the order of members."""
    return _meaning(one) == _meaning(other)


def _meaning(document: Document) -> Hashable:
    manifest = read_manifest(document)
    if manifest.is_rdf or not isinstance(document.data, dict):
        return _unordered(document.data)
    root = {name: value for name, value in document.data.items() if name not in manifest.entry_lists}
    entries = []
    for entry in manifest.entries:
        value = lookup(document.data, entry.path)
        entries.append({**value, "type": entry.type} if isinstance(value, dict) else value)
    return _unordered(root), _counted(entries)


def _unordered(value: Any) -> Hashable:
    """A key under which values are found that differ in the order of members alone."""
    if isinstance(value, dict):
        return "dict", frozenset((frozen(key), _unordered(one)) for key, one in value.items())
    if isinstance(value, list):
        return ("list", _counted(value)) if is_by_member(value) else frozen(value)
    return frozen(value)


def _counted(members: list[Any]) -> Hashable:
    return frozenset(Counter(map(_unordered, members)).items())
