"""Implements `history` without UI: the commits that changed one entry, or the splash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from partner_tui.comparison.tracing import Seen, see_removed, see_splash
from partner_tui.contributions.review import value_json
from partner_tui.errors import UsageError
from partner_tui.plain import visible
from partner_tui.settings import Directories
from partner_tui.workspace.entries.history import Version, history_of
from partner_tui.workspace.opening.opening import ManifestLocation, open_workspace


@dataclass(frozen=True, slots=True)
class Told:
    """A history.

    Attributes:
        is_cut: Whether older commits are not in this clone, or were not read.
    """

    id: str | None
    versions: Sequence[Version]
    is_cut: bool

    def to_json(self) -> dict[str, Any]:
        """The documented shape of ``--format json``."""
        versions = [_version_json(one) for one in self.versions]
        return {"schema": 1, "id": self.id, "complete": not self.is_cut, "versions": versions}


def history(place: ManifestLocation, id: str | None, directories: Directories) -> Told:
    """Read the history of an entry, also of one that is gone, or of the splash.

    Args:
        id: The entry's own id, or its public one; None for the splash.

    Raises:
        UsageError: There is no such entry, and never was; or the manifest is in no repository.
        GitError: The log, or an older version, cannot be read.
    """
    place.require_repository()
    workspace = open_workspace(place, directories, remember=False)
    manifest = workspace.manifest
    if id is None:
        seen = see_splash(manifest)
    else:
        named = (one for one in manifest.entries if id in (one.id, one.public_id(manifest.partner)))
        entry = next(named, None)
        seen = Seen(manifest, entry) if entry else see_removed(manifest, id)
    found = history_of(workspace, seen)
    versions = [version for group in found.versions() for version in group]
    if id is not None and not versions:
        raise UsageError(
            f"There is no entry {visible(id, 60)}, and no commit had one.",
            "partner-tui check lists the entries.",
        )
    return Told(id, versions, found.is_cut)


def _version_json(version: Version) -> dict[str, Any]:
    commit = version.commit
    rdf = version.after.rdf or version.before.rdf
    return {
        "commit": commit.hash if commit else None,
        "author": {"name": commit.author.name, "email": commit.author.email} if commit else None,
        "date": commit.date.isoformat() if commit else None,
        "subject": commit.subject if commit else None,
        "change": version.change,
        "id": version.name or None,
        "was": version.was,
        "fields": [value_json(one) for one in version.fields],
        "rdf": rdf.path if rdf and version.rdf_fields else None,
        "rdf_fields": [value_json(one) for one in version.rdf_fields],
        "why": version.problem or None,
        "unreadable_before": version.more,
    }
