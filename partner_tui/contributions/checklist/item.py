"""An item of the checklist, and the entry that it is asked of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.manifest.files import CloneFiles
from partner_tui.plain import plural

State: TypeAlias = Literal["pass", "fail", "n/a", "open"]


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a review.

    Attributes:
        state: ``open`` where only a person can tell, ``n/a`` where it does not apply.
        evidence: What was looked at; "" where nothing was.
        fields: Of an entry, those that it is about: when one changes, the answer is open again.
        by_reviewer: Whether the state is the reviewer's, and not what the machine found.
    """

    section: str
    item: str
    state: State
    evidence: str
    fields: tuple[str, ...] = ()
    remark: str = ""
    by_reviewer: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What it is known by: section and words."""
        return self.section, self.item


@dataclass(frozen=True, slots=True)
class Subject:
    """An entry that is reviewed, with all its fields.

    Attributes:
        findings: Of the entry as it would be.
        base: The folder that its relative paths start from.
    """

    name: str
    type: str
    data: Mapping[str, Any]
    findings: tuple[Finding, ...]
    files: CloneFiles
    base: str = ""

    def objections(self, *fields: str) -> list[str]:
        """What the checks say against fields of the entry, errors and warnings."""
        return [
            finding.message
            for finding in self.findings
            if finding.severity is not Severity.INFO and set(fields) & set(finding.path)
        ]


Answered: TypeAlias = tuple[State, str]
"""A state, and what it was told from."""
Check: TypeAlias = Callable[[Subject], Answered]


def by_section(items: Iterable[Item]) -> dict[str, list[Item]]:
    """The items by their section, in order."""
    sections: dict[str, list[Item]] = {}
    for item in items:
        sections.setdefault(item.section, []).append(item)
    return sections


def counted(value: Any, noun: str) -> str:
    """How many a list has: ``2 authors``; of anything else the noun."""
    return plural(len(value), noun) if isinstance(value, list) else noun


def source_of(value: Any) -> str:
    """The path or URL of a file, which newer formats write as a mapping with a `source`."""
    return str(value.get("source") or "") if isinstance(value, dict) else str(value or "")
