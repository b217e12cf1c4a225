"""Two versions of a repository compared: the entries that differ, and the findings that come and go with them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from partner_tui.comparison.matching import Pair, entry_name, match_entries
from partner_tui.compliance.checker import Checker
from partner_tui.compliance.finding import Finding
from partner_tui.compliance.status import EntryCheck
from partner_tui.contributions.entry_changes import EntryChange, entry_changes
from partner_tui.contributions.finding_changes import FindingChanges, finding_changes
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.repository.commits.tree_changes import TreeChange
from partner_tui.workspace.contributions.side import Side

_NONE = FindingChanges()


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs.

    Attributes:
        entries: Each with the findings that are new, resolved, or remain.
        about_manifest: Findings of the manifest itself.
        untouched: Entries that stay as they are while a file that they name does not, by name, where their findings differ.
    """

    entries: tuple[tuple[EntryChange, FindingChanges], ...] = ()
    about_manifest: FindingChanges = _NONE
    untouched: tuple[tuple[str, FindingChanges], ...] = ()

    @property
    def brings_errors(self) -> bool:
        return (
            self.about_manifest.brings_errors
            or any(found.brings_errors for _, found in self.entries)
            or any(found.brings_errors for _, found in self.untouched)
        )


NOTHING = Compared()


def compare(
    checker: Checker,
    old: Side,
    new: Side,
    files: Mapping[str, TreeChange] | None = None,
    changes: Sequence[EntryChange] | None = None,
) -> Compared:
    """Compare two versions; where a manifest cannot be read, nothing is known of either's entries.

    Args:
        files: What differs in the trees; with it, entries whose files changed are compared, too.
        changes: What differs in the entries, where that is known.
    """
    if old.manifest is None or new.manifest is None:
        return NOTHING
    changes = entry_changes(old.manifest, new.manifest) if changes is None else changes
    affected = tuple(_affected(old, new, changes, files)) if files else ()
    pairs: list[Pair] = [*((one.before, one.after) for one in changes), *affected]
    before = findings_of(checker, old.manifest, old.files, [entry.index for entry, _ in pairs if entry])
    after = findings_of(checker, new.manifest, new.files, [entry.index for _, entry in pairs if entry])
    found = [
        finding_changes(
            before.get(one.index, ()) if one else (),
            after.get(other.index, ()) if other else (),
        )
        for one, other in pairs
    ]
    untouched = (
        (entry_name(entry), one)
        for (_, entry), one in zip(affected, found[len(changes) :], strict=True)
        if entry and (one.new or one.resolved)
    )
    return Compared(
        tuple(zip(changes, found, strict=False)),
        finding_changes(before[None], after[None]),
        tuple(untouched),
    )


def _affected(
    old: Side, new: Side, changes: Sequence[EntryChange], files: Mapping[str, TreeChange]
) -> Iterator[Pair]:
    """Entries that are as they were, and name a file that is not, or its folder."""
    assert old.manifest is not None and new.manifest is not None
    marks = {
        mark
        for path, change in files.items()
        if change.before.is_there and path not in (old.name, new.name)
        for mark in (posixpath.basename(path), posixpath.dirname(path))
        if mark
    }
    changed = {one.after.index for one in changes if one.after}
    for before, after in match_entries(old.manifest, new.manifest) if marks else ():
        if before and after and after.index not in changed:
            text = new.manifest.document.excerpt(after.path)
            if any(mark in text for mark in marks):
                yield before, after


def findings_of(
    checker: Checker, manifest: Manifest, files: CloneFiles, indices: Sequence[int]
) -> Mapping[int | None, tuple[Finding, ...]]:
    """The findings of some entries, by index; None for those of the manifest itself."""
    found: dict[int | None, tuple[Finding, ...]] = {None: checker.check_manifest(manifest, files, indices)}

    def keep(check: EntryCheck) -> None:
        found[check.index] = check.findings

    checker.check_entries(manifest, files, indices, keep)
    return found
