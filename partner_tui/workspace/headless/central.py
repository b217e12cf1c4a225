"""Implements `compile`, `trend` and `ci` without UI: what the central repository makes of a manifest, by its rules, over its history, and in CI."""

from __future__ import annotations

from collections.abc import Callable

from partner_tui.central.compile import compile_manifest, unreadable
from partner_tui.central.compiled import Compiled, Rules
from partner_tui.central.trend import Trend
from partner_tui.errors import GitError, ManifestParseError
from partner_tui.manifest.sound import partner_manifest
from partner_tui.settings import Directories
from partner_tui.workspace.central.trend import TrendReader
from partner_tui.workspace.central.workflows import PlannedWorkflows, plan
from partner_tui.workspace.opening.opening import (
    ManifestLocation,
    check_readable,
    open_overlay,
    open_workspace,
)


def compile_place(
    place: ManifestLocation, rules: Rules, directories: Directories
) -> tuple[Compiled, ManifestParseError | None]:
    """Compile the manifest of a place; of one that cannot be read, why that is, too.

    What was downloaded for it in the app is used; nothing is downloaded.

    Raises:
        SourceError: It cannot be read at all.
        UsageError: It is the RDF of one resource.
    """
    data = check_readable(place).read_bytes()
    try:
        document = partner_manifest(data, place.manifest_name).document
    except ManifestParseError as error:
        return unreadable(error, rules), error
    files = open_overlay(place, directories)
    return compile_manifest(document, files, rules, _default_branch(place)), None


def _default_branch(place: ManifestLocation) -> str | None:
    if not place.in_repository:
        return None
    from partner_tui.repository.repository import Repository

    try:
        return Repository.open(place.folder).default_branch()
    except GitError:
        return None


def write_workflows(
    place: ManifestLocation, shards: int, directories: Directories, *, dry_run: bool
) -> PlannedWorkflows:
    """Plan the workflows and, unless it is a dry run, write them. Raises as `plan` and `PlannedWorkflows.write`."""
    workspace = open_workspace(place, directories)
    if place.in_repository:
        workspace.open_repository()
    planned = plan(workspace, shards)
    if planned.diff and not dry_run:
        planned.write(workspace)
    return planned


def read_trend(place: ManifestLocation, directories: Directories, tell: Callable[[int, int], None]) -> Trend:
    """Judge every version of the manifest on the default branch.

    Raises:
        UsageError: The manifest is in no repository.
        GitError: The log, or an older version, cannot be read.
    """
    place.require_repository()
    workspace = open_workspace(place, directories, remember=False, even_broken=True)
    try:
        workspace.open_repository()
        assert workspace.repository is not None
        reader = TrendReader(workspace, workspace.repository)
        points = []
        for point in reader.points():
            points.append(point)
            tell(len(points), reader.count)
        return reader.trend(points)
    finally:
        workspace.close()
