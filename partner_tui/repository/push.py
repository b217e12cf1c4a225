"""Branches and pushes. A push never forces, and names both ends, so that no configuration can send more."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from partner_tui.errors import GitError
from partner_tui.repository.credentials import Credentials
from partner_tui.repository.git import Progress, run
from partner_tui.repository.git_log import GitLog


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did.

    Args:
        branch: The remote's branch.
        commit: Its full hash now.
        new: Whether the push made the branch.
        compare_url: Where a pull request is opened from it; None for the default branch or an unknown forge.
    """

    branch: str
    commit: str
    new: bool
    compare_url: str | None


def push_arguments(remote: str, commit: str, branch: str, *, set_upstream: bool = False) -> list[str]:
    """``git push`` of one commit to one branch."""
    return [
        "push",
        "--progress",
        "--no-verify",
        "--no-follow-tags",
        "--no-recurse-submodules",
        *(["--set-upstream"] if set_upstream else []),
        "--end-of-options",
        remote,
        f"{commit}:refs/heads/{branch}",
    ]


def fetch_arguments(remote: str) -> list[str]:
    """``git fetch`` of the remote's configured branches."""
    return [
        "fetch",
        "--progress",
        "--no-auto-maintenance",
        "--no-recurse-submodules",
        "--end-of-options",
        remote,
    ]


def check_branch_name(name: str, cwd: Path) -> str:
    """The name, if git accepts it for a branch.

    Raises:
        GitError: It does not, or it looks like an option.
    """
    hint = "Use letters, digits, - and /, for example partner-tui/update-splash."
    if not name or name.startswith("-") or name in ("HEAD", "@"):
        raise GitError(f"{name or 'An empty name'} is no name for a branch.", hint)
    try:
        run(["check-ref-format", f"refs/heads/{name}"], cwd=cwd)
    except GitError as error:
        raise GitError(f"{name} is no name for a branch.", hint) from error
    return name


def push_branch(
    root: Path,
    remote: str,
    local: str,
    branch: str,
    *,
    set_upstream: bool,
    progress: Callable[[Progress], None] | None,
    cancelled: threading.Event | None,
    credentials: Credentials | None,
    log: GitLog | None,
) -> None:
    """Push a local branch.

    Raises:
        PushRejected: The remote has commits that the branch lacks.
        BranchProtected: Push to a new branch instead.
        GitError: See ``failures``.
        Cancelled: It was stopped; the remote may have taken it already, which a fetch shows.
    """
    run(
        push_arguments(remote, f"refs/heads/{local}", branch, set_upstream=set_upstream),
        cwd=root,
        progress=progress,
        cancelled=cancelled,
        credentials=credentials,
        log=log,
    )
