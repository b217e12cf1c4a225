"""`config.default_type` is not one of `config.resource_types`.

Source: the classic splash page opens the tab of this type; there is none for a type that is not listed.
"""

from __future__ import annotations

from collections.abc import Iterator

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.rules.rule import finding
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles

NAME = "default-type"


def check(manifest: Manifest, files: CloneFiles) -> Iterator[Finding]:
    chosen, types = manifest.partner.default_type, manifest.partner.resource_types
    if chosen and types and chosen not in (*types, "all"):
        yield finding(
            NAME,
            Severity.WARNING,
            manifest,
            ("config", "default_type"),
            f"default_type {chosen} is not among the resource_types",
            f"Choose one of {', '.join(types)}, or add it there",
        )
