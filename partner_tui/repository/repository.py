"""One clone, as the rest of the app sees it: where it stands, its remote, its files, commits and fetch; `pushing` stands above it.

``open`` runs no git, so that the first screen need not wait for it; everything else may, and is called in threads.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Unpack

from partner_tui.errors import GitError, SourceError, Untrusted
from partner_tui.repository.branches.branch_names import (
    BranchTaken,
    check_branch_name,
    fetched_branches,
    in_the_way,
    local_branches,
)
from partner_tui.repository.branches.tracking import HEADS, RemoteBranch, read_settings, remote_branch
from partner_tui.repository.clone_files import RepositoryFiles
from partner_tui.repository.clones.source import find_root
from partner_tui.repository.commits.checked_out import Versions, compare
from partner_tui.repository.commits.commit import Commit, commit_paths, read_commits, resolve
from partner_tui.repository.commits.last_commit import require_own
from partner_tui.repository.commits.rebase import MakeContent, Replayed, keep_reachable, replay_unpushed
from partner_tui.repository.config import Author, read_author, read_config
from partner_tui.repository.git import Watch, run, run_bytes
from partner_tui.repository.process.git_log import GitLog
from partner_tui.repository.process.redact import redact
from partner_tui.repository.remotes.fetching import fetch
from partner_tui.repository.remotes.forks import fork_address
from partner_tui.repository.remotes.pull_refs import PULLS
from partner_tui.repository.remotes.remote import (
    RemoteUrl,
    default_branch,
    read_remote_url,
    remote_address,
    stored_default_branch,
)
from partner_tui.repository.state import State, read_state
from partner_tui.repository.trust.decision import require, untrusted
from partner_tui.repository.trust.git_folder import find_git_folder


class Repository:
    """An open clone.

    Args:
        root: The work tree's top folder.
        git_folder: ``.git``, or where a linked work tree's ``.git`` file points.
        log: Takes every command that changes something.

    Attributes:
        forges: What the user said that hosts run, see `addresses.forge.kind_of`.
    """

    def __init__(self, root: Path, git_folder: Path, log: GitLog) -> None:
        self.root = root
        self.git_folder = git_folder
        self.log = log
        self.forges: Mapping[str, str] = {}
        self._state: State | None = None
        self._addresses: dict[str, str | None] = {}
        self._default: str | None = None

    @classmethod
    def open(cls, folder: Path, log: GitLog | None = None) -> Repository:
        """Open the clone that a folder lies in, as it is; no git is run. Raises SourceError where it lies in none."""
        folder = folder.absolute()
        if not folder.is_dir():
            raise SourceError(f"No folder {folder}.", "Check the path.")
        root = find_root(folder)
        if root is None:
            raise SourceError(
                f"{folder} is not in a git repository.",
                "Open a clone, or give owner/name or a URL to make one.",
            )
        found = find_git_folder(root)
        return cls(root, found.own if found else root / ".git", log or GitLog())

    # Where it stands

    @property
    def state(self) -> State:
        """As of the last ``refresh``; the first use asks git."""
        return self._state or self.refresh()

    def refresh(self) -> State:
        """Ask git where the clone stands now, and its remotes' addresses when they are needed. Raises GitError."""
        self._addresses = {}  # another one: threads that read an address now have theirs
        self.__dict__.pop("slug", None)
        self._state = read_state(self.root, self.git_folder)
        return self._state

    @property
    def branch(self) -> str | None:
        return self.state.branch

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written here."""
        return not (os.access(self.root, os.W_OK) and os.access(self.git_folder, os.W_OK))

    # Its remote

    @property
    def remote(self) -> str | None:
        """The name of the remote that the branch follows, else ``origin``, else the first one, else None."""
        return self.state.tracking.remote

    @property
    def _address(self) -> str | None:
        return self._address_of(self.remote) if self.remote else None

    @property
    def remote_parts(self) -> RemoteUrl | None:
        """The remote's URL taken apart; None without a remote."""
        return self.parts_of(self.remote) if self.remote else None

    def _address_of(self, remote: str) -> str | None:
        known = self._addresses
        if remote not in known:
            known[remote] = remote_address(self.root, remote)
        return known[remote]

    @property
    def remote_url(self) -> str | None:
        """Without credentials; for the screen."""
        return redact(self._address) if self._address else None

    @cached_property
    def slug(self) -> str | None:
        """``owner/name``, or None when the remote's URL has no such form; a mirror says it in ``partner-tui.slug``."""
        said = read_config(self.root, "partner-tui.slug")
        return said or (self.remote_parts.slug if self.remote_parts else None)

    def parts_of(self, remote: str) -> RemoteUrl | None:
        """The URL of any remote taken apart, such as that of a fork."""
        return read_remote_url(self._address_of(remote) or "", self.forges)

    def fork_url(self, slug: str) -> str:
        """The URL of a fork of the remote on its host. Raises GitError where it has no such form."""
        return fork_address(self._address or "", slug)

    def default_branch(self) -> str | None:
        """The remote's default branch, as it said last; ``main`` or ``master`` where it did not."""
        return self._default or (default_branch(self.root, self.remote) if self.remote else None)

    def new_default(self, is_gone: bool = False) -> RemoteBranch | None:
        """The default branch that took the place of the one that is followed: renamed, or another one was made it.

        Args:
            is_gone: Whether the remote said just now that it has the followed one no more.
        """
        upstream, name = self.state.tracking.upstream, self.default_branch()
        if upstream is None or upstream.remote != self.remote or name in (None, upstream.name):
            return None
        if not (is_gone or self.state.is_gone) and upstream.name != stored_default_branch(
            self.root, upstream.remote
        ):
            return None  # it never was the default branch
        return remote_branch(read_settings(self.root), upstream.remote, f"{HEADS}{name}")

    def compare_url(self, branch: str, remote: str | None = None, base: str | None = None) -> str | None:
        """The page that opens a pull request from ``branch``, where the forge is known.

        Args:
            remote: The one that has the branch, when it is a fork.
            base: The branch to merge into; None for the default one.
        """
        fork = self.parts_of(remote) if remote and remote != self.remote else None
        if self.remote_parts is None or (fork is None and remote not in (None, self.remote)):
            return None
        return self.remote_parts.compare_url(base or self.default_branch() or "main", branch, fork)

    @property
    def page(self) -> str:
        """The page of the repository; "" where it is on no host."""
        return self.remote_parts.page if self.remote_parts else ""

    def contribution_url(self, kind: str, name: str) -> str | None:
        """The page of a pull or merge request or a branch, where the forge is known."""
        return self.remote_parts.contribution_url(kind, name) if self.remote_parts else None

    # Who

    def author(self) -> Author | None:
        """Name and e-mail address from git's configuration; None when one is missing."""
        return read_author(self.root)

    def set_author(self, author: Author) -> None:
        """Write the author to this clone's own configuration. Raises GitError when git would not take it."""
        if author.problem:
            raise GitError(author.problem, "For example: A. Maintainer, a@example.org")
        for key, value in (("user.name", author.name), ("user.email", author.email)):
            run(["config", "--local", key, value], cwd=self.root, log=self.log)

    # Its files and history

    @cached_property
    def files(self) -> RepositoryFiles:
        """The clone's files; paths start at the root."""
        return RepositoryFiles(self.root, lambda: self.slug)

    def read(self, rev: str, path: str) -> bytes:
        """A file as committed, byte for byte; fetched where the clone holds no content for it. Raises GitError."""
        return run_bytes(["cat-file", "blob", self.resolve(f"{rev}:{path}")], cwd=self.root)

    def compare(self, path: str, now: bytes | None) -> Versions | None:
        """A file, with its bytes on the disk now, against the last commit, as git compares it; None when it has not changed."""
        return compare(self.root, path, now)

    def resolve(self, rev: str) -> str:
        """The full hash of a revision (or of ``revision:path``). Raises GitError when there is none."""
        return resolve(self.root, rev)

    def unpushed(self, paths: Sequence[str] = ()) -> tuple[Commit, ...]:
        """Commits that the upstream (or, without one, every branch of every remote) lacks, newest first; of some paths alone."""
        if self.state.commit is None:
            return ()
        known = self.state.known or ("--remotes",)
        return read_commits(self.root, "HEAD", "--not", *known, "--", *paths)

    # Work

    def commit(
        self,
        paths: Sequence[str],
        message: str,
        *,
        sign_off: bool = False,
        author: Author | None = None,
        amend: str | None = None,
        **watch: Unpack[Watch],
    ) -> str:
        """Commit these paths (from the root) alone; see ``commit_paths``. Returns the full hash.

        Args:
            amend: The last commit, to be made again with these paths too; it stays reachable under a backup reference.

        Raises:
            GitError: Nothing was committed; also for a detached HEAD, a merge in progress, a lock.
        """
        if problem := self.refresh().problem:
            raise GitError(*problem)
        if amend is not None:
            keep_reachable(self.root, require_own(self.root, amend).commit.hash, self.log)
        made = commit_paths(
            self.root,
            paths,
            message,
            author=author,
            sign_off=sign_off,
            amend=amend is not None,
            log=self.log,
            **watch,
        )
        self.changed()
        return made

    def fetch(self, *, with_pulls: bool = False, **watch: Unpack[Watch]) -> State:
        """Fetch the remote's branches; the work tree and the branch stay. Returns where the clone stands then.

        A fork that is pushed to is fetched, too.

        Args:
            with_pulls: Whether to fetch the remote's pull and merge requests as well.
        """
        tracking = self.refresh().tracking
        remote = self.require_remote("fetch")
        branches = {branch for branch in (tracking.upstream, tracking.target) if branch is not None}
        forks = {branch.remote for branch in branches if branch.tracking} - {remote}
        settings = read_settings(self.root)
        for name in (remote, *forks):
            wanted = [branch for branch in branches if branch.remote == name]
            also = PULLS if with_pulls and name == remote else ()
            default = fetch(self.root, self.git_folder, settings, name, wanted, self.log, also, **watch)
            if name == remote:
                self.note_default_branch(default)
        self.changed()
        return self.refresh()

    def taken_names(self) -> frozenset[str]:
        """Names of branches, here and at the remotes that are fetched from and pushed to."""
        tracking = self.state.tracking
        remotes = {tracking.remote, tracking.target.remote if tracking.target else None} & {*tracking.remotes}
        return local_branches(self.root).union(
            *(fetched_branches(self.root, name) for name in remotes if name)
        )

    def start_branch(self, name: str) -> None:
        """Make a branch at HEAD and switch to it; the work tree and what is staged stay. Raises BranchTaken, GitError."""
        check_branch_name(name, self.root)
        if in_the_way(name, taken := self.taken_names()) is not None:
            raise BranchTaken(name, taken)
        run(["switch", "--quiet", "--no-guess", "--create", name], cwd=self.root, log=self.log)
        self.changed()

    def note_default_branch(self, name: str | None) -> None:
        """What the remote said now; None where it did not."""
        self._default = name

    def replay(self, onto: str, make_content: MakeContent, **watch: Unpack[Watch]) -> Replayed:
        """Put the unpushed commits on top of a fetched tip and move the branch there, see `rebase`. Raises GitError."""
        if problem := self.refresh().problem:
            raise GitError(*problem)
        tip = self.resolve(onto)
        replayed = replay_unpushed(self.root, self.git_folder, tip, make_content, self.log, **watch)
        self.changed()
        return replayed

    def changed(self) -> None:
        """Git changed it beside this object: where it stands is asked for again."""
        self._state = None
        self.files.forget()

    @property
    def why_no_remote(self) -> GitError | None:
        """Why no remote is known: there is none, or its settings are not trusted; None where one is known."""
        if self.remote is not None:
            return None
        hidden = [one.label for one in untrusted(self.root) if one.may_name_remote]
        if hidden:
            return Untrusted("The remote", hidden)
        return GitError("This clone has no remote.", "Add one: git remote add origin <url>")

    def require_remote(self, act: str) -> str:
        """`remote`. Raises GitError when none is known for this command of git, such as ``fetch``."""
        if self.remote is not None:
            return self.remote
        problem = self.why_no_remote
        if isinstance(problem, Untrusted):
            require(self.root, act)  # names all the settings that it needs
        assert problem is not None
        raise problem
