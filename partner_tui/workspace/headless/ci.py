"""Implements `ci` without UI: writes the workflows that check and review a repository."""

from __future__ import annotations

from partner_tui.settings import Directories
from partner_tui.workspace.central.workflows import PlannedWorkflows, plan
from partner_tui.workspace.opening.opening import ManifestLocation, open_workspace


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
