"""The real pull requests of the corpus: five repositories with all that was ever contributed to them."""

from __future__ import annotations

import itertools
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.corpus import CORPUS

NAMES = ("manifest.bioimage.io.yaml", "collection.bioimage.io.yaml", "collection.yaml")
PULLS = CORPUS / "pulls"


@dataclass(frozen=True)
class Triple:
    """Two descendants of one manifest; None where it is not there.

    Args:
        name: What to call it in a report.
        result: What was committed, for a merge of the past.
    """

    name: str
    base: bytes | None
    ours: bytes | None
    theirs: bytes | None
    result: bytes | None = None

    @property
    def is_two_sided(self) -> bool:
        return len({self.base, self.ours, self.theirs}) == 3


class Repository:
    """A mirror of one bundle."""

    def __init__(self, bundle: Path, folder: Path) -> None:
        self.name = bundle.stem
        self._root = folder / f"{bundle.stem}.git"
        if not self._root.exists():
            subprocess.run(
                ["git", "clone", "--quiet", "--mirror", str(bundle), str(self._root)], check=True, cwd=folder
            )
        self._read = cache(self._blob)
        self._listed = cache(self._manifests_at)

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self._root, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    def _blob(self, hash: str) -> bytes:
        command = ["git", "cat-file", "blob", hash]
        return subprocess.run(command, cwd=self._root, capture_output=True, check=True).stdout

    def manifests(self, *commits: str) -> Iterator[tuple[str, list[bytes | None]]]:
        """Each manifest that one of the commits has, and its content in all."""
        for name in NAMES:
            hashes = [self._listed(commit).get(name) for commit in commits]
            if any(hashes):
                yield name, [self._read(hash) if hash else None for hash in hashes]

    def _manifests_at(self, commit: str) -> dict[str, str]:
        """The hash of each manifest of a commit."""
        lines = self.git("ls-tree", commit, *NAMES).splitlines()
        return {name: about.split()[2] for about, _, name in (line.partition("\t") for line in lines)}

    def heads(self) -> dict[str, str]:
        """The commit of each pull request, by its number."""
        lines = self.git("for-each-ref", "--format=%(refname) %(objectname)", "refs/pull").splitlines()
        return {ref.split("/")[2]: commit for ref, _, commit in (line.partition(" ") for line in lines)}

    def pairs(self) -> Iterator[Triple]:
        """Every two pull requests that begin at one commit and both change the manifest."""
        groups: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for number, commit in self.heads().items():
            groups[self._start(commit)].append((number, commit))
        for start, members in groups.items():
            yield from self._two_sided(start, members)

    def all_pairs(self) -> Iterator[Triple]:
        """Every two pull requests that both change the manifest since what they have in common; each pair of edits once."""
        seen = set()
        for one, other in itertools.combinations(self.heads().items(), 2):
            if self._listed(one[1]) == self._listed(other[1]):
                continue
            start = self.git("merge-base", one[1], other[1])
            for triple in self._two_sided(start, (one, other)) if start else ():
                key = (triple.base, triple.ours, triple.theirs)
                if key not in seen:
                    seen.add(key)
                    yield triple

    def _two_sided(self, start: str, members: Iterable[tuple[str, str]]) -> Iterator[Triple]:
        for (one, ours), (other, theirs) in itertools.combinations(members, 2):
            for _, contents in self.manifests(start, ours, theirs):
                triple = Triple(f"{self.name} #{one} #{other}", *contents)
                if triple.is_two_sided:
                    yield triple

    def _start(self, head: str) -> str:
        """Where a pull request begins: what it has in common with the branch before it was merged there."""
        path = self.git(
            "rev-list", "--first-parent", "--reverse", "--ancestry-path", f"{head}..HEAD"
        ).splitlines()
        return self.git("merge-base", f"{path[0]}^1" if path else "HEAD", head)

    def merges(self) -> Iterator[Triple]:
        """Every merge commit both of whose sides changed the manifest."""
        for line in self.git("rev-list", "--all", "--merges", "--parents").splitlines():
            commit, ours, theirs, *more = line.split()
            base = self.git("merge-base", ours, theirs)
            if more or not base:
                continue
            for _, contents in self.manifests(base, ours, theirs, commit):
                triple = Triple(f"{self.name} {commit[:7]}", *contents)
                if triple.is_two_sided:
                    yield triple

    def successive(self) -> Iterator[Triple]:
        """Three successive states of the manifest on a branch, the middle one taken for the base of the two others."""
        for name in NAMES:
            commits = self.git("log", "--first-parent", "--format=%H", "HEAD", "--", name).splitlines()
            for after, middle, before in zip(commits, commits[1:], commits[2:], strict=False):
                for found, contents in self.manifests(middle, before, after):
                    if found == name:
                        yield Triple(f"{self.name} {middle[:7]}", *contents)


def repositories(folder: Path) -> Iterator[Repository]:
    for bundle in sorted(PULLS.glob("*.bundle")):
        yield Repository(bundle, folder)
