"""RDFs that entries need and that lie outside the repository: listed, so that the user can agree to each download."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from partner_tui.comparison.matching import entry_name
from partner_tui.compliance.rules.rdf_in_source import rdf_of
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.resolve import resolve
from partner_tui.manifest.sources import missing
from partner_tui.upgrade.pointing import pointed


def remote_sources(
    manifest: Manifest, files: CloneFiles, entries: Collection[int] | None = None
) -> Mapping[str, tuple[str, ...]]:
    """What entries need that is remote and not downloaded yet, as they write it, with the ids of those entries.

    Nothing is downloaded; show the `sources.addresses` of each, and ask.

    Args:
        entries: Which entries, by index; None for all.
    """
    found: dict[str, tuple[str, ...]] = {}
    for entry in manifest.entries:
        if entries is None or entry.index in entries:
            needed = resolve(entry, manifest, files).missing
            if needed is None and (unread := rdf_of(entry)) is not None:
                needed = None if pointed(entry, files) else missing(unread, files)
            if needed is not None and needed.why == "remote":
                found[needed.reference] = (*found.get(needed.reference, ()), entry_name(entry))
    return found
