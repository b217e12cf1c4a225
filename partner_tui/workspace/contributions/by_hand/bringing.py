"""Makes commits of what was sent, and of these a branch that is listed, reviewed and merged as any other.

The rule: the work tree, the index and the branch that is checked out stay as they are; nothing of it is executed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Unpack

from partner_tui.errors import GitError, SourceError
from partner_tui.plain import visible
from partner_tui.repository.branches.by_hand import branch_name, put_branch
from partner_tui.repository.commits.commit import merge_base
from partner_tui.repository.commits.commit_object import Writer
from partner_tui.repository.config import Author
from partner_tui.repository.git import Watch
from partner_tui.repository.patches.applying import apply_series
from partner_tui.repository.patches.mails import PatchSeries, read_patches
from partner_tui.repository.remotes.forks import ask_branches, choose_branch, fetch_branch
from partner_tui.repository.remotes.remote import read_remote_url
from partner_tui.repository.repository import Repository
from partner_tui.workspace.contributions.by_hand.local_file import read_file
from partner_tui.workspace.contributions.by_hand.sent import Sent

LARGEST_PATCH = 50_000_000


def trial_writer() -> Writer:
    """Who writes commits that are only to be looked at."""
    nobody = Author("unknown", "unknown")
    return Writer(nobody, f"@{int(datetime.now(UTC).timestamp())} +0000", is_trial=True)


def fork_branches(repository: Repository, sent: Sent, **watch: Unpack[Watch]) -> tuple[str, tuple[str, ...]]:
    """The branch of a fork that is meant, and all that it has; asks its server.

    Raises:
        GitError: It cannot be reached, or has no such branch.
    """
    heads = ask_branches(repository.root, sent.url, **watch)
    return choose_branch(heads, sent.branches, sent.url), tuple(sorted(heads.names))


def bring_fork(
    repository: Repository, sent: Sent, branch: str, target: str = "", **watch: Unpack[Watch]
) -> str:
    """Make a branch of a fork's; returns its name.

    Raises:
        GitError: It cannot be fetched, or has nothing that the target lacks.
    """
    commit = fetch_branch(repository.root, sent.url, branch, repository.log, **watch)
    if target and merge_base(repository.root, commit, target) == commit:
        raise GitError(
            f"{visible(branch, 100)} has no commits that your branch lacks.", "Choose another one."
        )
    remote = read_remote_url(sent.url)
    owner = (remote.slug or remote.path).rstrip("/").rpartition("/")[0].rpartition("/")[2] if remote else ""
    return put_branch(repository.root, branch_name(f"{owner}-{branch}"), commit, repository.log)


def read_series(root: Path, sent: Sent) -> PatchSeries:
    """The patches of a file.

    Raises:
        SourceError, GitError: It cannot be read, or there is none in it.
    """
    return read_patches(root, read_file(_path(sent), LARGEST_PATCH))


def commit_series(
    repository: Repository, series: PatchSeries, target: str, *, trial: bool = False, **watch: Unpack[Watch]
) -> str:
    """Make the commits of patches; see `apply_series`."""
    writer = trial_writer() if trial else None
    return apply_series(repository.root, repository.git_folder, series, target, writer, **watch)


def bring_series(
    repository: Repository, sent: Sent, series: PatchSeries, target: str, **watch: Unpack[Watch]
) -> str:
    """Make a branch of patches; returns its name."""
    commit = commit_series(repository, series, target, **watch)
    wanted = series.patches[-1].subject or _path(sent).stem
    return put_branch(repository.root, branch_name(wanted), commit, repository.log)


def _path(sent: Sent) -> Path:
    if sent.path is None:
        raise SourceError(f"{sent.shown} is not a file.", "Give the path of a file.")
    return sent.path
