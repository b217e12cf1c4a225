"""Builds the sample partner's repository: a bare remote with history and pull requests, and a clone of it.

All commits come from one `git fast-import` of fixed people and times, so that their hashes are the same on every machine.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from partner_tui.demo.history import PULLS, REVISIONS, Person, Tree, pull_tree, trees
from partner_tui.errors import PartnerTuiError, SourceError
from partner_tui.repository.clones.clone import clone
from partner_tui.repository.clones.source import parse_source
from partner_tui.repository.config import Author
from partner_tui.repository.git import run
from partner_tui.repository.repository import Repository
from partner_tui.repository.stale_files import temporary_prefix
from partner_tui.settings import Directories
from partner_tui.workspace.contributions.kept_seen import Seen, keep_seen
from partner_tui.workspace.opening.opening import state_folder

#: The forge's name of the sample repository, as its manifest's addresses have it.
SLUG = "meadow-imaging/bioimage-io-resources"

#: Commits are made under this name where the user has told git none.
IDENTITY = ("Demo Maintainer", "demo@meadow.example.org")


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the sample partner lies: the bare repository that is pushed to, and the clone that is worked in."""

    remote: Path
    clone: Path


def temporary_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder for a sample that is removed at the end, whatever is still at work in it."""
    return tempfile.TemporaryDirectory(prefix=temporary_prefix("demo"), ignore_cleanup_errors=True)


def build_demo(folder: Path, directories: Directories | None = None) -> Demo:
    """Make the remote and its clone below `folder`, in well under a second.

    Args:
        directories: Where the app keeps its things: there it is noted that the maintainer has seen all but the newest commit.

    Raises:
        SourceError: There is a sample already, which may hold somebody's edits.
        GitError: Git is missing, or cannot write there.
    """
    folder = folder.absolute()
    target = folder / "clone" / SLUG.rpartition("/")[2]
    if target.exists():
        raise SourceError(f"{folder} already contains a sample.", f"Open it: partner-tui {target}")
    remote = build_remote(folder)
    clone(parse_source(remote.as_uri()), target)
    run(["config", "--local", "partner-tui.slug", SLUG], cwd=target)
    repository = Repository.open(target)
    if repository.author() is None:
        repository.set_author(Author(*IDENTITY))
    if directories is not None:
        seen = run(["rev-parse", "main~1"], cwd=remote).strip()
        when = datetime.fromtimestamp(REVISIONS[-2].when, UTC)
        with contextlib.suppress(PartnerTuiError):  # it has just not arrived, then
            keep_seen(state_folder(target, directories), Seen(seen, when))
    return Demo(remote, target)


def build_remote(folder: Path) -> Path:
    """Make the bare repository alone; returns its folder."""
    remote = folder / "remote" / f"{SLUG}.git"
    remote.mkdir(parents=True)
    run(["init", "--quiet", "--bare", "--template=", "--initial-branch=main", "."], cwd=remote)
    for key in ("uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant"):  # as the forges have it
        run(["config", "--local", key, "true"], cwd=remote)
    run(["fast-import", "--quiet"], cwd=remote, input=import_stream())
    return remote


def import_stream() -> bytes:
    """What `git fast-import` reads: every commit of the main branch, and one for each pull request."""
    package = resources.files("partner_tui.demo")
    states = trees(dict(_files(package / "partner")))
    stream = _Stream()
    commits = [
        stream.commit("refs/heads/main", revision.author, revision.when, revision.message, state)
        for revision, state in zip(REVISIONS, states, strict=True)
    ]
    for revision, commit in zip(REVISIONS, commits, strict=True):
        if revision.pull:
            stream.reference(f"refs/pull/{revision.pull}/head", commit)
    for pull in PULLS:
        base = len(states) - 1 - pull.behind
        added = dict(_files(package / "pulls" / pull.added)) if pull.added else {}
        tree = pull_tree(pull, states[base], added)
        head = stream.commit(
            pull.reference, pull.author, pull.when, pull.message, tree, parents=(commits[base],)
        )
        if pull.merges:
            merged = pull_tree(pull, states[-1], added)
            message = f"Merge {pull.number} into main"
            parents = (commits[-1], head)
            stream.commit(
                f"refs/pull/{pull.number}/merge", pull.author, pull.when, message, merged, parents=parents
            )
    return b"".join(stream.parts)


class _Stream:
    """The import being written; equal contents are written once."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self._marks: dict[bytes, int] = {}
        self._count = 0

    def commit(
        self,
        reference: str,
        author: Person,
        when: int,
        message: str,
        tree: Tree,
        parents: tuple[int, ...] = (),
    ) -> int:
        """Write a commit and the contents it needs; returns its mark. Without parents it follows the reference."""
        marks = {path: self._blob(data) for path, data in sorted(tree.items())}
        who = f"{author.name} <{author.email}> {when} +0000"
        mark = self._next()
        self._line(f"commit {reference}", f"mark :{mark}", f"author {who}", f"committer {who}")
        self._data(f"{message}\n".encode())
        for word, parent in zip(("from", "merge"), parents, strict=False):
            self._line(f"{word} :{parent}")
        self._line("deleteall", *(f"M 100644 :{blob} {path}" for path, blob in marks.items()), "")
        return mark

    def reference(self, name: str, commit: int) -> None:
        """Write a reference to a commit, by its mark."""
        self._line(f"reset {name}", f"from :{commit}", "")

    def _blob(self, data: bytes) -> int:
        if data not in self._marks:
            self._marks[data] = self._next()
            self._line("blob", f"mark :{self._marks[data]}")
            self._data(data)
        return self._marks[data]

    def _data(self, data: bytes) -> None:
        self._line(f"data {len(data)}")
        self.parts += (data, b"\n")

    def _line(self, *lines: str) -> None:
        self.parts.append("".join(f"{line}\n" for line in lines).encode())

    def _next(self) -> int:
        self._count += 1
        return self._count


def _files(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    """The files below a folder of the package, as (path, content), without what Python or a desktop leaves there."""
    for child in folder.iterdir():
        if child.name.startswith((".", "__")):
            continue
        if child.is_dir():
            yield from _files(child, f"{prefix}{child.name}/")
        else:
            yield f"{prefix}{child.name}", child.read_bytes()
