"""One entry, or the splash, found again in older versions of a manifest.

Most versions need not be parsed for it, which takes the longest: where the lines of an entry are there as they are, it is there
as it is. That is only said where nothing else could make these lines mean something else; everything else is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from partner_tui.comparison.matching import entries_by_key, entry_name, match_entries
from partner_tui.manifest.entry import Entry, Manifest
from partner_tui.manifest.resource_types import GROUPS
from partner_tui.manifest.text.values import same

_SHARED = re.compile(r"(?:^|[\s\[{,:-])[*&][^\s*&]|<<\s*:", re.MULTILINE)
"""An anchor, an alias, or a merge key: what such lines mean is decided elsewhere."""
_LISTS = tuple(f"{name}:" for name in ("collection", *GROUPS, "attachments"))
_MOST_PLACES = 20
_LOOKED_AT = 10_000
"""Characters behind the lines of an entry, to see that nothing more belongs to it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry, or the splash, as a version of the manifest has it.

    Attributes:
        manifest: The version that it was read in; a version in which its lines are the same is none of its own.
        entry: None for the splash. Of an entry that is not there, as it was in the next version that had it.
        is_there: Whether this version has it.
    """

    manifest: Manifest
    entry: Entry | None
    is_there: bool = True

    @property
    def own(self) -> Mapping[str, Any]:
        """The fields as they are written."""
        if not self.is_there:
            return {}
        return self.entry.own if self.entry else self.manifest.partner.config

    @property
    def fields(self) -> Mapping[str, Any]:
        """The fields, with the type that the list of the entry says."""
        entry = self.entry
        if entry is None or not self.is_there or "type" in entry.own or entry.type is None:
            return self.own
        return {**entry.own, "type": entry.type}

    @property
    def name(self) -> str:
        """How the entry is called; "" for the splash."""
        return entry_name(self.entry) if self.entry else ""


def see_splash(manifest: Manifest) -> Seen:
    """The `config` of a version."""
    return Seen(manifest, None, "config" in manifest.fields)


def see_removed(manifest: Manifest, id: str) -> Seen:
    """An entry that a version does not have, and older ones may."""
    return Seen(manifest, Entry(0, (), {"id": id}, None, 0, None), is_there=False)


def seen_in(newer: Seen, older: Manifest) -> Seen:
    """The same thing in an older version.

    One that is not in the newer version is found by its id alone: then it was removed in between, and added again later.
    """
    if newer.entry is None:
        return see_splash(older)
    if newer.is_there:
        pairs = match_entries(older, newer.manifest)
        found = next((old for old, new in pairs if new is not None and new.index == newer.entry.index), None)
    else:
        wanted = newer.entry.id
        known = (entry for entry in entries_by_key(older).values() if wanted and entry.id == wanted)
        found = next(known, None)
    return replace(newer, is_there=False) if found is None else Seen(older, found)


def is_same(one: Seen, other: Seen) -> bool:
    """Whether nothing of it changed, comments and layout aside."""
    return one.is_there == other.is_there and same(one.fields, other.fields)


class Trace:
    """Whether something is the same in other versions, by its lines alone, so that these need not be parsed.

    Args:
        newer: A version that was parsed.
    """

    def __init__(self, newer: Seen) -> None:
        self.newer = newer
        path = newer.entry.path if newer.entry else ("config",)
        document = newer.manifest.document
        self._excerpt = document.excerpt(path) if newer.is_there else ""
        self._is_clear = bool(path and self._excerpt.strip()) and not _SHARED.search(self._excerpt)
        if self._is_clear:
            self._indent = len(self._excerpt) - len(self._excerpt.lstrip(" "))
            start = document.layout.line_starts[document.line_span(path)[0] - 1]
            self._group = _list_above(newer, document.text, start)

    def is_same(self, text: str) -> bool:
        """Whether it is the same in another version; False where in doubt."""
        if not self.newer.is_there:
            return not _may_have(self.newer.entry, text)
        at = -1
        for _ in range(_MOST_PLACES if self._is_clear else 0):
            at = text.find(self._excerpt, at + 1)
            if at < 0:
                return False
            if (
                (at == 0 or text[at - 1] == "\n")
                and _ends(text, at + len(self._excerpt), self._indent)
                and _list_above(self.newer, text, at) == self._group
            ):
                return True
        return False


def _may_have(entry: Entry | None, text: str) -> bool:
    """Whether a text may have the splash, or an entry of this id."""
    if entry is None:
        return re.search(r"^[\"']?config[\"']?\s*:", text, re.MULTILINE) is not None
    name = entry.id
    return bool(name) and re.search(rf"\bid[\"']?\s*:\s*[\"']?{re.escape(name or '')}\b", text) is not None


def _ends(text: str, at: int, indent: int) -> bool:
    """Whether what begins on a line with an indentation ends at a place: nothing that follows belongs to it, or may."""
    if at < len(text) and text[at] not in "\r\n":
        return False
    rest = text[at : at + _LOOKED_AT]
    for place, line in enumerate(rest.split("\n")):
        content = line.strip()
        if place and content and not content.startswith("#"):
            return len(line) - len(line.lstrip(" ")) <= indent
    return len(rest) < _LOOKED_AT


def _list_above(seen: Seen, text: str, at: int) -> str:
    """The head of the list that a place is in: the same lines mean another type in another one."""
    found = {head: text.rfind(f"\n{head}", 0, at) for head in (_LISTS if seen.entry else ())}
    last = max(found, key=lambda head: found[head], default="")
    if found.get(last, -1) >= 0:
        return last
    return next((head for head in found if text.startswith(head)), "")
