"""Differences between two versions of a manifest, by field and entry instead of by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, Literal

from partner_tui.comparison.matching import Pair, entry_name
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.text.document import Path
from partner_tui.manifest.text.values import same


class Absent(Enum):
    """The type of ABSENT."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT
"""Stands for a value that one version does not have; no value of a file equals it."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field before and after; ABSENT where it is not there."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class ManifestChange:
    """One thing that changed.

    Args:
        area: ``splash`` (a field of the config), ``entry``, or ``manifest`` (another root field).
        name: The field, or the entry's id.
        verb: ``changed``, ``added`` or ``removed``.
        fields: For an entry that changed, the names of its changed fields.
        path: Where it is in the manifest now, or was.
        was: For an entry with another id, its name before.
    """

    area: Literal["splash", "entry", "manifest"]
    name: str
    verb: str
    fields: tuple[str, ...] = ()
    path: Path = ()
    was: str = ""

    @property
    def summary(self) -> str:
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


def manifest_changes(old: Manifest, new: Manifest, entries: Sequence[Pair]) -> Iterator[ManifestChange]:
    """The changes from one version of a manifest to another, the splash first, then entries in file order.

    Args:
        entries: All of both versions, as `match_entries` pairs them.
    """
    for name, verb in _differences(old.partner.config, new.partner.config):
        yield ManifestChange("splash", name, verb, path=("config", name))
    told_apart = {"config", *old.entry_lists, *new.entry_lists}
    for name, verb in _differences(old.fields, new.fields):
        if name not in told_apart:
            yield ManifestChange("manifest", name, verb, path=(name,))
    yield from _entries(entries)


def _entries(pairs: Sequence[Pair]) -> Iterator[ManifestChange]:
    for before, after in pairs:
        if after is None:
            if before is not None:
                yield ManifestChange("entry", entry_name(before), "removed", path=before.path)
        elif before is None:
            yield ManifestChange("entry", entry_name(after), "added", path=after.path)
        elif fields := tuple(name for name, _ in _differences(before.own, after.own)):
            was = entry_name(before) if before.id != after.id else ""
            yield ManifestChange("entry", entry_name(after), "changed", fields, after.path, was)


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in new.items():
        if name not in old:
            yield str(name), "added"
        elif not same(old[name], value):
            yield str(name), "changed"
    for name in old:
        if name not in new:
            yield str(name), "removed"
