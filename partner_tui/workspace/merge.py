"""Put our edits on top of somebody else's manifest, field by field, losing neither side.

Two maintainers who edit two fields of one entry do not conflict here, although they do for git. A field that both
changed, to different values, is a conflict for a person to decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from merge3 import Merge3

from partner_tui.comparison.changes import ABSENT
from partner_tui.comparison.matching import entries_by_key, entry_name
from partner_tui.errors import PartnerTuiError
from partner_tui.manifest.dialects import read_manifest
from partner_tui.manifest.editing.edits import Add, Append, Edit, Remove, Replace
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.entry import Entry, Manifest
from partner_tui.manifest.text.document import Document, Path
from partner_tui.manifest.text.values import same

Side = Literal["ours", "theirs"]
CONFIG: Path = ("config",)
Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both sides changed, to different values.

    Args:
        key: Names the field in `choices`.
        label: ``splash_title``, or ``livecell: license``.
        base, ours, theirs: The values; ABSENT where a side does not have the field.
    """

    key: str
    label: str
    base: Any
    ours: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """Either the merged document, or the conflicts that are still to be decided."""

    document: Document | None
    conflicts: tuple[Conflict, ...] = ()


def merge(
    base: Document, ours: Document, theirs: Document, choices: Mapping[str, Side] | None = None
) -> Merged:
    """Merge two descendants of one manifest.

    Args:
        choices: For conflicts decided before, by their key, which side stands.

    Raises:
        PatchError: Our edits do not fit their document.
    """
    merging = _Merging(dict(choices or {}))
    versions = tuple(read_manifest(document) for document in (base, ours, theirs))
    merging.root(*versions)
    merging.entries(*versions)
    if merging.conflicts:
        return Merged(None, tuple(merging.conflicts))
    # Removals last and from the end, so that no edit shifts the place of another.
    removals = sorted(merging.removals, key=_place, reverse=True)
    meant = apply(theirs, [*merging.edits, *removals])
    return Merged(_by_lines(base, ours, theirs, meant) or meant)


@dataclass
class _Merging:
    """What a merge has come to so far: edits for their document, and conflicts."""

    choices: dict[str, Side]
    edits: list[Edit] = field(default_factory=list)
    removals: list[Remove] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    added_lists: set[Path] = field(default_factory=set)

    def ours_stands(self, key: str, label: str, base: Any, ours: Any, theirs: Any) -> bool:
        """Whether our value is to be written; a conflict that is not decided yet is noted."""
        if same(base, ours) or same(ours, theirs):
            return False
        if same(base, theirs):
            return True
        side = self.choices.get(key)
        if side is None:
            self.conflicts.append(Conflict(key, label, base, ours, theirs))
        return side == "ours"

    def fields(self, path: Path, key: str, label: str, base: Fields, ours: Fields, theirs: Fields) -> None:
        """Merge two mappings one field at a time; `path` is where theirs stands."""
        for name in dict.fromkeys((*ours, *base)):
            values = [side.get(name, ABSENT) for side in (base, ours, theirs)]
            if not self.ours_stands(f"{key}{name}", f"{label}{name}", *values):
                continue
            if values[1] is ABSENT:
                self.removals.append(Remove((*path, name)))
            elif name in theirs:
                self.edits.append(Replace((*path, name), values[1]))
            else:
                self.edits.append(Add((*path, name), values[1]))

    def root(self, base: Manifest, ours: Manifest, theirs: Manifest) -> None:
        """Merge the fields of the root, but for the lists of entries."""
        versions = (base, ours, theirs)
        apart = {name for version in versions for name in version.entry_lists}
        by_field = all(isinstance(version.fields.get("config", {}), dict | None) for version in versions)
        if by_field:
            apart.add("config")
            self._config(*versions)
        whole = [
            {name: value for name, value in version.fields.items() if name not in apart}
            for version in versions
        ]
        self.fields((), "", "", *whole)

    def _config(self, base: Manifest, ours: Manifest, theirs: Manifest) -> None:
        """Merge the config, which is a mapping, null or not there."""
        before = len(self.edits)
        self.fields(CONFIG, "config.", "", *(version.partner.config for version in (base, ours, theirs)))
        if "config" not in theirs.fields and (added := self.edits[before:]):
            made = {edit.path[-1]: edit.value for edit in added if isinstance(edit, Add)}
            self.edits[before:] = [Add(CONFIG, made)]

    def entries(self, base: Manifest, ours: Manifest, theirs: Manifest) -> None:
        """Merge the entries, which are the same entry when group and id are."""
        before, mine, other = (entries_by_key(version) for version in (base, ours, theirs))
        for known_by in dict.fromkeys((*mine, *before)):
            entry = mine.get(known_by) or before[known_by]
            label, key = entry_name(entry), "entry." + ".".join(map(str, known_by))
            if known_by in before and known_by in mine and known_by in other:
                versions = (side[known_by].own for side in (before, mine, other))
                self.fields(other[known_by].path, f"{key}.", f"{label}: ", *versions)
                continue
            values = [
                dict(side[known_by].own) if known_by in side else ABSENT for side in (before, mine, other)
            ]
            if self.ours_stands(key, label, *values):
                self._whole_entry(entry.path[:-1], values[1], other.get(known_by), theirs)

    def _whole_entry(self, group: Path, value: Any, standing: Entry | None, theirs: Manifest) -> None:
        if value is ABSENT:
            if standing is not None:
                self.removals.append(Remove(standing.path))
        elif standing is not None:
            self.edits.append(Replace(standing.path, value))
        elif theirs.document.node(group) is not None or group in self.added_lists:
            self.edits.append(Append(group, value))
        else:
            self.edits.append(Add(group, [value]))
            self.added_lists.add(group)


def _by_lines(base: Document, ours: Document, theirs: Document, meant: Document) -> Document | None:
    """The line merge, where it is clean and holds the very data that was meant: it keeps our comments too."""
    lines = [document.text.splitlines(keepends=True) for document in (base, ours, theirs)]
    merger = Merge3(lines[0], lines[1], lines[2])
    if any(group[0] == "conflict" for group in merger.merge_groups()):
        return None
    try:
        document = Document.parse("".join(merger.merge_lines()), theirs.name)
    except PartnerTuiError:
        return None
    return document if same(document.data, meant.data) else None


def _place(edit: Remove) -> list[str]:
    """Sorts paths of keys and indices in file order within a list."""
    return [f"{part:09}" if isinstance(part, int) else str(part) for part in edit.path]
