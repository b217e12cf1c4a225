"""Implements `trend` without UI."""

from __future__ import annotations

from collections.abc import Callable

from partner_tui.central.trend import Trend
from partner_tui.errors import UsageError
from partner_tui.settings import Directories
from partner_tui.workspace.central.trend import TrendReader
from partner_tui.workspace.opening.opening import ManifestLocation, open_workspace


def read_trend(place: ManifestLocation, directories: Directories, tell: Callable[[int, int], None]) -> Trend:
    """Judge every version of the manifest on the default branch.

    Args:
        tell: Told how many of how many are done.

    Raises:
        UsageError: The manifest is in no repository.
        GitError: The log, or an older version, cannot be read.
    """
    if not place.in_repository:
        raise UsageError(
            f"{place.manifest_name} is not in a git repository.", "Name a clone, or a URL to clone."
        )
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
