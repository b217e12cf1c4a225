"""A clone of a repository that is read and that nobody works in: history without file contents, which come when they are read.

The rule: only `fetch`, and `contents` when it is told so, reach the remote; everything else works on what is here, and `fetched`
says how old that is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from threading import Event
from typing import Unpack

from partner_tui.errors import GitError, SourceError
from partner_tui.private import private_folder
from partner_tui.repository.branches.branch_names import check_branch_name
from partner_tui.repository.branches.tracking import HEADS
from partner_tui.repository.clones.source import Source
from partner_tui.repository.commits.blobs import fetch_missing, missing_of, read_blobs
from partner_tui.repository.commits.commit import read_commits, resolve
from partner_tui.repository.commits.commit_files import CommitFiles
from partner_tui.repository.git import Watch, offline, run
from partner_tui.repository.private_files import keep_private
from partner_tui.repository.process.git_log import GitLog
from partner_tui.repository.process.redact import redact
from partner_tui.repository.remotes.fetching import fetch_arguments
from partner_tui.repository.remotes.remote import remote_address
from partner_tui.repository.repository import Repository

_ORIGIN = "origin"
_FETCHED = "partner-tui-fetched"


@dataclass(frozen=True, slots=True)
class Contents:
    """Files of a commit: what each holds, by path, and the paths whose content is not in this clone."""

    found: Mapping[str, bytes]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptClone:
    """A clone, which need not be there yet where it has a `url`.

    Attributes:
        root: Its work tree, in which nothing is checked out where it is ours.
        url: What it is made from; "" for a clone of the user's own.
        remote: The name of its remote; "" where it has none.
    """

    root: Path
    url: str
    remote: str

    @classmethod
    def of_source(cls, source: Source, folder: Path, slug: str) -> KeptClone:
        """The clone of a source: the user's own, or one below a folder of ours, which is made by the first `fetch`.

        Args:
            slug: ``owner/name`` of the repository: of the remotes of the user's clone the one that has it is meant.

        Raises:
            SourceError: It is neither a repository nor a folder in one.
        """
        if source.url is not None:
            return cls(source.clone_folder(folder), source.url, _ORIGIN)
        if source.path is None:
            raise SourceError(f"{source.text} is not a git repository.", "Give a clone, or a URL.")
        repository = Repository.open(source.path)
        parts = {name: repository.parts_of(name) for name in repository.state.tracking.remotes}
        meant = (name for name, one in parts.items() if one is not None and one.slug == slug)
        return cls(repository.root, "", next(meant, repository.remote or ""))

    @property
    def is_own(self) -> bool:
        """Whether it is a clone of the user's own."""
        return not self.url

    @property
    def address(self) -> str:
        """What a fetch asks, without credentials; "" where there is no remote."""
        known = self.url or (remote_address(self.root, self.remote) if self.remote else None)
        return redact(known) if known else ""

    @property
    def _is_made(self) -> bool:
        """Whether it was made as a whole: a kill may come between the repository and its remote."""
        try:
            return (self.root / ".git").exists() and bool(remote_address(self.root, _ORIGIN))
        except GitError:
            return False

    @property
    def _git_folder(self) -> Path:
        return Repository.open(self.root).git_folder

    def head(self, branch: str) -> str | None:
        """The newest commit of a branch that is here, of the remote's or else of the clone's own; None where there is none."""
        if not (self.root / ".git").exists():
            return None
        for ref in (f"refs/remotes/{self.remote}/{branch}", f"{HEADS}{branch}"):
            try:
                return resolve(self.root, ref)
            except GitError:
                continue
        return None

    def date(self, branch: str) -> datetime | None:
        """Of the newest commit of a branch that is here; None where there is none."""
        commits = read_commits(self.root, "-1", head, "--") if (head := self.head(branch)) else ()
        return commits[0].date if commits else None

    def fetched(self, branch: str) -> datetime | None:
        """When a branch was fetched last, in UTC; None where that is not known."""
        if not (self.root / ".git").exists():
            return None
        for path in (self._stamp(branch), self._git_folder / "FETCH_HEAD"):
            try:
                return datetime.fromtimestamp(path.stat().st_mtime, UTC)
            except OSError:
                continue
        return None

    def fetch(
        self, branch: str, log: GitLog | None = None, *, newest_only: bool = False, **watch: Unpack[Watch]
    ) -> str:
        """Fetch a branch without file contents; the clone is made where it is not there yet.

        Args:
            newest_only: Whether its history is left out; a clone of the user's own keeps what it has.

        Returns:
            The hash of its newest commit.

        Raises:
            GitError: The remote cannot be reached, or has no such branch; what is here stays.
            Cancelled: It was stopped.
        """
        if not self.is_own and not self._is_made:
            private_folder(self.root)
            run(["init", "--quiet", "--template=", "."], cwd=self.root, log=log)
            run(["remote", "add", "--end-of-options", _ORIGIN, self.url], cwd=self.root, log=log)
        if not self.remote:
            raise GitError(f"{self.root} has no remote.", "Add one: git remote add origin <url>")
        name = check_branch_name(branch, self.root)
        options = ["--no-tags"] if self.is_own else ["--no-tags", "--filter=blob:none"]
        if newest_only and not self.is_own:
            options.append("--depth=1")
        refspec = f"+{HEADS}{name}:refs/remotes/{self.remote}/{name}"
        run(fetch_arguments(self.remote, [refspec], options=options), cwd=self.root, log=log, **watch)
        if not self.is_own:
            keep_private(self._stamp(branch), b"")
        return resolve(self.root, f"refs/remotes/{self.remote}/{name}")

    def contents(
        self,
        commit: str,
        paths: Sequence[str],
        limit: int,
        *,
        may_fetch: bool = False,
        **watch: Unpack[Watch],
    ) -> Contents:
        """Contents of files of a commit, of at most `limit` bytes each; what the commit does not have is not found.

        Args:
            may_fetch: Whether those that are not here may be fetched, together.

        Raises:
            GitError: They are to be fetched, and the remote cannot be reached.
        """
        if not paths:
            return Contents({}, ())
        stopped = watch.get("cancelled") or Event()
        with offline(stopped):
            files = _files_of(self.root, commit)
            wanted = {path: hash for path in paths if (hash := files.blob(path)) is not None}
        if may_fetch:
            fetch_missing(self.root, list(wanted.values()), **watch)
        with offline(stopped):
            gone = missing_of(self.root, wanted.values())
            known = dict(read_blobs(self.root, [hash for hash in wanted.values() if hash not in gone], limit))
        found = {path: content for path, hash in wanted.items() if (content := known.get(hash)) is not None}
        return Contents(found, tuple(path for path, hash in wanted.items() if hash in gone))

    def _stamp(self, branch: str) -> Path:
        return self._git_folder / _FETCHED / branch


@lru_cache(maxsize=1)
def _files_of(root: Path, commit: str) -> CommitFiles:
    """The files of a commit, which never change: their names are listed once, however many are asked for in turn."""
    return CommitFiles(root, commit)
