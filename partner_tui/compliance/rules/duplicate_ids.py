"""Several entries have the same id.

Source: the public id ``<partner id>/<entry id>`` names one item on the website; of several, one is shown. Six historic
manifests have such entries. Ids that look the same are, to whoever reads or types them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from partner_tui.compliance.finding import Finding, Severity
from partner_tui.compliance.rules.rule import finding
from partner_tui.manifest.entry import Entry, Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.stored_files import composed

NAME = "duplicate-ids"


def check(manifest: Manifest, files: CloneFiles) -> Iterator[Finding]:
    by_id: dict[str, list[Entry]] = defaultdict(list)
    for entry in manifest.entries:
        if entry.id:
            by_id[composed(entry.public_id(manifest.partner))].append(entry)
    doubled = {entry.index: same for same in by_id.values() if len(same) > 1 for entry in same}
    for entry in manifest.entries if doubled else ():
        if same := doubled.get(entry.index):
            lines = " and ".join(str(other.line) for other in same if other is not entry)
            yield finding(
                NAME,
                Severity.ERROR,
                manifest,
                (*entry.path, "id"),
                f"The id {entry.id} is a duplicate (also in line {lines})",
                "Only one of them can be shown: rename or remove the others",
            )
