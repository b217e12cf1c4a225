"""Branches and pushes. A push never forces, and names both ends, so that no configuration can make it send more."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from partner_tui.errors import Cancelled, GitError
from partner_tui.repository.config import read_config
from partner_tui.repository.git import Watch, run
from partner_tui.repository.git_log import GitLog


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did.

    Args:
        branch: The remote's branch.
        commit: Its full hash now.
        new: Whether the push made the branch, as far as the last fetch knows.
        compare_url: Where a pull request is opened from it; None for the default branch or an unknown forge.
    """

    branch: str
    commit: str
    new: bool
    compare_url: str | None


def push_arguments(remote: str, local: str, branch: str, *, set_upstream: bool = False) -> list[str]:
    """``git push`` of one local branch to one branch of the remote."""
    return [
        "push",
        "--progress",
        "--no-verify",
        "--no-follow-tags",
        "--no-recurse-submodules",
        *(["--set-upstream"] if set_upstream else []),
        "--end-of-options",
        remote,
        f"refs/heads/{local}:refs/heads/{branch}",
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


def check_branch_name(name: str, root: Path) -> str:
    """The name, if git accepts it for a branch. Raises GitError."""
    hint = "Use letters, digits, - and /, for example partner-tui/update-splash."
    if not name or name.startswith("-") or name in ("HEAD", "@"):
        raise GitError(f"{name or 'An empty name'} is no name for a branch.", hint)
    try:
        run(["check-ref-format", f"refs/heads/{name}"], cwd=root)
    except GitError as error:
        raise GitError(f"{name} is no name for a branch.", hint) from error
    return name


def ref_exists(root: Path, ref: str) -> bool:
    """Whether a full ref name, such as ``refs/heads/main``, is there."""
    try:
        run(["show-ref", "--verify", "--quiet", "--", ref], cwd=root)
    except GitError as error:
        if error.code == 1:
            return False
        raise
    return True


def branch_names(root: Path, remote: str) -> frozenset[str]:
    """The remote's branches as of the last fetch."""
    start = f"refs/remotes/{remote}/"
    names = run(["for-each-ref", "--format=%(refname)", start], cwd=root).splitlines()
    return frozenset(name.removeprefix(start) for name in names)


def start_branch(root: Path, name: str, log: GitLog | None = None) -> None:
    """Make a branch at HEAD and switch to it; the work tree and what is staged stay."""
    check_branch_name(name, root)
    run(["switch", "--quiet", "--no-guess", "--create", name], cwd=root, log=log)


def push_branch(root: Path, remote: str, local: str, *, log: GitLog | None, **watch: Unpack[Watch]) -> str:
    """Push a local branch to the branch it follows, or to one of its own name that it follows from then on.

    Returns:
        The remote's branch.

    Raises:
        PushRejected: The remote has commits that the branch lacks.
        BranchProtected: Push to a new branch instead.
        GitError: See ``failures``.
        Cancelled: It was stopped; the remote may have taken it already, which a fetch shows.
    """
    followed = read_config(root, f"branch.{local}.merge")
    target = (followed or local).removeprefix("refs/heads/")
    _push(push_arguments(remote, local, target, set_upstream=followed is None), root, log, watch)
    return target


def push_new_branch(
    root: Path, remote: str, local: str, name: str, *, log: GitLog | None, **watch: Unpack[Watch]
) -> str:
    """Push a local branch to a new one; it is made and switched to here after the remote has taken it.

    Raises:
        GitError: The name is taken or no name for a branch; else as ``push_branch``.
    """
    check_branch_name(name, root)
    if ref_exists(root, f"refs/remotes/{remote}/{name}") or ref_exists(root, f"refs/heads/{name}"):
        raise GitError(f"There is a branch {name} already.", "Choose another name.")
    _push(push_arguments(remote, local, name), root, log, watch)
    run(["branch", "--no-track", "--", name, f"refs/heads/{local}"], cwd=root, log=log)
    for key, value in (("remote", remote), ("merge", f"refs/heads/{name}")):
        run(["config", "--local", f"branch.{name}.{key}", value], cwd=root, log=log)
    run(["switch", "--quiet", "--no-guess", name], cwd=root, log=log)
    return name


def _push(arguments: list[str], root: Path, log: GitLog | None, watch: Watch) -> None:
    try:
        run(arguments, cwd=root, log=log, **watch)
    except Cancelled as error:
        raise Cancelled(
            "The push was stopped. A fetch tells whether the remote has taken it already."
        ) from error
