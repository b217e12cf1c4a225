"""Values of a config proposed centrally: a branch of the central repository, pushed to a fork when the user says so.

The rule: the branch begins at what was fetched and was shown, and no branch that exists is moved, here or on the remote.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Unpack

from partner_tui.central.partners_json import FILE
from partner_tui.comparison.changes import ABSENT
from partner_tui.errors import GitError
from partner_tui.repository.branches.branch_names import BranchTaken, check_branch_name, free_name, in_the_way
from partner_tui.repository.branches.tracking import HEADS, read_settings, read_tracking, remote_branch
from partner_tui.repository.clones.kept_clone import KeptClone
from partner_tui.repository.commits.commit_files import CommitFiles
from partner_tui.repository.git import Watch, run
from partner_tui.repository.process.git_log import GitLog
from partner_tui.repository.process.redact import redact
from partner_tui.repository.remotes.forks import add_fork
from partner_tui.repository.remotes.push import ask_about, local_branches, page_said, send
from partner_tui.repository.remotes.remote import remote_address
from partner_tui.repository.repository import Repository
from partner_tui.workspace.central.central_branch import CentralBranch
from partner_tui.workspace.central.central_clone import BRANCH, LARGEST
from partner_tui.workspace.central.config_sides import ConfigSides


def propose_config(sides: ConfigSides, keys: Collection[str]) -> CentralBranch:
    """Plan a branch that gives fields of the partner's object the values of the repository's config. Blocks.

    Raises:
        PartnerTuiError: JSON cannot hold a value.
    """
    values = {
        one.sides.key: None if one.sides.here is ABSENT else one.sides.here
        for one in sides.fields
        if one.sides.key in keys
    }
    root, partner_id = sides.clone.root, sides.partner_id
    after = sides.central.with_fields(partner_id, values)
    name, subject = f"partner-{partner_id}", f"Update the partner {partner_id}"
    branch = CentralBranch(root, name, sides.commit, subject, sides.central.text, after.text)
    if _is_made(branch):  # and was not pushed
        return branch
    return replace(branch, name=free_name(name, local_branches(root)))


def make_branch(branch: CentralBranch, log: GitLog | None = None) -> None:
    """Make it, unless it is there as it is planned.

    Raises:
        BranchTaken: Another branch is in the way.
        GitError: It is no name for a branch, or nobody is configured as author.
    """
    check_branch_name(branch.name, branch.root)
    if _is_made(branch):
        return
    if in_the_way(branch.name, known := local_branches(branch.root)) is not None:
        raise BranchTaken(branch.name, known)
    branch.make(log)


def _is_made(branch: CentralBranch) -> bool:
    ref = f"{HEADS}{branch.name}"
    try:
        commits = run(["rev-list", "--parents", "--max-count=1", ref, "--"], cwd=branch.root).split()
    except GitError:
        return False
    content = CommitFiles(branch.root, ref).read_bytes(FILE, LARGEST)
    return commits[1:] == [branch.base] and content == branch.after.encode()


def known_fork(clone: KeptClone) -> str:
    """The address of another remote that a clone has; "" where it has none."""
    return next((address for name, address in _remotes(clone.root).items() if name != clone.remote), "")


def push_branch(
    clone: KeptClone, branch: str, url: str, log: GitLog | None = None, **watch: Unpack[Watch]
) -> str | None:
    """Push a branch to a repository, which becomes a remote of the clone where it is none.

    Returns:
        The page that opens a pull request; None where it is not known.

    Raises:
        BranchTaken: The remote has a branch that is in the way.
        GitError: It is no URL of a repository, cannot be reached, or did not take it; the branch stays here.
    """
    known = (name for name, address in _remotes(clone.root).items() if url in (name, address))
    remote = next(known, "") or add_fork(clone.root, url, log)
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


def _remotes(root: Path) -> dict[str, str]:
    """The addresses of a clone's remotes, without credentials, by name."""
    names = read_tracking(read_settings(root), None).remotes
    return {name: redact(remote_address(root, name) or "") for name in names}
