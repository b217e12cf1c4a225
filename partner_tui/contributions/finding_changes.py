"""The findings that a contribution brings, resolves, and leaves as they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from partner_tui.compliance.finding import Finding, Severity

_LINE = re.compile(r"\bline \d+")
"""In a message: another place of the same finding, which moves with what is above it."""


@dataclass(frozen=True, slots=True)
class FindingChanges:
    """Findings before and after, told apart by what they say and not by the line they are in."""

    new: tuple[Finding, ...] = ()
    resolved: tuple[Finding, ...] = ()
    remaining: tuple[Finding, ...] = ()

    @property
    def brings_errors(self) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self.new)


def finding_changes(before: Iterable[Finding], after: Iterable[Finding]) -> FindingChanges:
    """Compare the findings of one entry, or of the manifest, in two versions."""
    known = Counter(map(_key, before_list := list(before)))
    new, remaining = [], []
    for finding in after:
        key = _key(finding)
        if known[key]:
            known[key] -= 1
            remaining.append(finding)
        else:
            new.append(finding)
    resolved = []
    for finding in reversed(before_list):
        key = _key(finding)
        if known[key]:
            known[key] -= 1
            resolved.append(finding)
    return FindingChanges(tuple(new), tuple(reversed(resolved)), tuple(remaining))


def _key(finding: Finding) -> Hashable:
    return finding.rule, finding.severity, _LINE.sub("line", finding.message)
