"""Commits: made of the named paths alone, whatever else the user has staged or changed; and lists of them."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from shlex import quote
from typing import Unpack

from partner_tui.errors import GitError, Untrusted
from partner_tui.repository.config import Author, read_author, signs_commits
from partner_tui.repository.git import Watch, run, run_bytes
from partner_tui.repository.process.git_log import GitLog
from partner_tui.repository.trust.decision import untrusted
from partner_tui.repository.trust.harmless import split_key

_TRAILER = re.compile(r"[A-Za-z][A-Za-z-]*: \S")
_FORMAT = "--format=%H%n%an%n%ae%n%ad%n%B"
_MOST = 500


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: full hash, author, the author's date with its zone, and the whole message."""

    hash: str
    author: Author
    date: datetime
    message: str

    @property
    def subject(self) -> str:
        return self.message.partition("\n")[0]

    @property
    def short(self) -> str:
        """The hash's first seven digits, for the screen alone."""
        return self.hash[:7]


def signed_off(message: str, author: Author) -> str:
    """The message with a sign-off as its last line, once. Git's own --signoff goes above lines that start with #."""
    trailer = f"Signed-off-by: {author}"
    *_, last = message.strip().split("\n\n")
    if trailer in last.splitlines():
        return message
    has_trailers = "\n\n" in message.strip() and all(_TRAILER.match(line) for line in last.splitlines())
    return f"{message.rstrip()}{'' if has_trailers else chr(10)}\n{trailer}\n"


def commit_paths(
    root: Path,
    paths: Sequence[str],
    message: str,
    *,
    author: Author | None = None,
    sign_off: bool = False,
    amend: bool = False,
    log: GitLog | None = None,
    **watch: Unpack[Watch],
) -> str:
    """Commit these paths, new and removed ones included, and nothing else; other staged changes stay staged.

    Args:
        paths: From the root, POSIX.
        author: Author and committer; None for git's configuration.
        amend: Make the last commit again, with these paths too and this message; its author stays. There may be no paths.
        watch: The passphrase of an ssh key that signs is asked for; gpg may wait for its own window, and is stopped with it.

    Returns:
        The new commit's full hash.

    Raises:
        GitError, Cancelled: Nothing was committed.
    """
    if not message.strip():
        raise GitError("A commit needs a message.", "Describe the changes in one line.")
    if not paths and not amend:
        raise GitError("Nothing to commit.", "Edit the manifest first.")
    if paths:
        check_committable(root, paths)
    known = set(run(["ls-files", "-z", "--", *paths], cwd=root).split("\0")[:-1]) if paths else set()
    new = [path for path in paths if path not in known and (root / path).exists()]
    gone = [path for path in paths if path not in known and path not in new]
    removed = (
        run(["ls-tree", "-z", "--name-only", "HEAD", "--", *gone], cwd=root).split("\0")[:-1] if gone else []
    )
    kept = [path for path in paths if path not in gone or path in removed]
    extra = author.environment("AUTHOR", "COMMITTER") if author is not None else {}
    if sign_off and (who := author or read_author(root)):
        message = signed_off(message, who)
    # `commit --only` takes no path that git does not know: announce it, without content.
    if new:
        run(["add", "--sparse", "--force", "--intent-to-add", "--", *new], cwd=root, log=log)
    if removed:  # the removal is staged already
        run(["reset", "--quiet", "--", *removed], cwd=root, log=log)
    try:
        # A commit without changes keeps having none when its message alone is amended.
        options = ["--amend", *([] if kept else ["--allow-empty"])] if amend else []
        command = ["-c", "user.useConfigOnly=true", "commit", *options, "--only", "--quiet", "--no-verify"]
        command += ["--cleanup=whitespace", "--file=-", "--", *kept]  # lines that begin with # are kept
        run(command, cwd=root, input=message.encode(), log=log, extra=extra, **watch)
    except BaseException:
        if announced := [*new, *removed]:
            run(
                ["rm", "--cached", "--sparse", "--quiet", "--ignore-unmatch", "--", *announced],
                cwd=root,
                log=log,
            )
        raise
    return resolve(root, "HEAD")


def resolve(root: Path, rev: str) -> str:
    """The full hash of a revision (or of ``revision:path``). Raises GitError when there is none."""
    try:
        # Git 2.39 prints --end-of-options too.
        return run(["rev-parse", "--verify", "--quiet", "--end-of-options", rev], cwd=root).split()[-1]
    except GitError as error:
        if error.code != 1:
            raise
        if rev == "HEAD":
            raise GitError("Nothing is committed here yet.", "Commit first.", code=error.code) from error
        raise GitError(f"There is no {rev} here.", "Fetch, or check the name.", code=error.code) from error


def has_commit(root: Path) -> bool:
    """Whether HEAD is at a commit; it is not before the first one."""
    return bool(run(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], cwd=root, says_no=1))


def count_commits(root: Path, *revisions: str) -> int:
    """How many commits ``git rev-list`` lists."""
    return int(run(["rev-list", "--count", *revisions, "--"], cwd=root))


def head_of(root: Path) -> str:
    """The hash of the last commit; empty where there is none, or no repository. Raises GitError where git does not say."""
    if not (root / ".git").exists() or not has_commit(root):
        return ""
    return resolve(root, "HEAD")


def merge_base(root: Path, one: str, other: str) -> str | None:
    """The best common ancestor of two commits; None where they have none."""
    return run(["merge-base", "--end-of-options", one, other], cwd=root, says_no=1).strip() or None


