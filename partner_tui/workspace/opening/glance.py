"""The state of a repository that was open before, from what is on this machine alone: for the start screen.

The rule: nothing of the repository is written, no remote or forge is reached, nobody is asked, and settings of a folder that
are not trusted are not used. Each look blocks, and ends when it is told to. The start screen is drawn before any of it: what a
look needs is imported by the look.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from partner_tui.compliance.status import Status, count_statuses
from partner_tui.errors import Cancelled, ManifestNotFound, ManifestParseError, PartnerTuiError
from partner_tui.manifest.sound import sound_manifest
from partner_tui.repository.clones.source import find_root
from partner_tui.repository.git import offline
from partner_tui.repository.repository import Repository
from partner_tui.repository.state import State
from partner_tui.settings import Directories
from partner_tui.workspace.opening.opening import (
    check_readable,
    find_manifest,
    open_checker,
    open_overlay,
    resolve_source,
    state_folder,
    trust_question,
    verdict_cache,
)
from partner_tui.workspace.steps.writing import read_file


@dataclass(frozen=True, slots=True)
class Glance:
    """What is known of a repository by now.

    Args:
        problem: Why no more is known, in one line; "" where there is no reason.
        state: Where the clone stands; None before it was looked at, and of a folder without git.
        to_review: Contributions that wait, what arrived among them.
        statuses: How many entries have each status; what has to be judged first is unchecked.
    """

    folder: Path
    problem: str = ""
    state: State | None = None
    to_review: int | None = None
    statuses: Mapping[Status, int] | None = None


def look_at_git(before: Glance, directories: Directories, github_api: str) -> Glance:
    """Where the clone stands, or why it is not looked at."""
    folder = before.folder
    if not folder.is_dir():
        return replace(before, problem="folder not found")
    if trust_question(folder, directories) is not None:
        return replace(before, problem="not trusted yet")
    if find_root(folder) is None:
        return before
    return replace(before, state=Repository.open(folder).state)


def look_at_contributions(before: Glance, directories: Directories, github_api: str) -> Glance:
    """How many wait for a review, as of the last fetch and of what the forge said last."""
    from partner_tui.forge.known import find_known
    from partner_tui.workspace.contributions.contributions import Contributions
    from partner_tui.workspace.contributions.kept_reviews import verdict_of
    from partner_tui.workspace.contributions.listed import Row, count_waiting

    folder = before.folder
    if before.state is None or before.state.commit is None:
        return before
    state = state_folder(folder, directories)
    contributions = Contributions(folder, open_checker(directories), state=state)
    forge = contributions.forge(github_api)
    said = find_known(state, forge) if forge else None
    listed = (*contributions.listed(said), *contributions.arrived())
    rows = (Row(one, verdict=verdict_of(state, one)) for one in listed if not one.is_over)
    return replace(before, to_review=count_waiting(rows))


def look_at_statuses(before: Glance, directories: Directories, github_api: str) -> Glance:
    """The sum of statuses, as far as the spec library was asked before; unknown where it was not asked of any entry."""
    from partner_tui.compliance.checker import Checker

    try:
        place = find_manifest(resolve_source(str(before.folder), directories), None, directories)
    except ManifestNotFound as error:
        return before if error.found else replace(before, problem="no manifest")
    check_readable(place)
    manifest = sound_manifest(read_file(place.folder, place.manifest_name), place.manifest_name)
    files = open_overlay(place, directories)
    with verdict_cache(directories) as cache, Checker(cache) as checker:
        counts = count_statuses(check.status for check in checker.known_checks(manifest, files))
    was_asked = any(counts[status] for status in (Status.LATEST, Status.OUTDATED, Status.INVALID))
    counts[Status.UNCHECKED] += (waiting := len(manifest.entries) - sum(counts.values()))
    return replace(before, statuses=counts) if was_asked or not waiting else before


LOOKS: tuple[Callable[[Glance, Directories, str], Glance], ...] = (
    look_at_git,
    look_at_contributions,
    look_at_statuses,
)
"""What takes longest is last."""


def take(
    look: Callable[[Glance, Directories, str], Glance],
    before: Glance,
    directories: Directories,
    github_api: str,
    cancelled: Event,
) -> Glance:
    """Take one look of `LOOKS`; what cannot be read is the glance's problem.

    Args:
        cancelled: Ends it; what is not known by then stays unknown.
    """
    if before.problem:
        return before
    try:
        with offline(cancelled):
            return look(before, directories, github_api)
    except Cancelled:
        return before
    except ManifestParseError:
        return replace(before, problem="manifest cannot be read")
    except PartnerTuiError as error:
        return replace(before, problem=error.message)
