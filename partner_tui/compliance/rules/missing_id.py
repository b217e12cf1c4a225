"""An entry has no id.

Source: the website addresses items as ``<partner id>/<entry id>``. The spec accepts it, so this is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.rules.rule import finding
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles

NAME = "missing-id"


def check(manifest: Manifest, files: CloneFiles) -> Iterator[Finding]:
    for entry in manifest.entries:
        # An id of no characters is an error, which the spec library tells.
        if not entry.problem and entry.own.get("id") is None and "if" not in entry.own:
            yield finding(
                NAME,
                Severity.WARNING,
                manifest,
                (*entry.path, "id"),
                "id is empty" if "id" in entry.own else "No id",
                "Nothing can link to this entry: add an id of a-z 0-9 _ - / .",
            )
