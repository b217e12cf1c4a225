"""A commit as git stores it, and made again on another parent, byte for byte where nothing has to change.

The rule: author, dates, message, its encoding and headers that nobody here knows stay as they are. Only tree, parent and
committer are new, and a signature, which cannot hold for another commit, is made anew or the commit is refused.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from partner_tui.errors import GitError
from partner_tui.repository.config import Author, signs_commits
from partner_tui.repository.git import Watch, run, run_bytes

_SIGNATURES = (b"gpgsig", b"gpgsig-sha256")
_MADE_ANEW = (b"tree", b"parent", b"author", b"committer", *_SIGNATURES)
_IDENT = re.compile(rb"(.*?) ?<(.*?)> (\d+ [+-]\d+)")


@dataclass(frozen=True, slots=True)
class CommitObject:
    """One commit.

    Args:
        headers: Name and value in order, continuation lines included in the value, without the last newline.
        message: As it is, in whatever encoding.
    """

    headers: tuple[tuple[bytes, bytes], ...]
    message: bytes

    @classmethod
    def read(cls, root: Path, commit: str) -> CommitObject:
        """Raises GitError when there is no such commit."""
        return cls.parse(run_bytes(["cat-file", "commit", commit], cwd=root))

    @classmethod
    def parse(cls, raw: bytes) -> CommitObject:
        head, _, message = raw.partition(b"\n\n")
        headers = re.findall(rb"^(\S+) (.*(?:\n .*)*)", head, re.MULTILINE)
        return cls(tuple(headers), message)

    def header(self, name: bytes) -> bytes:
        """The first of this name; empty when there is none."""
        return next((value for known, value in self.headers if known == name), b"")

    @property
    def encoding(self) -> str:
        return self.header(b"encoding").decode("ascii", "replace") or "UTF-8"

    def __bytes__(self) -> bytes:
        return b"".join(b"%s %s\n" % header for header in self.headers) + b"\n" + self.message

    @property
    def parents(self) -> tuple[str, ...]:
        return tuple(value.decode() for name, value in self.headers if name == b"parent")

    def again(self, tree: str, parents: Sequence[str], committer: bytes) -> CommitObject:
        """The same commit with another tree and parents, not signed."""
        first = [(b"tree", tree.encode()), *((b"parent", parent.encode()) for parent in parents)]
        people = [(b"author", self.header(b"author")), (b"committer", committer)]
        rest = [header for header in self.headers if header[0] not in _MADE_ANEW]
        return CommitObject((*first, *people, *rest), self.message)

    def unsigned(self) -> CommitObject:
        return CommitObject(tuple(h for h in self.headers if h[0] not in _SIGNATURES), self.message)


def commit_again(root: Path, commit: str, tree: str, parents: Sequence[str], **watch: Unpack[Watch]) -> str:
    """Make a commit again with another tree and parents; committed by the user, now.

    It is signed when it was, or when the user's configuration says so.

    Returns:
        The hash of the new one, to which nothing refers yet.

    Raises:
        GitError: It cannot be signed, or could only be with another author, message or header.
    """
    old = CommitObject.read(root, commit)
    ident = run_bytes(["-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT"], cwd=root).strip()
    meant = old.again(tree, parents, _encoded(ident, old.encoding))
    if old == old.unsigned() and not signs_commits(root):
        write = ["hash-object", "-t", "commit", "-w", "--literally", "--stdin"]
        return run(write, cwd=root, input=bytes(meant)).strip()
    made = _signed(root, meant, **watch)
    if bytes(CommitObject.read(root, made).unsigned()).rstrip(b"\n") != bytes(meant).rstrip(b"\n"):
        raise GitError(
            f"Commit {commit[:7]} cannot be signed again without a change of its author or message.",
            "Rebase it with git: git pull --rebase",
        )
    return made


@dataclass(frozen=True, slots=True)
class Writer:
    """Who wrote a commit, where it is not the user.

    Attributes:
        author: None for the user.
        date: When, as git takes it; empty for now.
        is_trial: Whether the commit is only to be looked at: committed by nobody, and never signed.
    """

    author: Author | None = None
    date: str = ""
    is_trial: bool = False

    @property
    def environment(self) -> dict[str, str]:
        said = dict(_NOBODY) if self.is_trial else {}
        if self.author is not None:
            said |= self.author.environment("AUTHOR")
        return said | ({"GIT_AUTHOR_DATE": self.date} if self.date else {})


def commit_tree(
    root: Path,
    tree: str,
    parents: Sequence[str],
    message: str,
    writer: Writer | None = None,
    **watch: Unpack[Watch],
) -> str:
    """Make a commit of a tree, by the user, now; signed where the user's configuration says so.

    Args:
        writer: Who else wrote it, or that it is a trial.

    Returns:
        Its hash, to which nothing refers yet.

    Raises:
        GitError: Nobody is configured as author, or it cannot be signed.
    """
    who = writer or Writer()
    signs = ["--no-gpg-sign"] if who.is_trial else ["-S"] if signs_commits(root) else []
    command = ["-c", "user.useConfigOnly=true", "commit-tree", *signs]
    return _write(root, command, tree, parents, message.encode(), who.environment, **watch)


_NOBODY = Author("nobody", "nobody@localhost").environment("AUTHOR", "COMMITTER") | {
    "GIT_AUTHOR_DATE": "@0 +0000",
    "GIT_COMMITTER_DATE": "@0 +0000",
}


def trial_commit(root: Path, tree: str, parents: Sequence[str]) -> str:
    """Make a commit that is only for git to merge with, by nobody and never signed; returns its hash."""
    return commit_tree(root, tree, parents, "Trial", Writer(is_trial=True))


def _signed(root: Path, meant: CommitObject, **watch: Unpack[Watch]) -> str:
    environment: dict[str, str] = {}
    for who in ("author", "committer"):
        if match := _IDENT.fullmatch(meant.header(who.encode())):
            name, email, date = (part.decode("utf-8", "surrogateescape") for part in match.groups())
            environment |= Author(name, email).environment(who.upper())
            environment[f"GIT_{who.upper()}_DATE"] = f"@{date}"
    command = ["-c", f"i18n.commitEncoding={meant.encoding}", "commit-tree", "-S"]
    tree = meant.header(b"tree").decode()
    return _write(root, command, tree, meant.parents, meant.message, environment, **watch)


def _write(
    root: Path,
    command: Sequence[str],
    tree: str,
    parents: Sequence[str],
    message: bytes,
    environment: Mapping[str, str],
    **watch: Unpack[Watch],
) -> str:
    of = [word for parent in parents for word in ("-p", parent)]
    return run([*command, *of, "-F", "-", tree], cwd=root, input=message, extra=environment, **watch).strip()


def _encoded(ident: bytes, encoding: str) -> bytes:
    """The committer in the commit's own encoding, where that has all of its letters."""
    try:
        return codecs.encode(ident.decode("utf-8"), encoding)
    except (LookupError, ValueError):
        return ident
