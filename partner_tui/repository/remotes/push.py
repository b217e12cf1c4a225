"""Pushes. A push never forces, names both ends, and reaches a branch that the user meant: where that is open, it asks.

The rule: before anything is sent, the remote says what it has. A branch that was followed and is gone is not silently made again,
and a name that another branch is in the way of is not tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Unpack

from partner_tui.errors import Cancelled, GitError
from partner_tui.manifest.stored_files import lfs_pointer
from partner_tui.repository.branches.branch_names import (
    BranchTaken,
    check_branch_name,
    fetched_branches,
    in_the_way,
    local_branches,
)
from partner_tui.repository.branches.tracking import HEADS, RemoteBranch
from partner_tui.repository.commits.blobs import read_blobs
from partner_tui.repository.git import Watch, run, run_fully
from partner_tui.repository.process.git_log import GitLog
from partner_tui.repository.remotes.remote import push_address
from partner_tui.repository.remotes.remote_heads import RemoteHeads, ask_remote, near

_URL = re.compile(r"https?://(?P<host>[\w.-]+)(?::\d+)?/(?P<page>[^\s\x00-\x1f]*)")
_REQUEST = re.compile(r"https?://[^\s\x00-\x1f]+/pulls/\d+")
_OPENS = ("/compare/", "/pull/new/", "/merge_requests/new", "/pull-requests")
"""Of the page that opens a pull request, on the forges that print it."""
_LARGEST_POINTER = 1024


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did.

    Args:
        branch: The remote's branch.
        commit: Its full hash now.
        new: Whether the push made the branch.
        compare_url: Where a pull request is opened from it; None for the default branch or an unknown forge.
        may_request: Whether a pull request could be opened from it.
    """

    branch: str
    commit: str
    new: bool
    compare_url: str | None
    may_request: bool = False


@dataclass(frozen=True, slots=True)
class PushChoice:
    """One way on when it is open where a push goes.

    Args:
        verb: ``push`` to the branch; ``follow`` it from now on, which puts the commits on top of it; ``create`` it again.
    """

    verb: Literal["push", "follow", "create"]
    branch: RemoteBranch


class PushUndecided(GitError):
    """It is open where the push goes; nothing was sent. The likeliest choice comes first."""

    def __init__(self, message: str, choices: Iterable[PushChoice]) -> None:
        self.choices = tuple(choices)
        hint = " or ".join(str(choice.branch) for choice in self.choices)
        super().__init__(message, f"Choose: {hint}." if hint else "Push to a new branch.")


def push_command(remote: str, refspec: str, options: Sequence[str]) -> list[str]:
    """``git push`` of one refspec: no hook is run, and neither tags nor submodules go with it."""
    safe = ["--progress", "--no-verify", "--no-follow-tags", "--no-recurse-submodules"]
    return ["push", *safe, *options, "--end-of-options", remote, refspec]


def ask_about(root: Path, branch: RemoteBranch, **watch: Unpack[Watch]) -> RemoteHeads:
    """What the remote has at a branch and in its way. Raises BranchTaken, GitError, Cancelled."""
    remote = branch.remote if not branch.tracking else push_address(root, branch.remote)
    heads = ask_remote(root, remote, near(branch.ref), **watch)
    others = heads.names - {branch.name}
    if branch.ref not in heads.refs and in_the_way(branch.name, others) is not None:
        known = others | fetched_branches(root, branch.remote) | local_branches(root)
        raise BranchTaken(branch.name, known, f" on {branch.remote}")
    return heads


def send(
    root: Path,
    local: str,
    branch: RemoteBranch,
    *,
    log: GitLog | None,
    set_upstream: bool = False,
    dry_run: bool = False,
    **watch: Unpack[Watch],
) -> str:
    """Push a local branch, and note here where the remote's branch is then.

    Args:
        dry_run: Ask the remote whether it could, and send and note nothing.

    Returns:
        What git and the remote said.

    Raises:
        PushRejected: The remote has commits that the branch lacks.
        BranchProtected: Push to a new branch instead.
        GitError: See ``failures``.
        Cancelled: It was stopped; the remote may have taken it already, which a fetch shows.
    """
    if not dry_run:
        _remove_stale(root, branch, log)
    options = [*(["--set-upstream"] if set_upstream else []), *(["--dry-run"] if dry_run else [])]
    command = push_command(branch.remote, f"{HEADS}{local}:{branch.ref}", options)
    try:
        words = run_fully(command, cwd=root, log=log, **watch).words
    except Cancelled as error:
        raise Cancelled("The push was stopped. Fetch (f5) to see whether it reached the remote.") from error
    if branch.tracking and not branch.is_fetched and not dry_run:
        # Git notes only what a plain fetch would bring.
        run(["update-ref", branch.tracking, f"{HEADS}{local}"], cwd=root, log=log)
    return words


