"""An entry says ``if:`` where it means ``id:``.

Source: two historic manifests; the key is accepted silently by the generic format, and the entry then has no id.
"""

from __future__ import annotations

from collections.abc import Iterator

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.rules.rule import finding
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles

NAME = "if-for-id"


def check(manifest: Manifest, files: CloneFiles) -> Iterator[Finding]:
    for entry in manifest.entries:
        if "if" in entry.own and "id" not in entry.own:
            yield finding(
                NAME,
                Severity.ERROR,
                manifest,
                (*entry.path, "if"),
                "`if` looks like a typo for `id`",
                "Rename it to id",
            )
