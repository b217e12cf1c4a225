"""The RDF or plugin file of an entry in older versions of the repository, read where it changed and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from partner_tui.addresses.urls import names_file
from partner_tui.comparison.tracing import Seen
from partner_tui.manifest.files import CloneFiles
from partner_tui.manifest.resolve import PLUGIN, names_rdf, resolve
from partner_tui.manifest.sources import place
from partner_tui.repository.commits.commit_files import CommitFiles
from partner_tui.repository.commits.tree_changes import TreeChange


@dataclass(frozen=True, slots=True)
class Rdf:
    """A version of the file.

    Attributes:
        reference: As the entry names it.
        blob: The hash of its content; "" where it is not there, or not committed.
    """

    reference: str
    path: str
    blob: str
    fields: Mapping[str, Any]


def rdf_now(seen: Seen, files: CloneFiles) -> Rdf | None:
    """The file beside a version of the entry; None where it is in no file of the repository."""
    reference = _reference(seen)
    path = place(reference, files) if reference else None
    if reference is None or path is None:
        return None
    blob = files.blob(path) if isinstance(files, CommitFiles) else ""
    return Rdf(reference, path, blob or "", _fields(seen, files, None))


def rdf_before(newer: Rdf | None, seen: Seen, files: CommitFiles, change: TreeChange | None) -> Rdf | None:
    """The file in a parent, from what it is in the newer commit.

    Args:
        seen: The entry in the parent.
        files: Of the parent; asked where the file is another one.
        change: What the newer commit did to the file; None where it did nothing.
    """
    if newer is None or _reference(seen) != newer.reference:
        return rdf_now(seen, files)
    if change is None:
        return newer
    blob = change.before.hash if change.before.is_there else ""
    if blob == newer.blob:
        return newer
    return Rdf(newer.reference, newer.path, blob, _fields(seen, files, newer) if blob else {})


def _reference(seen: Seen) -> str | None:
    """What names the file, stripped: `rdf_source`, or a `source` that has to be one."""
    entry = seen.entry
    if entry is None or not seen.is_there or seen.manifest.is_rdf:
        return None
    reference, source = entry.own.get("rdf_source"), entry.own.get("source")
    if isinstance(reference, str) and reference.strip():
        return reference.strip()
    if reference is not None or not isinstance(source, str):
        return None
    is_one = names_file(source, PLUGIN) or (entry.group and names_rdf(entry))
    return source.strip() if is_one else None


def _fields(seen: Seen, files: CloneFiles, newer: Rdf | None) -> Mapping[str, Any]:
    """What it says; what cannot be read is as it was in the next version that can be."""
    assert seen.entry is not None
    resolved = resolve(seen.entry, seen.manifest, files)
    if resolved.missing is not None and resolved.missing.why == "unreadable" and newer is not None:
        return newer.fields
    return resolved.supplied
