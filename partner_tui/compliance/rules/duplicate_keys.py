"""A key is written twice in one mapping.

Source: YAML 1.2 forbids it, and PyYAML, which the central CI reads manifests with, keeps the last one without a word.
Whole groups, citations and processing steps were lost that way in 21 of 403 historic manifests.
"""

from __future__ import annotations

from collections.abc import Iterator

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.rules.rule import finding
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles

NAME = "duplicate-keys"


def check(manifest: Manifest, files: CloneFiles) -> Iterator[Finding]:
    for twice in manifest.document.duplicates:
        yield finding(
            NAME,
            Severity.ERROR,
            manifest,
            (*twice.path, twice.key),
            f"{twice.key} is a duplicate key (first in line {twice.first.line})",
            "The spec library rejects the file, other parsers silently keep the last: merge them or remove one",
            position=twice.again,
        )
