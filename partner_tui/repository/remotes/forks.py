"""The branch of another repository, fetched by its URL: no remote is added, no tag comes with it.

The rule: what is fetched goes to a ref of our own first; a branch of the clone is never moved by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Unpack

from partner_tui.errors import GitError
from partner_tui.repository.branches.branch_names import check_branch_name
from partner_tui.repository.branches.tracking import HEADS
from partner_tui.repository.commits.commit import resolve
from partner_tui.repository.git import Watch, run
from partner_tui.repository.process.git_log import GitLog
from partner_tui.repository.process.redact import redact
from partner_tui.repository.remotes.fetching import fetch_arguments
from partner_tui.repository.remotes.remote_heads import RemoteHeads, ask_remote

_OURS = "refs/partner-tui/fork"


def ask_branches(root: Path, url: str, **watch: Unpack[Watch]) -> RemoteHeads:
    """The branches of another repository, and its default one.

    Raises:
        GitError: It cannot be reached, or lets nobody in.
    """
    return ask_remote(root, url, [f"{HEADS}*"], **watch)


def choose_branch(heads: RemoteHeads, wanted: Sequence[str], url: str) -> str:
    """The first of some names that is there; the default branch where none is wanted.

    Raises:
        GitError: None is there.
    """
    if found := next((name for name in wanted if name in heads.names), None):
        return found
    if not wanted and heads.default in heads.names:
        return str(heads.default)
    if not heads.names:
        raise GitError(f"{redact(url)} has no branches.", "Check the URL.")
    asked = f"no branch {wanted[0]}" if wanted else "no default branch"
    raise GitError(f"{redact(url)} has {asked}.", f"It has: {', '.join(sorted(heads.names)[:10])}.")


def fetch_branch(root: Path, url: str, branch: str, log: GitLog | None = None, **watch: Unpack[Watch]) -> str:
    """Fetch a branch of another repository.

    Returns:
        The hash of its newest commit, to which nothing refers yet.

    Raises:
        Cancelled: Nothing was kept.
        GitError: It cannot be reached, or has no such branch.
    """
    check_branch_name(branch, root)
    options = ("--no-tags", "--no-write-fetch-head")
    command = fetch_arguments(url, [f"+{HEADS}{branch}:{_OURS}"], options=options)
    run(command, cwd=root, log=log, **watch)
    commit = resolve(root, _OURS)
    run(["update-ref", "-d", _OURS], cwd=root)
    return commit
