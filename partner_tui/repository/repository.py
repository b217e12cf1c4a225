"""One clone, as the rest of the app sees it: where it stands, its remote, its files, commits, fetch and push.

``open`` runs no git, so that the first screen need not wait for it; everything else may, and is called in threads.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

from partner_tui.errors import GitError, SourceError
from partner_tui.repository.clone_files import RepositoryFiles
from partner_tui.repository.commit import Author, Commit, commit_paths, read_commits
from partner_tui.repository.credentials import Credentials
from partner_tui.repository.git import Progress, run, run_bytes
from partner_tui.repository.git_log import GitLog
from partner_tui.repository.push import Pushed, check_branch_name, fetch_arguments, push_branch
from partner_tui.repository.redact import redact
from partner_tui.repository.remote_url import RemoteUrl, read_remote_url
from partner_tui.repository.source import find_root
from partner_tui.repository.state import State, read_state


class Repository:
    """An open clone.

    Args:
        root: The work tree's top folder.
        prefix: The opened folder below it, POSIX, empty or ending with ``/``.
        git_folder: ``.git``, or where a linked work tree's ``.git`` file points.
        log: Takes every command that changes something.
    """

    def __init__(self, root: Path, prefix: str, git_folder: Path, log: GitLog) -> None:
        self.root = root
        self.prefix = prefix
        self.git_folder = git_folder
        self.log = log
        self._state: State | None = None

    @classmethod
    def open(cls, folder: Path, log: GitLog | None = None) -> Repository:
        """Open the clone that ``folder`` lies in, as it is; no git is run.

        Raises:
            SourceError: There is no such folder, or it is in no clone.
        """
        folder = folder.absolute()
        if not folder.is_dir():
            raise SourceError(f"There is no folder {folder}.", "Check the path.")
        root = find_root(folder)
        if root is None:
            raise SourceError(
                f"{folder} is not in a git repository.",
                "Open a clone, or give owner/name or a URL to make one.",
            )
        prefix = folder.relative_to(root).as_posix()
        return cls(root, "" if prefix == "." else f"{prefix}/", _git_folder(root), log or GitLog())

    # Where it stands

    @property
    def state(self) -> State:
        """As of the last ``refresh``; the first use asks git."""
        return self._state or self.refresh()

    def refresh(self) -> State:
        """Ask git where the clone stands now. Raises GitError."""
        self._state = read_state(self.root, self.git_folder)
        return self._state

    @property
    def branch(self) -> str | None:
        return self.state.branch

    @property
    def upstream(self) -> str | None:
        return self.state.upstream

    @property
    def ahead_behind(self) -> tuple[int, int]:
        return self.state.ahead, self.state.behind

    def read_only(self) -> bool:
        """Whether nothing can be written here."""
        import os

        return not (os.access(self.root, os.W_OK) and os.access(self.git_folder, os.W_OK))

    # Its remote

    @property
    def remote(self) -> str | None:
        """The remote that the branch follows, else ``origin``, else the first one, else None."""
        names = run(["remote"], cwd=self.root).split()
        followed = self._config(f"branch.{self.branch}.remote") if self.branch else None
        return next((name for name in (followed, "origin", *names) if name in names), None)

    @cached_property
    def _remote_url(self) -> str | None:
        name = self.remote
        if name is None:
            return None
        return run(["remote", "get-url", "--end-of-options", name], cwd=self.root).strip() or None

    @cached_property
    def _parsed_remote(self) -> RemoteUrl | None:
        return read_remote_url(self._remote_url) if self._remote_url else None

    @property
    def remote_url(self) -> str | None:
        """Without credentials; for the screen."""
        return redact(self._remote_url) if self._remote_url else None

    @property
    def slug(self) -> str | None:
        """``owner/name``, or None when the remote's URL has no such form."""
        return self._parsed_remote.slug if self._parsed_remote else None

    @property
    def web_url(self) -> str | None:
        """The repository's page on its forge."""
        return self._parsed_remote.web_url if self._parsed_remote else None

    def compare_url(self, branch: str) -> str | None:
        """The page that opens a pull request from ``branch``, where the forge is known."""
        if self._parsed_remote is None:
            return None
        return self._parsed_remote.compare_url(self.default_branch() or "main", branch)

    def default_branch(self) -> str | None:
        """The remote's default branch as of the clone; ``main`` or ``master`` where git does not know."""
        remote = self.remote
        if remote is None:
            return None
        start = f"refs/remotes/{remote}/"
        names = run(["for-each-ref", "--format=%(refname) %(symref)", start], cwd=self.root).splitlines()
        known = dict(line.split(" ", 1) for line in names)
        if head := known.get(f"{start}HEAD"):
            return head.removeprefix(start)
        return next((name for name in ("main", "master") if f"{start}{name}" in known), None)

    # Who

    def author(self) -> Author | None:
        """Name and e-mail address from git's configuration; None when one is missing."""
        name, email = self._config("user.name"), self._config("user.email")
        return Author(name, email) if name and email else None

    def set_author(self, name: str, email: str) -> None:
        """Write the author to this clone's own configuration."""
        for key, value in (("user.name", name), ("user.email", email)):
            run(["config", "--local", key, value], cwd=self.root, log=self.log)

    def _config(self, key: str) -> str | None:
        try:
            return run(["config", "--get", key], cwd=self.root).strip() or None
        except GitError as error:
            if error.code == 1:
                return None
            raise

    # Its files and history

    @cached_property
    def files(self) -> RepositoryFiles:
        """The clone's files; paths start at the root."""
        return RepositoryFiles(self.root, lambda: self.slug)

    def read(self, rev: str, path: str) -> bytes:
        """A file as committed, byte for byte; fetched from the remote if the clone holds no content for it.

        Raises:
            GitError: No such revision, or no such file in it.
        """
        return run_bytes(["cat-file", "blob", self._object(f"{rev}:{path}")], cwd=self.root)

    def _object(self, name: str) -> str:
        try:
            return run(["rev-parse", "--verify", "--quiet", "--end-of-options", name], cwd=self.root).strip()
        except GitError as error:
            raise GitError(
                f"There is no {name} here.", "Fetch, or check the name.", code=error.code
            ) from error

    def log_for_path(self, path: str, limit: int = 20) -> tuple[Commit, ...]:
        """The commits that touched a path, newest first; the first one removed it if it is not there now."""
        return read_commits(self.root, f"--max-count={limit}", "HEAD", "--", path)

    def unpushed(self) -> tuple[Commit, ...]:
        """Commits that the upstream (or, without one, every branch of every remote) lacks, newest first."""
        if self.state.commit is None:
            return ()
        if self.upstream is not None:
            return read_commits(self.root, "@{upstream}..HEAD", "--")
        return read_commits(self.root, "HEAD", "--not", "--remotes", "--")

    # Work

    def commit(
        self, paths: Sequence[str], message: str, *, sign_off: bool = False, author: Author | None = None
    ) -> str:
        """Commit these paths (from the root) alone; see ``commit_paths``. Returns the full hash.

        Raises:
            GitError: Nothing was committed; also for a detached HEAD, a merge in progress, a lock.
        """
        if problem := self.refresh().problem:
            raise GitError(*problem)
        made = commit_paths(self.root, paths, message, author=author, sign_off=sign_off, log=self.log)
        self._state = None
        return made

    def fetch(
        self,
        progress: Callable[[Progress], None] | None = None,
        cancelled: threading.Event | None = None,
        credentials: Credentials | None = None,
    ) -> State:
        """Fetch the remote's branches; the work tree and the branch stay. Returns where the clone stands then."""
        run(
            fetch_arguments(self._require_remote()),
            cwd=self.root,
            progress=progress,
            cancelled=cancelled,
            credentials=credentials,
            log=self.log,
        )
        return self.refresh()

    def start_branch(self, name: str) -> None:
        """Make a branch at HEAD and switch to it; the work tree and what is staged stay."""
        check_branch_name(name, self.root)
        run(["switch", "--quiet", "--no-guess", "--create", name], cwd=self.root, log=self.log)
        self._state = None

    def push(
        self,
        branch: str | None = None,
        *,
        new_branch: str | None = None,
        progress: Callable[[Progress], None] | None = None,
        cancelled: threading.Event | None = None,
        credentials: Credentials | None = None,
    ) -> Pushed:
        """Push a branch to the branch it follows, or, with ``new_branch``, to a new one that is then switched to.

        Args:
            branch: The local branch; the current one when None.
            new_branch: Made here only after the remote has taken it.

        Raises:
            PushRejected, BranchProtected, CredentialsRefused, GitError, Cancelled: See ``push_branch``.
        """
        remote, state = self._require_remote(), self.refresh()
        local = branch or state.branch
        if local is None:
            raise GitError(
                "HEAD is detached, so there is no branch to push.", "Switch to a branch, or start a new one."
            )
        if new_branch is not None:
            check_branch_name(new_branch, self.root)
            if self._exists(f"refs/remotes/{remote}/{new_branch}") or self._exists(
                f"refs/heads/{new_branch}"
            ):
                raise GitError(f"There is a branch {new_branch} already.", "Choose another name.")
        merge = self._config(f"branch.{local}.merge")
        target = new_branch or (merge or f"refs/heads/{local}").removeprefix("refs/heads/")
        new = not self._exists(f"refs/remotes/{remote}/{target}")
        push_branch(
            self.root,
            remote,
            local,
            target,
            set_upstream=new_branch is None and merge is None,
            progress=progress,
            cancelled=cancelled,
            credentials=credentials,
            log=self.log,
        )
        if new_branch is not None:
            run(
                ["branch", "--track", "--", new_branch, f"{remote}/{new_branch}"], cwd=self.root, log=self.log
            )
            run(["switch", "--quiet", "--no-guess", new_branch], cwd=self.root, log=self.log)
        self._state = None
        compare = self.compare_url(target) if target != self.default_branch() else None
        return Pushed(target, self._object(f"refs/heads/{new_branch or local}"), new, compare)

    def _exists(self, ref: str) -> bool:
        try:
            run(["show-ref", "--verify", "--quiet", "--", ref], cwd=self.root)
        except GitError:
            return False
        return True

    def _require_remote(self) -> str:
        if (remote := self.remote) is None:
            raise GitError("This clone has no remote.", "Add one: git remote add origin <url>")
        return remote


def _git_folder(root: Path) -> Path:
    """Where git keeps its state for this work tree; linked work trees say so in a file."""
    dot_git = root / ".git"
    if dot_git.is_file():
        said = dot_git.read_text(encoding="utf-8", errors="replace").partition("gitdir:")[2].strip()
        return (root / said).resolve()
    return dot_git
