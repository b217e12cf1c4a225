"""The target of a push of the open branch, and what has to be asked before: see ``push`` for how it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from partner_tui.errors import GitError
from partner_tui.repository.branches.branch_names import (
    BranchTaken,
    check_branch_name,
    in_the_way,
    local_branches,
)
from partner_tui.repository.branches.tracking import HEADS, RemoteBranch, read_settings, remote_branch
from partner_tui.repository.git import Watch, run
from partner_tui.repository.remotes.push import (
    PushChoice,
    Pushed,
    PushUndecided,
    ask_about,
    follow,
    page_said,
    send,
    send_new,
)
from partner_tui.repository.remotes.remote import set_default_branch
from partner_tui.repository.remotes.remote_heads import RemoteHeads
from partner_tui.repository.trust.decision import require

if TYPE_CHECKING:
    from partner_tui.repository.repository import Repository
    from partner_tui.repository.state import State


def push(
    repository: Repository,
    *,
    new_branch: str | None = None,
    choice: PushChoice | None = None,
    dry_run: bool = False,
    **watch: Unpack[Watch],
) -> Pushed:
    """Push the current branch to where the user's configuration says, or to a new branch that is then switched to.

    Args:
        choice: What the user chose of those of a `PushUndecided`.
        dry_run: Find out what it would do, and send and change nothing.

    Raises:
        PushUndecided: It is open where it goes, or that branch is gone; nothing was sent.
        BranchTaken: Another branch has the name of the new one or is in its way; nothing was sent.
        PushRejected, BranchProtected, CredentialsRefused, GitError, Cancelled: See ``send``.
    """
    repository.require_remote("push")
    root, log, state = repository.root, repository.log, repository.refresh()
    local = _local(state)
    require(root, "push")  # or what is asked of the remote before it is refused by its own name
    settings, tracking = read_settings(root), state.tracking
    if new_branch is not None:
        target: RemoteBranch | None = _new_target(repository, new_branch)
    else:
        target = choice.branch if choice else tracking.target
    if target is None:
        raise PushUndecided(tracking.why_open, [PushChoice("push", way) for way in tracking.choices])
    heads, words = ask_about(root, target, **watch), ""
    is_new = target.ref not in heads.refs
    if target.remote == tracking.remote and heads.default is not None:
        repository.note_default_branch(heads.default)
    if new_branch is None:
        _refuse_undecided(repository, target, choice, heads)
    elif not is_new:
        raise BranchTaken(new_branch, {*repository.taken_names(), new_branch}, f" on {target.remote}")
    if dry_run:
        send(root, local, target, log=log, dry_run=True, **watch)
    elif new_branch is not None:
        words = send_new(root, local, target, log=log, **watch)
    else:
        is_first = f"branch.{local}.merge" not in settings
        words = send(root, local, target, log=log, set_upstream=is_first and target.is_fetched, **watch)
        if is_first and target.tracking and not target.is_fetched:
            follow(root, local, target, log)
        if choice is not None and heads.default is not None:
            set_default_branch(root, settings, target.remote, heads.default)
    is_default = target.remote == tracking.remote and target.name == repository.default_branch()
    commit, parts = repository.resolve(f"{HEADS}{local}"), repository.remote_parts
    if is_default or not target.tracking or parts is None or not parts.host:
        pushed = Pushed(target.name, commit, is_new, None)
    else:
        page = repository.compare_url(target.name, target.remote) or page_said(words, parts.host)
        pushed = Pushed(target.name, commit, is_new, page, parts.kind != "other")
    repository.changed()
    return pushed


def follow_instead(repository: Repository, branch: RemoteBranch) -> None:
    """Let the current branch follow another one of the remote, and have its name where it had that of the old one.

    Raises:
        GitError: HEAD is detached.
    """
    root, log, state = repository.root, repository.log, repository.refresh()
    local, upstream = _local(state), state.tracking.upstream
    if upstream is not None and upstream.name == local and branch.name not in local_branches(root):
        run(["branch", "--move", "--", local, branch.name], cwd=root, log=log)
        local = branch.name
    follow(root, local, branch, log)
    set_default_branch(root, read_settings(root), branch.remote, branch.name)
    repository.changed()


def _local(state: State) -> str:
    if state.branch is None:
        if state.operation and state.problem:  # a rebase comes back to its branch by itself
            raise GitError(*state.problem)
        hint = "Switch to a branch, or start a new one."
        raise GitError("HEAD is detached: there is no branch to push.", hint)
    return state.branch


def _new_target(repository: Repository, name: str) -> RemoteBranch:
    check_branch_name(name, repository.root)
    tracking = repository.state.tracking
    if in_the_way(name, local_branches(repository.root)) is not None:
        raise BranchTaken(name, repository.taken_names())
    like = tracking.target or next(iter(tracking.choices), None)
    remote = like.remote if like else tracking.remote or "origin"
    return remote_branch(read_settings(repository.root), remote, f"{HEADS}{name}")


def _refuse_undecided(
    repository: Repository, target: RemoteBranch, choice: PushChoice | None, heads: RemoteHeads
) -> None:
    """Ask, where a branch that was there is gone, or the one that is followed is no longer the default one."""
    state, is_new = repository.state, target.ref not in heads.refs
    default = repository.new_default(is_new) if target == state.tracking.upstream else None
    follows = [PushChoice("follow", default)] if default is not None else []
    was_there = target.tracking in state.known or (state.is_gone and target == state.tracking.upstream)
    if is_new and was_there and (choice is None or choice.verb != "create"):
        said = f"The branch {target} is gone: it was renamed or deleted."
        if not (heads.refs or heads.default):  # also where a proxy or a login page answers with an empty page
            said = f"{target.remote} lists neither {target.name} nor a default branch: it is empty, or something else answered."
        raise PushUndecided(said, [*follows, PushChoice("create", target)])
    if default is not None and choice is None:
        said = f"The default branch of {target.remote} is {default.name} now, and no longer {target.name}."
        raise PushUndecided(said, [*follows, PushChoice("push", target)])
