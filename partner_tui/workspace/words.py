"""What differs between two versions of a manifest, told in the field's words and not in lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.document import Document, Path
from partner_tui.manifest.entry import Entry, Manifest
from partner_tui.manifest.values import same


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed.

    Args:
        area: ``splash`` (a field of the config), ``entry``, ``manifest`` (another root field) or ``file``.
        name: The field, the entry's id, or the file's path.
        verb: ``changed``, ``added`` or ``removed``.
        fields: For an entry that changed, the names of its changed fields.
        path: Where it stands in the manifest now, or stood; empty for a file.
    """

    area: str
    name: str
    verb: str
    fields: tuple[str, ...] = ()
    path: Path = ()

    @property
    def words(self) -> str:
        """``splash_title changed``, ``entry livecell edited (license, cite)``."""
        match self.area:
            case "entry" if self.verb == "changed":
                return f"entry {self.name} edited ({', '.join(self.fields)})"
            case "entry":
                return f"entry {self.name} {self.verb}"
            case _:
                return f"{self.name} {self.verb}"


def manifest_changes(before: Document, after: Document) -> tuple[Change, ...]:
    """The changes from one version of a manifest to another, the splash first, then entries in file order."""
    old, new = read_manifest(before), read_manifest(after)
    return (*_splash(old, new), *_root(old, new), *_entries(old, new))


def _splash(old: Manifest, new: Manifest) -> Iterator[Change]:
    for name, verb in _differences(old.partner.config, new.partner.config):
        yield Change("splash", name, verb, path=("config", name))


def _root(old: Manifest, new: Manifest) -> Iterator[Change]:
    told_apart = {"config", *old.entry_lists, *new.entry_lists}
    for name, verb in _differences(old.fields, new.fields):
        if name not in told_apart:
            yield Change("manifest", name, verb, path=(name,))


def _entries(old: Manifest, new: Manifest) -> Iterator[Change]:
    before, after = entries_by_key(old), entries_by_key(new)
    # An entry that was given another id stands where it stood, under a key that the other version does not have.
    renamed = {entry.path: entry for key, entry in before.items() if key not in after}
    for key, entry in after.items():
        known = before.get(key) or renamed.pop(entry.path, None)
        if known is None:
            yield Change("entry", entry_name(entry), "added", path=entry.path)
        elif fields := tuple(name for name, _ in _differences(known.own, entry.own)):
            yield Change("entry", entry_name(entry), "changed", fields, path=entry.path)
    for entry in renamed.values():
        yield Change("entry", entry_name(entry), "removed", path=entry.path)


def entries_by_key(manifest: Manifest) -> dict[tuple[str, str, int], Entry]:
    """Entries by what they are known by in two versions: group, id (or name), and the how-manieth of that id."""
    keyed: dict[tuple[str, str, int], Entry] = {}
    for entry in manifest.entries:
        group, name, count = str(entry.path[0]) if entry.path else "", entry.id or entry.name or "", 0
        if not entry.path:
            name = ""  # an RDF is the same entry under any id
        while (group, name, count) in keyed:
            count += 1
        keyed[group, name, count] = entry
    return keyed


def entry_name(entry: Entry) -> str:
    """How an entry is called when it is spoken of: its id, else its name, else its place."""
    return entry.id or entry.name or f"#{entry.index + 1}"


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in new.items():
        if name not in old:
            yield str(name), "added"
        elif not same(old[name], value):
            yield str(name), "changed"
    for name in old:
        if name not in new:
            yield str(name), "removed"
