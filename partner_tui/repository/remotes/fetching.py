"""Fetching: the user's own refspecs, and besides what the open branch follows and is pushed to.

The rule: after a fetch this clone knows whether the branch that it follows is still there. A branch that is gone on the remote
is not "up to date": what was known of it is removed, as ``git fetch --prune`` does for all. All of it is one connection, since
each may ask for a code or a touch, but where something is gone or changed its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import Unpack

from partner_tui.errors import GitError
from partner_tui.repository.branches.branch_names import fetched_branches
from partner_tui.repository.branches.tracking import HEADS, RemoteBranch, Settings, remote_branch
from partner_tui.repository.git import Watch, run
from partner_tui.repository.process.failures.kinds import RemoteBroken
from partner_tui.repository.process.git_log import GitLog
from partner_tui.repository.remotes.remote import set_default_branch, stored_default_branch
from partner_tui.repository.remotes.remote_heads import ask_remote

_NOT_FOUND = re.compile(r"couldn't find remote ref (\S+)")
_IN_THE_WAY = re.compile(r"cannot lock ref 'refs/remotes/[^']*': 'refs/remotes/([^']*)' exists")
_FETCHED_BRANCH = re.compile(r"([0-9a-f]+)\t[^\t]*\tbranch '(.*)' of ")
_FETCHED_HEAD = re.compile(r"([0-9a-f]+)\t[^\t]*\t(?!.*' of )")
_MOST_TRIES = 50


def fetch_arguments(
    remote: str, refspecs: Sequence[str] = (), more: Sequence[str] = (), options: Sequence[str] = ()
) -> list[str]:
    """``git fetch`` of the remote's configured branches.

    Args:
        remote: Its name, or a URL with `refspecs`.
        refspecs: Instead of what is configured.
        more: Besides it.
        options: Of this fetch alone.
    """
    settings = [part for refspec in more for part in ("-c", f"remote.{remote}.fetch={refspec}")]
    safe = ["--progress", "--no-auto-maintenance", "--no-recurse-submodules"]
    return [*settings, "fetch", *safe, *options, "--end-of-options", remote, *refspecs]


@dataclass(frozen=True, slots=True)
class _Fetched:
    """What a remote had: its branches with their hashes, and the hash of its HEAD."""

    branches: Mapping[str, str]
    head: str | None


def fetch(
    root: Path,
    git_folder: Path,
    settings: Settings,
    remote: str,
    branches: Iterable[RemoteBranch],
    log: GitLog | None,
    also: Sequence[str] = (),
    **watch: Unpack[Watch],
) -> str | None:
    """Fetch from a remote.

    Args:
        branches: Those that matter to the open branch; of this remote.
        also: Refspecs with a `*` each, so that it is no failure where the remote has none.

    Returns:
        The remote's default branch as it is now; None where it has none.
    """
    wanted = [branch for branch in branches if branch.tracking]
    fetched = _fetch(root, git_folder, settings, remote, wanted, log, also, watch)
    stored = stored_default_branch(root, remote)
    gone = [branch for branch in wanted if branch.name not in fetched.branches]
    default = _default_name(root, remote, fetched, stored, is_sure=not gone, watch=watch)
    for branch in gone:
        run(["update-ref", "-d", branch.tracking], cwd=root, log=log)
        stored = None if stored == branch.name else stored
    if default is None:
        return None
    new = remote_branch(settings, remote, HEADS + default)
    if gone and not new.is_fetched:
        run(fetch_arguments(remote, [f"+{new.ref}:{new.tracking}"]), cwd=root, log=log, **watch)
    if stored is None or stored not in {branch.name for branch in wanted}:
        # Else it stays, until the user has decided what becomes of a branch that was the default one.
        set_default_branch(root, settings, remote, default)
    return default


def _default_name(
    root: Path, remote: str, fetched: _Fetched, stored: str | None, is_sure: bool, watch: Watch
) -> str | None:
    """The branch that the remote's HEAD names, by its hash; asked for only where that leaves a doubt."""
    if fetched.head is None:
        return None
    names = [name for name, value in fetched.branches.items() if value == fetched.head]
    if len(names) == 1 and (is_sure or names != [stored]):
        return names[0]
    return ask_remote(root, remote, (), **watch).default


def _fetch(
    root: Path,
    git_folder: Path,
    settings: Settings,
    remote: str,
    wanted: Sequence[RemoteBranch],
    log: GitLog | None,
    also: Sequence[str],
    watch: Watch,
) -> _Fetched:
    """Fetch, without what turns out to be gone: git stops at a single branch that it does not find, and at an old one that is
    in the way of a new one.
    """
    configured = settings.get(f"remote.{remote}.fetch", ())
    missing: set[str] = set()
    for _ in range(_MOST_TRIES):
        more = [f"+{branch.ref}:{branch.tracking}" for branch in wanted if not branch.is_fetched]
        more = [refspec for refspec in ("HEAD", *more, *also) if _source(refspec) not in missing]
        kept = [refspec for refspec in configured if _source(refspec) not in missing]
        refspecs = [] if len(kept) == len(configured) else [*kept, *more]
        if not (kept or more):
            return _Fetched({}, None)
        arguments = fetch_arguments(remote, refspecs, () if refspecs else more)
        try:
            run(arguments, cwd=root, log=log, **watch)
        except GitError as error:
            not_found, blocking = _NOT_FOUND.search(error.output), _IN_THE_WAY.search(error.output)
            if not_found and not_found[1] not in missing:
                if not_found[1] == "HEAD":
                    _refuse_silence(root, remote, watch)
                missing.add(not_found[1])
            elif blocking and blocking[1].removeprefix(f"{remote}/") not in _read(git_folder).branches:
                run(["update-ref", "-d", f"refs/remotes/{blocking[1]}"], cwd=root, log=log)
            else:
                raise
        else:
            return _read(git_folder)
    raise GitError("Too many branches are gone on the remote.", f"Remove them: git remote prune {remote}")


def _refuse_silence(root: Path, remote: str, watch: Watch) -> None:
    """Raise where a remote lists no branches though some are known: git takes any empty page, as of a login, for that."""
    if fetched_branches(root, remote) and not ask_remote(root, remote, [f"{HEADS}*"], **watch).refs:
        raise RemoteBroken(
            f"{remote} lists no branches, though it had some.",
            f"Try again: something else may have answered. If it is empty now: git remote prune {quote(remote)}",
        )


def _source(refspec: str) -> str:
    """What a refspec fetches, in full."""
    source = refspec.removeprefix("+").partition(":")[0]
    return source if source.startswith("refs/") or source == "HEAD" else HEADS + source


def _read(git_folder: Path) -> _Fetched:
    """What git notes of its last fetch: all that the refspecs found, new or not."""
    branches, head = {}, None
    for line in (git_folder / "FETCH_HEAD").read_text("utf-8", "surrogateescape").splitlines():
        if match := _FETCHED_BRANCH.match(line):
            branches[match[2]] = match[1]
        elif match := _FETCHED_HEAD.match(line):
            head = match[1]
    return _Fetched(branches, head)
