"""An entry has no type: neither its own, nor its group's, and no RDF that could say it.

Source: bioimageio.spec chooses the format by type; 84 historic entries have none.
"""

from __future__ import annotations

from collections.abc import Iterator

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.rules.rule import finding
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles

NAME = "missing-type"


def check(manifest: Manifest, files: CloneFiles) -> Iterator[Finding]:
    for entry in manifest.entries:
        if (
            not entry.problem
            and "type" not in entry.own
            and entry.group is None
            and not entry.own.get("rdf_source")
        ):
            yield finding(
                NAME,
                Severity.ERROR,
                manifest,
                (*entry.path, "type"),
                "No type",
                "Add type: model, application, dataset, notebook or generic",
                "type-missing",
            )
