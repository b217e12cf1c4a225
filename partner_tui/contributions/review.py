"""A review: all that can be told of a contribution before a person looks at it, as a value and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Self, TypeAlias

from partner_tui.comparison.changes import ABSENT
from partner_tui.comparison.three_way import Conflict
from partner_tui.compliance.finding import Severity
from partner_tui.contributions.checklist.item import Item
from partner_tui.contributions.contribution import Contribution
from partner_tui.contributions.entry_changes import EntryChange, ValueChange
from partner_tui.contributions.files import FileChange, care
from partner_tui.contributions.finding_changes import FindingChanges
from partner_tui.plain import json_value, plural, visible

Merges: TypeAlias = Literal["git", "entries", "decision", "no"]
_MOST_REMOVED = 0.5
"""A contribution that removes more of the entries than this is told so."""


@dataclass(frozen=True, slots=True)
class Mergeability:
    """Whether a contribution merges: by git alone, by entry, after a decision, or not; `why` is one line without a full stop.

    A file of which one side has to be chosen is a conflict without a path and values.
    """

    how: Merges
    why: str | None = None
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """What a contribution is and does.

    Attributes:
        base: The commit that it is compared with, as a full hash.
        entries: Each with the findings it brings and resolves.
        affected: Those that stay as they are in the manifest, while a file that they name does not, or its folder.
        unreadable: Why the manifest of a side could not be read; its entries are not known then.
        doubt: What is not certain of its beginning, in a sentence; "" where nothing is.
        manifests: Names that the manifest has in either version.
        entry_count: How many entries there were before.
        is_checked: Whether findings, the checklist and whether it merges are known; else they say nothing yet.
    """

    contribution: Contribution
    base: str
    entries: tuple[tuple[EntryChange, FindingChanges], ...]
    config: tuple[ValueChange, ...]
    about_manifest: FindingChanges
    files: tuple[FileChange, ...]
    merges: Mergeability
    checklist: tuple[Item, ...]
    manifests: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    doubt: str = ""
    entry_count: int = 0
    is_checked: bool = True
    affected: tuple[tuple[EntryChange, FindingChanges], ...] = ()

    @property
    def compared(self) -> tuple[tuple[EntryChange, FindingChanges], ...]:
        """The entries that differ, then those affected: all whose findings are asked for, as `checked` takes them."""
        return (*self.entries, *self.affected)

    @property
    def touched(self) -> tuple[tuple[EntryChange, FindingChanges], ...]:
        """The entries that something comes of for, as far as it is known."""
        return (*self.entries, *(one for one in self.affected if is_touched(*one)))

    def checked(self, found: Sequence[FindingChanges], **known: Any) -> Self:
        """With the findings of its entries and those affected, and what else was not known before.

        Raises:
            ValueError: They are of other entries.
        """
        both = [change for change, _ in self.compared]
        pairs, count = tuple(zip(both, found, strict=True)), len(self.entries)
        return replace(self, entries=pairs[:count], affected=pairs[count:], is_checked=True, **known)

    @property
    def entry_counts(self) -> tuple[int, int, int]:
        """How many entries are added, changed or renamed, and removed."""
        kinds = [change.change for change, _ in self.touched]
        return kinds.count("added"), kinds.count("changed") + kinds.count("renamed"), kinds.count("removed")

    @property
    def counts(self) -> str:
        """``+2 ~1 -0``"""
        return "+{} ~{} -{}".format(*self.entry_counts)

    @property
    def found(self) -> tuple[tuple[str, FindingChanges], ...]:
        """The findings of the manifest itself, then of each entry, by its name."""
        return (("manifest", self.about_manifest), *((one.name, found) for one, found in self.touched))

    @property
    def fails(self) -> bool:
        """Whether it brings an error or does not merge."""
        brings = any(found.brings_errors for _, found in self.found)
        return brings or bool(self.unreadable) or self.merges.how in ("decision", "no")

    def cautions(self) -> Iterator[str]:
        """What needs care, in one line each, the gravest first."""
        yield from filter(None, (self.doubt, *self.unreadable))
        kinds = [change.change for change, _ in self.entries]
        if self.entry_count and kinds.count("removed") > _MOST_REMOVED * self.entry_count:
            yield f"It removes {kinds.count('removed')} of {self.entry_count} entries."
        by_care: dict[str, list[str]] = {}
        for file in self.files:
            if (kind := care(file, self.manifests)) is not None:
                by_care.setdefault(kind, []).append(file.path)
        for kind in sorted(by_care, key=_CARE_ORDER.index):
            paths = by_care[kind]
            more = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
            yield f"{_CARE_WORDS[kind]}: {', '.join(visible(path, 80) for path in paths[:3])}{more}."
        if renamed := kinds.count("renamed"):
            yield f"It renames {plural(renamed, 'id')}: links to them break."
        if self.config:
            yield f"It changes config: {', '.join(dict.fromkeys(str(one.path[0]) for one in self.config))}."

    def _against_manifest(self) -> Iterator[str]:
        """What makes it fail that is no entry's, in one line without a full stop."""
        yield from (one.rstrip(".") for one in self.unreadable)
        yield from (one.message for one in self.about_manifest.new if one.severity is Severity.ERROR)

    # As JSON

    def to_json(self) -> dict[str, Any]:
        """The shape that ``partner-tui review --format json`` documents."""
        return {
            "schema": 1,
            "head": self.contribution.head,
            "base": self.base,
            "state": str(self.contribution.state),
            "entries": [_entry_json(change, found) for change, found in self.touched],
            "config": [value_json(one) for one in self.config],
            "files": [
                {"path": one.path, "change": one.change, "care": care(one, self.manifests)}
                for one in self.files
            ],
            "merges": self.merges.how,
            "conflicts": [
                {
                    "key": one.key,
                    "path": list(one.path),
                    "base": _plain(one.base),
                    "ours": _plain(one.ours),
                    "theirs": _plain(one.theirs),
                }
                for one in self.merges.conflicts
            ],
            "why": self.merges.why or next(self._against_manifest(), None),
            "checklist": [
                {"section": one.section, "item": one.item, "state": one.state, "evidence": one.evidence}
                for one in self.checklist
            ],
        }


def is_touched(change: EntryChange, found: FindingChanges) -> bool:
    """Whether an entry differs: in its fields, those of its RDF, or in its findings, as where a file of it is gone."""
    return change.change != "changed" or bool(change.fields or found.new or found.resolved)


_CARE_WORDS = {
    "manifest": "It removes or renames the manifest",
    "submodule": "It adds or changes a submodule",
    "workflow": "It changes what CI runs",
    "hook": "It changes what git or an editor may run",
    "link": "It changes links",
    "executable": "It changes executable files",
    "script": "It changes scripts",
    "binary": "It changes binary files",
}
_CARE_ORDER = list(_CARE_WORDS)


def _entry_json(change: EntryChange, found: FindingChanges) -> dict[str, Any]:
    return {
        "id": change.name,
        "was": change.was,
        "change": change.change,
        "fields": [value_json(one) for one in change.fields],
        "new": [finding.to_json() for finding in found.new],
        "resolved": [finding.to_json() for finding in found.resolved],
    }


def value_json(change: ValueChange) -> dict[str, Any]:
    """A value before and after; null for one that is not there."""
    path = [step if isinstance(step, str | int) else str(step) for step in change.path]
    return {"path": path, "before": _plain(change.before), "after": _plain(change.after)}


def _plain(value: Any) -> Any:
    return None if value is ABSENT else json_value(value)
