"""An entry is a text, null or a list instead of a mapping.

Source: the central CI reads ``id`` and ``type`` of each entry and fails on such ones.
"""

from __future__ import annotations

from collections.abc import Iterator

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.rules.rule import finding
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles

NAME = "malformed-entries"


def check(manifest: Manifest, files: CloneFiles) -> Iterator[Finding]:
    for entry in manifest.entries:
        if entry.problem:
            yield finding(
                NAME,
                Severity.ERROR,
                manifest,
                entry.path,
                entry.problem,
                "Write its fields below the dash, or remove it",
            )
