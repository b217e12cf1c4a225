"""What takes longest of a review, as one process tells it to another: the findings, the checklist, and whether it merges.

The rule: what comes back is what was sent, values of YAML that JSON lacks too, and it is only added to a review of the same
entries.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Self

from partner_tui.comparison.changes import ABSENT
from partner_tui.comparison.three_way import Conflict
from partner_tui.compliance.finding import Finding, Severity
from partner_tui.contributions.checklist.item import Item
from partner_tui.contributions.finding_changes import FindingChanges
from partner_tui.contributions.review import Mergeability, Review
from partner_tui.contributions.summary import Summary


@dataclass(frozen=True, slots=True)
class Checked:
    """What a review has more than its outline.

    Attributes:
        entries: Of each entry of the outline, in its order, and of each that is affected.
    """

    summary: Summary
    entries: tuple[FindingChanges, ...]
    about_manifest: FindingChanges
    merges: Mergeability
    checklist: tuple[Item, ...]

    @classmethod
    def of(cls, review: Review) -> Self:
        found = tuple(changes for _, changes in review.compared)
        return cls(Summary.of(review), found, review.about_manifest, review.merges, review.checklist)

    def added_to(self, outline: Review) -> Review:
        """The whole review.

        Raises:
            ValueError: The outline is of other entries.
        """
        return outline.checked(
            self.entries, about_manifest=self.about_manifest, merges=self.merges, checklist=self.checklist
        )

    def to_json(self) -> dict[str, Any]:
        """As `from_json` reads it; values of conflicts are YAML (see `compliance.protocol`)."""
        return {
            "summary": self.summary.to_json(),
            "entries": [_changes_json(one) for one in self.entries],
            "about_manifest": _changes_json(self.about_manifest),
            "merges": [self.merges.how, self.merges.why],
            "conflicts": [_conflict_json(one) for one in self.merges.conflicts],
            "checklist": [asdict(one) for one in self.checklist],
        }

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """What `to_json` gave.

        Raises:
            LookupError, TypeError, ValueError: It is anything else.
        """
        summary = Summary.from_json(data["summary"])
        if summary is None:
            raise ValueError("no summary")
        how, why = data["merges"]
        return cls(
            summary,
            tuple(map(_changes, data["entries"])),
            _changes(data["about_manifest"]),
            Mergeability(how, why, tuple(map(_conflict, data["conflicts"]))),
            tuple(Item(**{**one, "fields": tuple(one["fields"])}) for one in data["checklist"]),
        )


def _changes_json(changes: FindingChanges) -> list[list[dict[str, Any]]]:
    return [[asdict(one) for one in found] for found in (changes.new, changes.resolved, changes.remaining)]


def _changes(data: Any) -> FindingChanges:
    new, resolved, remaining = (tuple(map(_finding, found)) for found in data)
    return FindingChanges(new, resolved, remaining)


def _finding(data: Any) -> Finding:
    return Finding(**{**data, "severity": Severity(data["severity"]), "path": tuple(data["path"])})


def _conflict_json(conflict: Conflict) -> list[Any]:
    values = (conflict.base, conflict.ours, conflict.theirs)
    told = [[] if value is ABSENT else [value] for value in values]
    return [conflict.key, list(conflict.path), conflict.label, told]


def _conflict(data: Any) -> Conflict:
    key, path, label, told = data
    base, ours, theirs = (value[0] if value else ABSENT for value in told)
    return Conflict(key, tuple(path), label, base, ours, theirs)
