"""Decides where the new values of an entry are written: in the entry, in its RDF, or once at the root of the manifest.

Fields are overwritten whole on their way from root to RDF to entry, so that a value is written where the old one
stood. What cannot be written there (a plugin's field, a root's that others need, in an RDF what other entries that share it
do not want) becomes the entry's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from partner_tui.errors import PatchError
from partner_tui.manifest.editing.edits import Edit
from partner_tui.manifest.resolve import Resolved
from partner_tui.manifest.text.document import Document, Path
from partner_tui.manifest.text.source_text import with_tokens
from partner_tui.manifest.text.values import same, texts_in
from partner_tui.upgrade.fields import paths_in
from partner_tui.upgrade.writing import edits

AT_ROOT = frozenset(("authors", "cite", "maintainers"))
"""Inherited fields whose new form suits entries of the old dialect as well."""
RdfWish: TypeAlias = tuple[Mapping[str, Any], Collection[str]]
"""The fields that an entry wants its RDF to have, and the names of those that it overrides."""
_GONE = object()
_OF_EACH = frozenset(("format_version", "type", "id", "config"))
"""Fields that are never written at the root."""


@dataclass(frozen=True, slots=True)
class FieldPlacement:
    """New values by where they are written.

    Attributes:
        own: The entry's own fields; None where nothing changes.
        rdf: All fields of its RDF; None where nothing changes.
        root: Inherited fields that change.
    """

    own: dict[str, Any]
    rdf: dict[str, Any] | None
    root: dict[str, Any]


def rdf_fields(resolved: Resolved) -> dict[str, Any] | None:
    """The fields of the RDF that can be written: a file of the clone, or a mapping in the entry."""
    if resolved.rdf is not None:
        return dict(resolved.rdf.data)
    inline = resolved.entry.own.get("rdf_source")
    return dict(inline) if isinstance(inline, dict) else None


def place(
    resolved: Resolved,
    old: dict[str, Any],
    new: dict[str, Any],
    shadowed: dict[str, Any],
    entry_fields: Collection[str] = (),
) -> FieldPlacement:
    """Say where each new value belongs.

    Args:
        old: The entry's resolved data.
        new: As they shall be.
        shadowed: New values of RDF fields that the entry overrides.
        entry_fields: New fields that are the entry's own.
    """
    new = with_tokens(new, old)
    pointing = resolved.pointers
    mine = {field: value for field, value in resolved.entry.own.items() if field not in pointing}
    rdf = rdf_fields(resolved)
    own = {field: value for field, value in resolved.entry.own.items() if field in pointing or field in new}
    theirs = dict(rdf) if rdf is not None else None
    moved = [value for field, value in mine.items() if field not in new]
    root: dict[str, Any] = {}
    for field, value in new.items():
        origin = resolved.origins.get(field)
        if field in old and same(value, old[field]):
            continue
        is_own = field in mine or field in entry_fields
        if is_own or (field not in old and any(same(value, one) for one in moved)):
            own[field] = value
        elif theirs is not None and (field in theirs or field not in old or field in _OF_EACH):
            theirs[field] = value
        elif origin == "root" and field in old and field not in _OF_EACH:
            root[field] = value
        else:
            own[field] = value
    if theirs is not None:
        gone = [field for field in theirs if field in old and field not in new]
        for field in gone:
            del theirs[field]
        theirs |= {field: value for field, value in shadowed.items() if field not in gone}
    return FieldPlacement(own, None if theirs is None or rdf is None or same(theirs, rdf) else theirs, root)


def rdf_wish(resolved: Resolved, placed: FieldPlacement | None = None) -> RdfWish:
    """What an entry wants of its RDF, and which fields it has of its own; without a placement it stays as it is."""
    if placed is None:
        own = {field for field, origin in resolved.origins.items() if origin == "own"}
        return rdf_fields(resolved) or {}, own - resolved.pointers
    return placed.rdf or rdf_fields(resolved) or {}, placed.own.keys() - resolved.pointers


def agreed(rdf: Mapping[str, Any], wishes: Sequence[RdfWish]) -> dict[str, Any]:
    """The fields of an RDF that several entries share: as all want it that do not override them, and else as it is."""
    common = dict(rdf)
    for field in dict.fromkeys(field for fields in (rdf, *(one for one, _ in wishes)) for field in fields):
        values = [fields.get(field, _GONE) for fields, own in wishes if field not in own]
        values = values or [wishes[0][0].get(field, _GONE)]
        if all(same(value, values[0]) for value in values):
            common[field] = values[0]
        elif rdf.get(field, _GONE) is None and None not in values:
            common[field] = _GONE
    return {field: value for field, value in common.items() if value is not _GONE}


def beside(
    placed: FieldPlacement, rdf: Document, common: Mapping[str, Any], wish: RdfWish
) -> FieldPlacement | None:
    """What an RDF does not become (`common`) as the entry's own.

    None where that would hide what others upgrade, or where a path would begin elsewhere than in the RDF's folder.
    """
    wanted, own = wish
    missed = {
        field: wanted.get(field, _GONE)
        for field in {**common, **wanted}
        if field not in own and not same(common.get(field, _GONE), wanted.get(field, _GONE))
    }
    if any(value is _GONE or (field in rdf.data and field != "config") for field, value in missed.items()):
        return None
    paths = {path for field, value in missed.items() if field != "config" for path in paths_in(value, field)}
    if "/" in rdf.name and paths & {*texts_in(rdf.data)}:
        return None
    return replace(placed, own={**missed, **placed.own})


def root_edits(wanted: Iterable[dict[str, Any]], root: Mapping[str, Any]) -> dict[str, Any]:
    """The inherited fields of `AT_ROOT` that all entries want to have alike."""
    agreed: dict[str, Any] = {}
    refused: set[str] = set()
    for one in wanted:
        for field, value in one.items():
            if field not in AT_ROOT or field not in root or not same(agreed.get(field, value), value):
                refused.add(field)
            agreed.setdefault(field, value)
    return {field: value for field, value in agreed.items() if field not in refused}


def entry_edits(
    resolved: Resolved, placed: FieldPlacement, at_root: dict[str, Any], document: Document
) -> list[Edit]:
    """The edits in the manifest that are the entry's alone; see `_edits` for what it raises."""
    own = {**placed.own, **{field: value for field, value in placed.root.items() if field not in at_root}}
    if resolved.rdf is None and placed.rdf is not None:
        own["rdf_source"] = placed.rdf
    return _edits(document, resolved.entry.path, resolved.entry.own, own)


def rdf_edits(rdf: Document, fields: Mapping[str, Any]) -> list[Edit]:
    """The edits in the RDF file."""
    return _edits(rdf, (), rdf.data, fields)


def _edits(document: Document, path: Path, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Edit]:
    """The edits of a mapping; a field that a merge (<<) brings in is written beside it, and cannot be taken away."""
    pairs = document.pairs(path)
    written = [key for key, _ in pairs]
    if "<<" not in written:
        return list(edits(path, old, new))
    merges = [value if isinstance(value, list) else [value] for key, value in pairs if key == "<<"]
    brought = {field for sources in merges for one in sources if isinstance(one, dict) for field in one}
    changed = [field for field, value in old.items() if field not in new or not same(value, new[field])]
    merged = [field for field in changed if field not in written]
    if gone := [field for field in changed if field in brought and field not in new]:
        raise PatchError(
            f"The new format does not have {', '.join(gone)}, which comes from a merge (<<).",
            "Write the merged fields out in the entry, without these.",
        )
    return list(edits(path, {field: value for field, value in old.items() if field not in merged}, new))
