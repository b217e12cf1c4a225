"""Values of a config proposed centrally: a branch of the central repository, pushed to a fork when the user says so.

The rule: no branch of the remote is moved.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Unpack

from partner_tui.comparison.changes import ABSENT
from partner_tui.repository.branches.branch_names import BranchTaken
from partner_tui.repository.branches.tracking import HEADS, read_settings, read_tracking, remote_branch
from partner_tui.repository.clones.kept_clone import KeptClone
from partner_tui.repository.clones.source import push_url
from partner_tui.repository.git import Watch
from partner_tui.repository.process.git_log import GitLog
from partner_tui.repository.process.redact import redact
from partner_tui.repository.remotes.forks import add_fork
from partner_tui.repository.remotes.push import ask_about, page_said, send
from partner_tui.repository.remotes.remote import remote_address
from partner_tui.repository.repository import Repository
from partner_tui.workspace.central.central_branch import CentralBranch, plan_branch
from partner_tui.workspace.central.central_clone import BRANCH
from partner_tui.workspace.central.config_sides import ConfigSides


def propose_config(sides: ConfigSides, keys: Collection[str]) -> CentralBranch:
    """Plan a branch that gives fields of the partner's object the values of the repository's config. Blocks.

    Raises:
        PartnerTuiError: JSON cannot hold a value.
    """
    chosen = (one.sides for one in sides.fields if one.sides.key in keys)
    values = {one.key: None if one.here is ABSENT else one.here for one in chosen}
    return plan_branch(sides.clone.root, sides.commit, sides.central, sides.partner_id, values)


def known_fork(clone: KeptClone) -> str:
    """The address of another remote that a clone has; "" where it has none."""
    return next((address for name, address in _remotes(clone.root).items() if name != clone.remote), "")


def check_fork(root: Path, url: str) -> None:
    """Raises SourceError: It is neither a remote of the clone nor a repository, see `push_url`."""
    if not _known_remote(root, url):
        push_url(url)


def push_branch(
    clone: KeptClone, branch: str, url: str, log: GitLog | None = None, **watch: Unpack[Watch]
) -> str | None:
    """Push a branch to a repository, which becomes a remote of the clone where it is none.

    Returns:
        The page that opens a pull request; None where it is not known.

    Raises:
        BranchTaken: The remote has a branch that is in the way.
        SourceError: It is no repository, see `push_url`.
        GitError: It cannot be reached, or did not take it; the branch stays here.
    """
    remote = _known_remote(clone.root, url) or add_fork(clone.root, push_url(url), log)
    target = remote_branch(read_settings(clone.root), remote, f"{HEADS}{branch}")
    if target.ref in ask_about(clone.root, target, **watch).refs:
        raise BranchTaken(branch, {branch}, f" on {remote}")
    words = send(clone.root, branch, target, log=log, **watch)
    parts = Repository.open(clone.root).parts_of(remote)
    return pull_request_page(clone, remote, branch) or (page_said(words, parts.host) if parts else None)


def pull_request_page(clone: KeptClone, remote: str, branch: str) -> str | None:
    """The page of the central repository that opens a pull request from a branch of a remote; None where it is not known."""
    repository = Repository.open(clone.root)
    central, fork = (repository.parts_of(name) if name else None for name in (clone.remote, remote))
    if central is None or fork is None:
        return None
    return central.compare_url(BRANCH, branch, None if remote == clone.remote else fork)


def _known_remote(root: Path, url: str) -> str:
    """The remote that has a URL, or that name; "" for none."""
    return next((name for name, address in _remotes(root).items() if url in (name, address)), "")


def _remotes(root: Path) -> dict[str, str]:
    """The addresses of a clone's remotes, without credentials, by name."""
    names = read_tracking(read_settings(root), None).remotes
    return {name: redact(remote_address(root, name) or "") for name in names}
