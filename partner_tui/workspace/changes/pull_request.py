"""A pull request from the open branch: what it would be, worked out from this machine alone, and what the user wrote for it.

The rule: what was written is kept until the pull request is open, and nothing is sent from here but what was shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from importlib.util import find_spec
from typing import Any, Literal, TypeAlias, Unpack

from partner_tui.errors import PartnerTuiError
from partner_tui.forge.hosts import Forge, forge_of
from partner_tui.repository.branches.branch_names import free_name
from partner_tui.repository.commits.commit import Commit, read_commits
from partner_tui.repository.git import Watch
from partner_tui.repository.remotes.forks import add_fork, push_to, wait_for_fork
from partner_tui.repository.remotes.push import push_for_review
from partner_tui.repository.repository import Repository
from partner_tui.workspace.changes import soundness
from partner_tui.workspace.changes.branching import branch_name
from partner_tui.workspace.changes.committing import the_repository
from partner_tui.workspace.workspace import Workspace

DRAFT = "pull-request"
Way: TypeAlias = Literal["api", "agit", "page"]
"""How it is opened: by the forge's API after a push, by a push alone, or by the user on the forge's page after a push."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What the user writes.

    Args:
        branch: That the commits are pushed to, or with `agit` the topic.
    """

    title: str
    body: str
    branch: str
    base: str
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pull request that could be opened.

    Args:
        texts: Proposed from the commits, or what was written before.
        commits: That it has, newest first.
        remote: That they are pushed to; its URL's host and path are `place`.
        is_new: Whether the branch is made by the push, and so can be named.
        is_pushed: Whether the remote's branch has all of the commits already.
        place: The repository that gets the pull request, as ``github.com/owner/name``.
        owner: Of the fork that has the branch; "" where the repository itself has it.
        forge: Its API; None unless the way is ``api``.
    """

    way: Way
    texts: Texts
    commits: Sequence[Commit]
    remote: str
    is_new: bool
    is_pushed: bool
    place: str
    owner: str
    forge: Forge | None

    @property
    def head(self) -> str:
        """The newest commit, as a full hash."""
        return self.commits[0].hash


def host_to_ask_about(workspace: Workspace) -> str:
    """The remote's host, where neither its name nor the settings say what it runs; "" where that is known. Blocks."""
    repository = the_repository(workspace)
    repository.forges = workspace.forges
    parts = repository.remote_parts
    return parts.host if parts is not None and parts.kind is None else ""


def propose(workspace: Workspace, github_api: str, new_branch: str = "") -> Proposal:
    """What a pull request from the open branch would be; asks nobody. Blocks.

    Args:
        new_branch: A name for the new branch that the user has chosen already.

    Raises:
        PartnerTuiError: There is nothing to open one from, in words that say what to do.
    """
    repository = the_repository(workspace)
    state = repository.refresh()
    if state.branch is None:
        raise PartnerTuiError("HEAD is detached: there is no branch to push.", "Switch to a branch (b).")
    remote, base = repository.require_remote("push"), repository.default_branch()
    if base is None:
        raise PartnerTuiError("The default branch of the remote is not known.", "Press f5 to fetch.")
    commits = read_commits(repository.root, "HEAD", "--not", f"refs/remotes/{remote}/{base}", "--")
    if not commits:
        raise PartnerTuiError(f"No commits that {remote}/{base} lacks.", "Commit your changes first (c).")
    target = state.tracking.target
    # A fork's branch of the same name as the default one is not made for a pull request, either.
    is_new = target is None or (
        target.name == base and (target.remote == remote or target.tracking not in state.known)
    )
    is_new = is_new or bool(new_branch)
    way, forge = _way(repository, github_api)
    if target is None or is_new:
        branch = free_name(branch_name(commits[0].message), repository.taken_names())
    else:
        branch = target.name
    texts = _kept(workspace, commits[0].hash) or Texts(commits[0].subject, _body(commits), branch, base)
    if new_branch or not (is_new or way == "agit"):
        texts = replace(texts, branch=new_branch or branch)  # where it is, whatever it was to be called
    parts = repository.remote_parts
    return Proposal(
        way,
        texts,
        commits,
        target.remote if target else remote,
        is_new or way == "agit",
        not (is_new or way == "agit" or state.ahead)
        and target is not None
        and target.tracking in state.known,
        f"{parts.host}/{parts.path}" if parts and parts.host else remote,
        _owner(repository, target.remote if target else remote),
        forge,
    )


def keep(workspace: Workspace, head: str, texts: Texts) -> None:
    """Keep what was written about the commits that end in a head."""
    workspace.drafts.keep(DRAFT, {"head": head, **asdict(texts)})


def forget(workspace: Workspace) -> None:
    """It is open, and what was written is there."""
    workspace.drafts.drop(DRAFT)


def open_by_push(
    workspace: Workspace, proposal: Proposal, texts: Texts, *, consented: bool = False, **watch: Unpack[Watch]
) -> str:
    """Open it by a push alone; its page, or "" where the remote did not say it. Blocks.

    Raises:
        NeedsConsent: A commit is not sound; see `soundness.push`.
        GitError: It was not opened.
    """
    repository = the_repository(workspace)
    if not consented:
        soundness.ask_about_commits(workspace, repository, watch.get("cancelled"))
    title = f"WIP: {texts.title}" if texts.is_draft else texts.title  # as a draft is told there
    return push_for_review(
        repository.root,
        proposal.remote,
        texts.base,
        texts.branch,
        title,
        texts.body,
        repository.log,
        **watch,
    )


def use_fork(workspace: Workspace, proposal: Proposal, url: str, **watch: Unpack[Watch]) -> Proposal:
    """Push to a fork from now on, as soon as it can be reached. Blocks.

    Raises:
        GitError: It is no URL of a repository, or the fork cannot be reached: nothing is pushed to it then.
        Cancelled: It was stopped; the fork stays a remote.
    """
    repository = the_repository(workspace)
    remote = add_fork(repository.root, url, repository.log)
    try:
        wait_for_fork(repository.root, remote, **watch)
        push_to(repository.root, remote, repository.log)
    finally:
        repository.changed()
    return replace(proposal, remote=remote, owner=_owner(repository, remote))


def _kept(workspace: Workspace, head: str) -> Texts | None:
    kept: Any = workspace.drafts.find(DRAFT)
    try:
        if kept.pop("head") != head:
            return None
        texts = Texts(**kept)
    except (AttributeError, KeyError, TypeError):
        return None
    is_text = all(isinstance(one, str) for one in (texts.title, texts.body, texts.branch, texts.base))
    return texts if is_text and isinstance(texts.is_draft, bool) else None


def _way(repository: Repository, github_api: str) -> tuple[Way, Forge | None]:
    parts = repository.remote_parts
    if parts is not None and parts.kind == "gitea":
        return "agit", None
    forge = forge_of(parts, github_api)
    return ("api", forge) if forge is not None and find_spec("github") is not None else ("page", None)


def _body(commits: Sequence[Commit]) -> str:
    """The rest of the only message, or the subjects of several, the oldest first."""
    if len(commits) == 1:
        return commits[0].message.partition("\n")[2].strip()
    return "\n".join(f"- {commit.subject}" for commit in reversed(commits))


def _owner(repository: Repository, remote: str) -> str:
    """Of the fork that is pushed to; "" where it is the repository that is fetched from."""
    own, fork = repository.remote_parts, repository.parts_of(remote)
    if own is None or fork is None or fork.path == own.path:
        return ""
    return fork.path.rpartition("/")[0]
