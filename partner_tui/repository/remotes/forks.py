"""Other people's repositories of the same history: a branch fetched by its URL, and a fork of the user's own, to push to.

The rule: what is fetched goes to a ref of our own first, and no branch of the clone is moved by it; a fork is added as a remote
only when the user says so, without a password in its URL.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import Unpack

from partner_tui.errors import Cancelled, GitError
from partner_tui.repository.branches.branch_names import check_branch_name
from partner_tui.repository.branches.tracking import HEADS, read_settings, read_tracking
from partner_tui.repository.commits.commit import resolve
from partner_tui.repository.git import Watch, run
from partner_tui.repository.process.failures.kinds import RemoteNotFound
from partner_tui.repository.process.git_log import GitLog
from partner_tui.repository.process.redact import redact
from partner_tui.repository.remotes.fetching import fetch_arguments
from partner_tui.repository.remotes.remote import RemoteUrl, push_address, read_remote_url, remote_address
from partner_tui.repository.remotes.remote_heads import RemoteHeads, ask_remote

_OURS = "refs/partner-tui/fork"
_LOOKS, _SECONDS_BETWEEN = 15, 2.0
"""A forge says that a fork is made before it has copied the repository."""


def ask_branches(root: Path, url: str, **watch: Unpack[Watch]) -> RemoteHeads:
    """The branches of another repository, and its default one. Raises GitError."""
    return ask_remote(root, url, [f"{HEADS}*"], **watch)


def choose_branch(heads: RemoteHeads, wanted: Sequence[str], url: str) -> str:
    """The first of some names that is there; the default branch where none is wanted. Raises GitError where none is there."""
    if found := next((name for name in wanted if name in heads.names), None):
        return found
    if not wanted and heads.default in heads.names:
        return str(heads.default)
    if not heads.names:
        raise GitError(f"{redact(url)} has no branches.", "Check the URL.")
    asked = f"no branch {wanted[0]}" if wanted else "no default branch"
    raise GitError(f"{redact(url)} has {asked}.", f"It has: {', '.join(sorted(heads.names)[:10])}.")


def fetch_branch(root: Path, url: str, branch: str, log: GitLog | None = None, **watch: Unpack[Watch]) -> str:
    """Fetch a branch of another repository; returns its newest commit, to which nothing refers. Raises GitError, Cancelled."""
    check_branch_name(branch, root)
    options = ("--no-tags", "--no-write-fetch-head")
    command = fetch_arguments(url, [f"+{HEADS}{branch}:{_OURS}"], options=options)
    run(command, cwd=root, log=log, **watch)
    commit = resolve(root, _OURS)
    run(["update-ref", "-d", _OURS], cwd=root)
    return commit


def fork_address(address: str, fork: str) -> str:
    """The URL of a fork on the same host, reached in the same way as the repository, without its password.

    Args:
        address: Of the repository, as git uses it.
        fork: The path of the fork, such as ``owner/name``.

    Raises:
        GitError: It is no URL, or does not have the path as it is.
    """
    parts, shown = read_remote_url(address), redact(address)
    if parts is None or not parts.path or parts.path not in shown:
        raise GitError(f"The URL of {fork} is not known.", "Add it: git remote add fork <url>")
    head, _, tail = shown.rpartition(parts.path)
    return f"{head}{fork}{tail}"


def add_fork(root: Path, address: str, log: GitLog | None = None) -> str:
    """Make a fork a remote, unless it is one; returns its name. Raises GitError: It is no URL of a repository."""
    fork = read_remote_url(address)
    if fork is None or "/" not in fork.path or address.startswith("-"):
        raise GitError(f"This is not the URL of a repository: {redact(address)}", "Copy it from its page.")
    remotes = read_tracking(read_settings(root), None).remotes
    for name in remotes:
        known = read_remote_url(remote_address(root, name) or "")
        if known is not None and _place(known) == _place(fork):
            break
    else:
        owner = re.sub(r"[^\w-]", "-", fork.path.split("/")[-2], flags=re.ASCII).strip("-") or "fork"
        name = next(name for name in (owner, *(f"{owner}-{n}" for n in range(2, 99))) if name not in remotes)
        run(["remote", "add", "--end-of-options", name, redact(address)], cwd=root, log=log)
    return name


def _place(url: RemoteUrl) -> tuple[str, str]:
    """Where a repository is; hosts take names in any case, disks do not."""
    return url.host, url.path.lower() if url.host else url.path


def push_to(root: Path, remote: str, log: GitLog | None = None) -> None:
    """Push to a remote from now on, unless a branch says otherwise: git's `remote.pushDefault`."""
    run(["config", "--local", "remote.pushDefault", remote], cwd=root, log=log)


def wait_for_fork(root: Path, remote: str, **watch: Unpack[Watch]) -> None:
    """Wait until a fork that was just made can be pushed to. Raises GitError, Cancelled."""
    stopped, address = watch.get("cancelled") or Event(), push_address(root, remote)
    for look in range(1, _LOOKS + 1):
        try:
            ask_branches(root, address, **watch)
            return
        except RemoteNotFound as error:
            if look == _LOOKS:
                raise GitError(
                    "The fork is not ready yet.", "Try again in a minute: it is added as a remote."
                ) from error
        if stopped.wait(_SECONDS_BETWEEN):
            raise Cancelled
