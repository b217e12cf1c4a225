"""A manifest without what was done to some of its entries: by its lines where that is enough, else value by value."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from partner_tui.comparison.changes import ManifestChange
from partner_tui.comparison.comparison import Comparison
from partner_tui.comparison.hunks import read_diff
from partner_tui.comparison.rewriting import edits_between
from partner_tui.errors import PartnerTuiError, UsageError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.editing.edits import Edit, Insert, Remove, lookup
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.text.document import Document, Path
from partner_tui.plain import few, visible
from partner_tui.repository.commits.diff import diff_text


def entries_undone(before: Manifest, after: Manifest, names: Collection[str]) -> Document:
    """The newer manifest, with some of its entries as they were before.

    Args:
        names: Of the entries, as they are called after, or were where they are gone.

    Raises:
        UsageError: One of them did not change.
        PartnerTuiError: No edit can make that of the text.
    """
    left = set(names)
    while left:
        text = diff_text(before.document.text, after.document.text)
        found = Comparison(before, after, read_diff(text))
        change = next((one for one in found.changes if one.area == "entry" and one.name in left), None)
        if change is None:
            raise UsageError(f"{few(sorted(left))} was not changed there.", "Choose an entry that was.")
        left.discard(change.name)
        after = read_manifest(_without(found, change))
    return after.document


def _without(found: Comparison, change: ManifestChange) -> Document:
    now = found.after.document
    _require_list(found, change)
    try:
        return Document.parse(found.without(change), now.name)
    except PartnerTuiError:  # another change touches the same lines
        return apply(now, _edits(found, change))


def _require_list(found: Comparison, change: ManifestChange) -> None:
    """Refuse to put an entry into another list than it was in: there it may be of another type."""
    if change.verb != "removed":
        return
    *above, _ = change.path or ("",)
    if len(above) == 1 and not found.after.entries and isinstance(found.after.document.data, dict):
        return
    if not isinstance(_list_at(found.after.document.data, tuple(above)), list):
        where = visible(".".join(map(str, above)), 60)
        raise PartnerTuiError(
            f"{change.name} cannot be put back alone: its list {where} is gone.",
            "Revert all of it instead of single entries.",
        )


def _list_at(data: Any, path: Path) -> Any:
    try:
        return lookup(data, path) if path else None
    except KeyError:
        return None


def _edits(found: Comparison, change: ManifestChange) -> list[Edit]:
    if change.verb == "added":
        return [Remove(change.path)]
    old, now = found.before.document.data, found.after.document.data
    if change.verb == "removed":
        *above, place = change.path
        assert isinstance(place, int)
        value = lookup(old, change.path)
        if siblings := _list_at(now, tuple(above)):
            return [Insert(tuple(above), min(place, len(siblings)), value)]
        return list(edits_between(now, {**now, above[0]: [value]}))
    was = found.path_before(change)
    return list(edits_between(lookup(now, change.path), lookup(old, was), change.path))
