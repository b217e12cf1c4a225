"""What differs between two versions of a manifest, told in the field's words and not in lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from partner_tui.comparison.matching import entry_name, match_entries
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.text.document import Document, Path
from partner_tui.manifest.text.values import same


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed.

    Args:
        area: ``splash`` (a field of the config), ``entry``, ``manifest`` (another root field) or ``file``.
        name: The field, the entry's id, or the file's path.
        verb: ``changed``, ``added`` or ``removed``.
        fields: For an entry that changed, the names of its changed fields.
        path: Where it is in the manifest now, or was; empty for a file.
        was: For an entry with another id, its name before.
    """

    area: str
    name: str
    verb: str
    fields: tuple[str, ...] = ()
    path: Path = ()
    was: str = ""

    @property
    def words(self) -> str:
        """``splash_title changed``, ``entry livecell edited (license, cite)``, ``entry Cells renamed to cells``."""
        match self.area:
            case "entry" if self.was:
                others = [name for name in self.fields if name != "id"]
                return f"entry {self.was} renamed to {self.name}" + (
                    f" ({', '.join(others)})" if others else ""
                )
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
    for before, after in match_entries(old, new):
        if after is None:
            if before is not None:
                yield Change("entry", entry_name(before), "removed", path=before.path)
        elif before is None:
            yield Change("entry", entry_name(after), "added", path=after.path)
        elif fields := tuple(name for name, _ in _differences(before.own, after.own)):
            was = entry_name(before) if before.id != after.id else ""
            yield Change("entry", entry_name(after), "changed", fields, after.path, was)


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in new.items():
        if name not in old:
            yield str(name), "added"
        elif not same(old[name], value):
            yield str(name), "changed"
    for name in old:
        if name not in new:
            yield str(name), "removed"
