"""Relative paths begin at the file that they are written in: one that moves to another file is respelled.

An entry and its RDF often lie in different folders, and a fix knows nothing of where a value is written.
"""

from __future__ import annotations

from posixpath import join, relpath
from typing import Any

from partner_tui.addresses.urls import beside
from partner_tui.manifest.text.values import same, texts_in
from partner_tui.upgrade.draft import Draft
from partner_tui.upgrade.fields import FILES, paths_in
from partner_tui.upgrade.fix import FixKind, fix
from partner_tui.upgrade.new_files import CannotUpgrade

_HOLDERS = FILES | {
    *("cover", "thumbnail", "download_url", "git_repo", "badges", "weights", "prediction", "dependencies"),
    *(
        f"{role}{side}{s}"
        for role in ("", "test_", "sample_")
        for side in ("input", "output")
        for s in ("", "s")
    ),
}
"""The fields that a fix may take a file from, by all their names; in any other a text is no path, whatever it says."""


@fix(
    "relative-paths",
    "Respell moved paths",
    "A relative path starts at the folder of the file that has it.",
    FixKind.AUTO,
)
def relative_paths(draft: Draft) -> None:
    context, began = draft.context, dict[str, set[str | None]]()
    for field, value in draft.data.items():
        paths = [] if field == "config" else paths_in(value, field)
        if not paths or same(value, draft.old.get(field)):
            continue
        began = began or _began(draft)
        of_field = {text: {context.base(field)} for text in texts_in(draft.old.get(field))}
        starts = {path: of_field.get(path, began.get(path)) for path in paths}
        known = [one for one in starts.values() if one]
        if field not in draft.old and known and all(one == {context.folder} for one in known):
            draft.entry_fields.add(field)
            continue
        there = context.target(field)
        spelled = {path: _spelled(path, one, there) for path, one in starts.items() if one and one != {there}}
        if spelled:
            draft.data[field] = _respelled(draft, value, field, spelled)


def _began(draft: Draft) -> dict[str, set[str | None]]:
    """The folders in which each text of the old data's files begins, were it a path."""
    found: dict[str, set[str | None]] = {}
    for field in _HOLDERS & draft.old.keys():
        for text in texts_in(draft.old[field]):
            found.setdefault(text, set()).add(draft.context.base(field))
    for old, new in draft.respelled:
        if isinstance(old, str) and isinstance(new, str) and old in found:
            found.setdefault(new, set()).update(found[old])
    return found


def _respelled(draft: Draft, value: Any, key: Any, spelled: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _respelled(draft, one, name, spelled) for name, one in value.items()}
    if isinstance(value, list):
        return [_respelled(draft, one, key, spelled) for one in value]
    return draft.respell(value, spelled[value]) if key in FILES and value in spelled else value


def _spelled(path: str, starts: set[str | None], there: str) -> str:
    if len(starts) > 1:
        raise CannotUpgrade(f"the entry and its RDF in another folder both name {path}; rename one of them")
    (start,) = starts
    if start is None:
        where = "which is not in this repository: upgrade it where it is"
        raise CannotUpgrade(f"{path} is relative to its RDF, {where}")
    return beside(start, path) if "://" in start else relpath(join(start, path), there or ".")