def send_new(
    root: Path, local: str, branch: RemoteBranch, *, log: GitLog | None, **watch: Unpack[Watch]
) -> str:
    """Push a local branch to a new one; it is made and switched to here after the remote has taken it. Returns as `send`."""
    words = send(root, local, branch, log=log, **watch)
    name = branch.name
    run(["branch", "--no-track", "--", name, f"{HEADS}{local}"], cwd=root, log=log)
    follow(root, name, branch, log)
    run(["switch", "--quiet", "--no-guess", name], cwd=root, log=log)
    return words


def page_said(words: str, host: str) -> str | None:
    """The page that opens a pull request, as the forge prints it after a push of a branch; None where it prints none of its own."""
    own = (found for found in _URL.finditer(words) if found["host"].lower() == host)
    return next((found[0] for found in own if any(one in found["page"] for one in _OPENS)), None)


def follow(root: Path, local: str, branch: RemoteBranch, log: GitLog | None) -> None:
    """Let a local branch follow one of a remote from now on."""
    for key, value in (("remote", branch.remote), ("merge", branch.ref)):
        run(["config", "--local", f"branch.{local}.{key}", value], cwd=root, log=log)


def _remove_stale(root: Path, branch: RemoteBranch, log: GitLog | None) -> None:
    """Forget branches that were in the way of this one and, as the remote said, are gone: git could not note where it is."""
    known = fetched_branches(root, branch.remote) if branch.tracking else frozenset()
    for other in sorted(known - {branch.name}):
        if in_the_way(branch.name, [other]) is not None and other.casefold() != branch.name.casefold():
            run(["update-ref", "-d", f"refs/remotes/{branch.remote}/{other}"], cwd=root, log=log)


def push_for_review(
    root: Path,
    remote: str,
    base: str,
    topic: str,
    title: str,
    description: str,
    log: GitLog | None = None,
    **watch: Unpack[Watch],
) -> str:
    """Open a pull request from HEAD by a push alone, as Gitea and Forgejo take it, or renew the one of the same topic.

    No branch is made, here or there; each text is the value of a push option, and never an option of git's.

    Args:
        base: The branch to merge into.
        topic: What tells it from others of this user.

    Returns:
        Its page as the remote said it; "" where it did not.

    Raises:
        GitError, Cancelled: Nothing was opened, unless the remote had taken it already.
    """
    for name in (base, topic):
        check_branch_name(name, root)
    said = {"topic": topic, "title": title, "description": description}
    # An option is one line.
    options = [f"--push-option={key}={' '.join(text.split())}" for key, text in said.items() if text.strip()]
    command = push_command(remote, f"HEAD:refs/for/{base}", options)
    found = _REQUEST.search(run_fully(command, cwd=root, log=log, **watch).words)
    return found[0] if found else ""


def unpushed_pointers(root: Path, known: Sequence[str], **watch: Unpack[Watch]) -> tuple[str, ...]:
    """The paths of the LFS pointers that HEAD's commits bring and that known refs of the remote (or else all) lack; sorted.

    Their contents are uploaded by a hook, which does not run here: only commits that were made beside the app have such files.
    """
    # What a partial clone got, or could get, from the remote is there: it is not fetched to be looked at.
    command = ["rev-list", "--objects", "--exclude-promisor-objects", "HEAD", "--not"]
    command += known or ["--remotes"]
    listed = (line.partition(" ") for line in run(command, cwd=root, **watch).splitlines())
    paths = {blob: path for blob, _, path in listed if path}
    small = read_blobs(root, paths, _LARGEST_POINTER, **watch)
    return tuple(sorted(paths[blob] for blob, content in small if content and lfs_pointer(content)))
