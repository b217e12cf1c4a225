"""One entry, or the splash, found again in older versions of a manifest.

Most versions need not be parsed for it, which takes the longest: where the lines of an entry are there as they are, it is there
as it is. That is only said where nothing else could make these lines mean something else; everything else is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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


def see_entry(manifest: Manifest, entry: Entry) -> Seen:
    """An entry of a version."""
    return Seen(manifest, entry)


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

    Neighbours in a history differ in a few lines: where all from the beginning, or all to the end, is as it was in the version
    looked at last, only the lines that differ are looked at.

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
            self._text, self._at, self._end = "", 0, 0
            self._find(document.text)

    def is_same(self, text: str) -> bool:
        """Whether it is the same in another version; False where in doubt."""
        if not self.newer.is_there:
            return not _may_have(self.newer.entry, text)
        return self._is_clear and (self._is_beside(text) or self._find(text))

    def _is_beside(self, text: str) -> bool:
        """Whether it is there by what is around it in the version looked at last."""
        old, longer = self._text, len(text) - len(self._text)
        if not old:
            return False
        if text.startswith(old[: self._end]) and (self._end < len(old) or not longer):
            self._text = text
            return True
        at = self._at + longer
        if at < 0 or not text.endswith(old[max(0, self._at - 1) :]):
            return False
        first = old.rfind("\n", 0, _alike(old, text, min(at, self._at))) + 1
        for version, end in ((old, self._at), (text, at)):
            # What differs may be the head of a list, or make one of what follows.
            if any(version.startswith(name, first) for name in _heads(self.newer)) or any(
                version.find(f"\n{name}", first, end) >= 0 for name in _heads(self.newer)
            ):
                return False
        self._text, self._at, self._end = text, at, self._end + longer
        return True

    def _find(self, text: str) -> bool:
        at = -1
        for _ in range(_MOST_PLACES):
            at = text.find(self._excerpt, at + 1)
            if at < 0:
                return False
            if at == 0 or text[at - 1] == "\n":
                end = _end(text, at + len(self._excerpt), self._indent)
                if end and _list_above(self.newer, text, at) == self._group:
                    self._text, self._at, self._end = text, at, end
                    return True
        return False


def _alike(one: str, other: str, most: int) -> int:
    """How many characters two texts have in common at their beginning, at most so many."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _may_have(entry: Entry | None, text: str) -> bool:
    """Whether a text may have the splash, or an entry of this id."""
    if entry is None:
        return re.search(r"^[\"']?config[\"']?\s*:", text, re.MULTILINE) is not None
    name = entry.id
    return bool(name) and re.search(rf"\bid[\"']?\s*:\s*[\"']?{re.escape(name or '')}\b", text) is not None


def _end(text: str, at: int, indent: int) -> int | None:
    """Behind the line that shows that what begins on a line with an indentation ends at a place, since it stands no deeper.

    None where what follows belongs to it, or may.
    """
    if at < len(text) and text[at] not in "\r\n":
        return None
    rest = text[at : at + _LOOKED_AT]
    end = at
    for place, line in enumerate(rest.split("\n")):
        end += len(line) + 1
        content = line.strip()
        if place and content and not content.startswith("#"):
            return min(end, len(text)) if len(line) - len(line.lstrip(" ")) <= indent else None
    return len(text) if len(rest) < _LOOKED_AT else None


def _list_above(seen: Seen, text: str, at: int) -> str:
    """The head of the list that a place is in: the same lines mean another type in another one."""
    found = {head: text.rfind(f"\n{head}", 0, at) for head in _heads(seen)}
    last = max(found, key=lambda head: found[head], default="")
    if found.get(last, -1) >= 0:
        return last
    return next((head for head in found if text.startswith(head)), "")


def _heads(seen: Seen) -> Sequence[str]:
    return _LISTS if seen.entry else ()
