"""An entry's id is a list or a mapping.

Source: the website addresses items as ``<partner id>/<entry id>``. The spec library says it too, but sees no entry whose rest
is elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.rules.rule import finding
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles

NAME = "id-not-text"


def check(manifest: Manifest, files: CloneFiles) -> Iterator[Finding]:
    for entry in manifest.entries:
        if entry.id is None and entry.own.get("id") not in (None, ""):
            yield finding(
                NAME,
                Severity.ERROR,
                manifest,
                (*entry.path, "id"),
                "id is not text",
                "Nothing can link to this entry: write the id as text of a-z 0-9 _ - / .",
            )
