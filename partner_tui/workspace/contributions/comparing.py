"""Two versions of a repository compared: the entries that differ, and the findings that come and go with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from partner_tui.compliance.checker import Checker
from partner_tui.compliance.finding import Finding
from partner_tui.compliance.status import EntryCheck
from partner_tui.contributions.entry_changes import EntryChange, entry_changes
from partner_tui.contributions.finding_changes import FindingChanges, finding_changes
from partner_tui.workspace.contributions.side import Side

_NONE = FindingChanges()


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs.

    Attributes:
        entries: Each with the findings that are new, resolved, or remain.
        about_manifest: Findings of the manifest itself.
    """

    entries: tuple[tuple[EntryChange, FindingChanges], ...] = ()
    about_manifest: FindingChanges = _NONE

    @property
    def brings_errors(self) -> bool:
        return self.about_manifest.brings_errors or any(found.brings_errors for _, found in self.entries)


NOTHING = Compared()


def compare(checker: Checker, old: Side, new: Side) -> Compared:
    """Compare two versions; where a manifest cannot be read, nothing is known of either's entries."""
    if old.manifest is None or new.manifest is None:
        return NOTHING
    changes = entry_changes(old.manifest, new.manifest)
    before = _findings(checker, old, [one.before.index for one in changes if one.before])
    after = _findings(checker, new, [one.after.index for one in changes if one.after])
    entries = tuple(
        (
            one,
            finding_changes(
                before.get(one.before.index, ()) if one.before else (),
                after.get(one.after.index, ()) if one.after else (),
            ),
        )
        for one in changes
    )
    return Compared(entries, finding_changes(before[None], after[None]))


def _findings(
    checker: Checker, side: Side, indices: Sequence[int]
) -> Mapping[int | None, tuple[Finding, ...]]:
    """The findings of some entries, by index; None for those of the manifest itself."""
    assert side.manifest is not None
    found: dict[int | None, tuple[Finding, ...]] = {None: checker.check_manifest(side.manifest, side.files)}

    def keep(check: EntryCheck) -> None:
        found[check.index] = check.findings

    checker.check_entries(side.manifest, side.files, indices, keep)
    return found
