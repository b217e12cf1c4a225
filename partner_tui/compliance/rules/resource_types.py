"""`config.resource_types` is missing or empty.

Source: the classic splash page builds its tabs from it and fails without.
"""

from __future__ import annotations

from collections.abc import Iterator

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.rules.rule import finding
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles

NAME = "resource-types"


def check(manifest: Manifest, files: CloneFiles) -> Iterator[Finding]:
    if manifest.partner.config and not manifest.partner.resource_types:
        yield finding(
            NAME,
            Severity.ERROR,
            manifest,
            ("config", "resource_types"),
            "No resource_types: the partner's page fails without them",
            "List what is shown: application, model, notebook, dataset",
        )
