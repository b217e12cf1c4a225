"""The remote has moved on: our commits are made again on top of it, the manifest merged by path.

Nothing is forced, and nothing is moved before all of it is known to fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from partner_tui.comparison.merge import merge, read_version
from partner_tui.comparison.three_way import Conflict, Side
from partner_tui.errors import GitError, PartnerTuiError
from partner_tui.repository.commits.commit import read_commits
from partner_tui.repository.commits.line_merge import merge_lines
from partner_tui.repository.commits.rebase import content_at, three_way
from partner_tui.workspace.changes.committing import the_repository
from partner_tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from partner_tui.repository.process.credentials import Credentials
    from partner_tui.repository.repository import Repository


@dataclass(frozen=True, slots=True)
class Integration:
    """How our commits came to stand on top of the remote's.

    Args:
        arrived: Subjects of the remote's commits, newest first.
        conflicts: Fields that both sides changed and nobody decided; while there are any, nothing was done.
        left_out: Subjects of our commits of which nothing is left: the remote has the change, or its side was chosen.
        lost: Comments of the manifest, on lines of their own, that are in no line of the result.
    """

    arrived: tuple[str, ...]
    conflicts: tuple[Conflict, ...] = ()
    left_out: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


class _UnresolvedConflicts(Exception):
    """Carries conflicts out of git's replay, before anything was moved."""

    def __init__(self, conflicts: tuple[Conflict, ...]) -> None:
        super().__init__()
        self.conflicts = conflicts


def rebase_onto_upstream(
    workspace: Workspace, choices: Mapping[str, Side], credentials: Credentials | None = None
) -> Integration:
    """After a fetch: make the commits that are not pushed again on top of the remote's branch.

    Args:
        choices: For fields that both sides changed, by the conflict's key, which side stands.

    Raises:
        PartnerTuiError: The manifest has uncommitted changes.
        GitError: A file other than the manifest was changed on both sides in the same place.
    """
    repository = the_repository(workspace)
    state = repository.refresh()
    if state.arrived is None:
        raise GitError("This branch has no upstream branch.", "Push it to a new branch.")
    if state.is_gone and not state.behind:
        raise GitError(f"The branch {state.arrived} is gone.", "Push (P) to choose where your commits go.")
    upstream = state.arrived.tracking
    if workspace.manifest_name in state.dirty:
        raise PartnerTuiError("The manifest has uncommitted changes.", "Commit them first, then pull.")
    arrived = tuple(commit.subject for commit in read_commits(repository.root, f"HEAD..{upstream}", "--"))
    lost: list[str] = []
    try:
        replayed = repository.replay(
            upstream,
            lambda *place: _content(workspace, repository, choices, lost, *place),
            credentials=credentials,
        )
    except _UnresolvedConflicts as undecided:
        return Integration(arrived, undecided.conflicts)
    workspace.load()
    left_out = [read_commits(repository.root, "-1", commit, "--")[0] for commit in replayed.left_out]
    return Integration(arrived, left_out=tuple(commit.subject for commit in left_out), lost=tuple(lost))


def _content(
    workspace: Workspace,
    repository: Repository,
    choices: Mapping[str, Side],
    lost: list[str],
    commit: str,
    path: str,
    tip: str,
) -> bytes | None:
    """What a path holds in our commit when it is made again on top of `tip`."""
    if path != workspace.manifest_name:
        return three_way(repository.root, commit, path, tip)
    base, ours, theirs = (content_at(repository.root, rev, path) for rev in (f"{commit}^", commit, tip))
    if ours is None or theirs is None:
        return three_way(repository.root, commit, path, tip)
    versions = [read_version(content, path) for content in (base, ours, theirs)]
    lines = merge_lines(base or b"", ours, theirs)
    merged = merge(versions[0], versions[1], versions[2], choices, lines=lines)
    if merged.conflicts:
        raise _UnresolvedConflicts(merged.conflicts)
    if merged.content is None:
        problem = merged.problems[0]
        side = {"ours": "your commit", "theirs": "the remote", "base": "the last common commit"}
        raise GitError(
            f"{path} was changed here and on the remote, and cannot be merged.",
            f"As it is in {side[problem.version]}: {problem.message} {problem.hint}",
        )
    lost.extend(merged.lost)
    return merged.content