def read_commits(root: Path, *arguments: str) -> tuple[Commit, ...]:
    """The commits that ``git log <arguments>`` lists, newest first, at most 500; of odd ones what can be read."""
    command = ["log", "-z", "--no-show-signature", "--date=raw", f"--max-count={_MOST}", _FORMAT, *arguments]
    commits = []
    for block in filter(None, run_bytes(command, cwd=root).split(b"\0")):
        hash, name, email, date, message = map(_decoded, block.split(b"\n", 4))
        commits.append(Commit(hash, Author(name, email), read_date(date), message.strip("\n")))
    return tuple(commits)


def commits_of(root: Path, hashes: Iterable[str]) -> dict[str, Commit]:
    """Commits by their hashes."""
    found: dict[str, Commit] = {}
    wanted = list(dict.fromkeys(hashes))
    for start in range(0, len(wanted), _MOST):
        some = read_commits(root, "--no-walk=unsorted", *wanted[start : start + _MOST], "--")
        found |= {commit.hash: commit for commit in some}
    return found


def _decoded(text: bytes) -> str:
    """Git converts what says its encoding; what does not and is not UTF-8 is taken for Latin-1, as git does."""
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("latin-1")


def read_date(raw: str) -> datetime:
    """``1700000000 +0530``. Where no calendar has the date or the zone, the nearest one that it has."""
    seconds, _, zone = raw.partition(" ")
    try:
        offset = int(zone[:3]) * 60 + int(zone[0] + zone[3:])
        return datetime.fromtimestamp(int(seconds), timezone(timedelta(minutes=offset)))
    except (ValueError, OverflowError, OSError, IndexError):
        with contextlib.suppress(ValueError, OverflowError, OSError):
            return datetime.fromtimestamp(int(seconds), UTC)
        return datetime.fromtimestamp(0, UTC)


def check_committable(root: Path, paths: Sequence[str]) -> None:
    """Raise where a commit of these paths (from the root) would not hold what git would commit.

    Raises:
        GitError: A file is kept in LFS: its content is uploaded by a hook, and hooks do not run here.
        Untrusted: A file goes through a filter, or the commit is signed by a program, that is not trusted.
    """
    left_out = untrusted(root)
    filters: dict[str | None, list[str]] = {}
    for concern in left_out:
        if concern.name.startswith("filter."):
            filters.setdefault(split_key(concern.name)[1], []).append(concern.label)
    printed = run(["check-attr", "-z", "filter", "--", *paths], cwd=root).split("\0")[:-1]
    for path, name in zip(printed[0::3], printed[2::3], strict=False):
        if name in filters and (root / path).exists():
            raise Untrusted(f"The commit of {path}", filters[name])
        if name == "lfs" and (root / path).exists():
            raise GitError(
                f"{path} is kept in Git LFS, which this app does not upload.", "Commit that file with git."
            )
    signing = [concern.label for concern in left_out if concern.name.startswith(("gpg.", "user.signing"))]
    if signing and signs_commits(root):
        raise Untrusted("A signed commit", signing)


def check_not_hidden(root: Path, path: str) -> None:
    """Raise GitError where git was told not to look for changes that a file has: a commit would leave them out."""
    about, _, _ = run(["ls-files", "-v", "--stage", "-z", "--", path], cwd=root).partition("\t")
    tag, _, blob = about.split(" ")[:3] if about else ("", "", "")
    mark = "skip-worktree" if tag in ("S", "s") else "assume-unchanged" if tag.islower() else None
    if mark is None:
        return
    is_there = (root / path).is_file()
    if not is_there and mark == "skip-worktree":
        return  # what a sparse checkout leaves out is not removed
    if not is_there or run(["hash-object", "--", path], cwd=root).strip() != blob:
        raise GitError(
            f"{path} has changes that git was told to ignore (its index marks it {mark}).",
            f"Remove the mark, then commit: git update-index --no-{mark} {quote(path)}",
        )


_NAME, _TITLE = "%<(120,trunc)", "%<(300,trunc)"
_LINE_FORMAT = f"--format=%H%n%P%n{_NAME}%an%n{_NAME}%ae%n{_NAME}%ce%n%cd%n{_TITLE}%s"


@dataclass(frozen=True, slots=True)
class LineCommit:
    """A commit on the line.

    Attributes:
        date: When it was committed; when it was written may be years before.
        title: The first line of its message, or the beginning of a long one.
    """

    hash: str
    parents: tuple[str, ...]
    author: Author
    committer_email: str
    date: datetime
    title: str


def first_parents(root: Path, tip: str, without: Collection[str], most: int) -> tuple[LineCommit, ...]:
    """The newest commits of a branch, so many at most, and none that one of some others has."""
    # Git pads and cuts what it prints, so that a message of ten megabytes is not read.
    options = ["--first-parent", "-z", "--no-show-signature", "--date=raw", f"--max-count={most}"]
    command = ["log", *options, _LINE_FORMAT, tip, *(f"^{one}" for one in without), "--"]
    printed = run_bytes(command, cwd=root)
    return tuple(_read(block.decode("utf-8", "replace")) for block in printed.split(b"\0") if block)


def _read(block: str) -> LineCommit:
    hash, parents, name, email, committer, date, title = map(str.strip, block.split("\n", 6))
    return LineCommit(hash, tuple(parents.split()), Author(name, email), committer, read_date(date), title)
