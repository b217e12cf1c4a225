"""Prints what the app makes of every real pull request of the corpus: `python -m tests.contributions.figures [--why] [--fast]`.

What it says is compared with git itself and with the parsed data, read here by another way.
"""

from __future__ import annotations

import argparse
import itertools
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from partner_tui.comparison.matching import match_entries
from partner_tui.compliance.checker import Checker
from partner_tui.contributions.contribution import Contribution, State
from partner_tui.contributions.entry_changes import EntryChange, entry_changes
from partner_tui.contributions.markdown import to_markdown
from partner_tui.manifest.entry import Manifest
from partner_tui.manifest.text.document import Document
from partner_tui.manifest.text.values import same
from partner_tui.workspace.contributions.contributions import Contributions
from partner_tui.workspace.contributions.merging import merge_trees
from partner_tui.workspace.contributions.side import Side, read_side
from tests.comparison.figures import met, strayed
from tests.comparison.pulls import NAMES, PULLS
from tests.real_git import git


class Bundle:
    """A clone of one repository with all that was ever contributed to it.

    Attributes:
        rows: Counts by what they are of.
        why: What is behind each count that needs a look.
    """

    def __init__(self, bundle: Path, folder: Path, checker: Checker) -> None:
        self.root = folder / bundle.stem
        git("clone", "--quiet", str(bundle), str(self.root), cwd=folder)
        git("fetch", "--quiet", "origin", "+refs/pull/*:refs/pull/*", cwd=self.root)
        self.known = Contributions(self.root, checker)
        self.known.fetch()
        self.listed = [one for one in self.known.listed() if one.kind == "pull"]
        self.rows: Counter[str] = Counter()
        self.why: list[str] = []
        self._sides: dict[str, Side] = {}
        self._blobs: dict[str, str] = {}
        self._starts: dict[str, str] = {}

    def side(self, commit: str) -> Side:
        if commit not in self._sides:
            self._sides[commit] = read_side(self.root, commit)
        return self._sides[commit]

    def note(self, row: str, name: str, why: str) -> None:
        self.rows[row] += 1
        self.why.append(f"{row}: {self.root.name} {name}: {why}")

    def git(self, *arguments: str) -> str:
        return git(*arguments, cwd=self.root, check=False)

    # Each by itself

    def describe(self) -> None:
        """Every pull request reviewed; slow, as entries are judged."""
        for one in self.listed:
            started = time.perf_counter()
            review = self.known.review(one)
            review.to_json(), to_markdown(review)
            self.rows["reviewed"] += 1
            self.rows[f"merges: {review.merges.how}"] += 1
            self.slowest = max(getattr(self, "slowest", 0.0), time.perf_counter() - started)

    def states(self) -> None:
        refs = set(self.git("for-each-ref", "--format=%(refname)", "refs/pull").split())
        numbers = {ref.split("/")[2] for ref in refs if ref.endswith("/head")}
        self.rows["pull requests"] += len(numbers)
        if missing := numbers - {one.name for one in self.listed}:
            self.note("not listed", ", ".join(sorted(missing)), "")
        subjects = self.git("log", "--format=%s", "origin/HEAD").splitlines()
        squashed = {word for subject in subjects for word in subject.split() if word.startswith("(#")}
        for one in self.listed:
            self.rows[f"state {one.state}"] += 1
            ancestor = not self.git("rev-list", "--max-count=1", one.head, "^origin/HEAD")
            is_merged = ancestor or f"(#{one.name})" in squashed
            if is_merged and one.state is not State.MERGED:
                self.note("merged, and called otherwise", one.name, str(one.state))
            number = f"#{one.name}"
            said = any(
                number in words and (words[-1] == f"({number})" or words[0] == "Merge")
                for words in (subject.split() for subject in subjects)
            )
            if one.state is State.MERGED and not (is_merged or said):
                self.rows["merged, as all of its changes are in the branch"] += 1
            has_merge = f"refs/pull/{one.name}/merge" in refs
            if has_merge and one.state not in (State.PROBABLY_OPEN, State.MERGED):
                self.note("has a test merge, and is not called open", one.name, str(one.state))

    def entries(self) -> None:
        """The entries that each changes, against a comparison of the parsed data by id."""
        for one in self.listed:
            start = self.start(one)
            old, new = self.side(start), self.side(one.head)
            if old.name is None and new.name is None:
                continue
            if (self.git("rev-parse", f"{start}:{old.name}"), old.name) == (
                self.git("rev-parse", f"{one.head}:{new.name}"),
                new.name,
            ):
                continue
            self.rows["touch the manifest"] += 1
            if old.manifest is None or new.manifest is None:
                self.note("a side cannot be read", one.name, old.problem or new.problem or "no manifest")
                continue
            told = entry_changes(match_entries(old.manifest, new.manifest))
            wrong = differences(old.manifest, new.manifest, told)
            if wrong:
                self.note("entries told wrongly", one.name, "; ".join(wrong))
            else:
                self.rows["entries as in the data"] += 1

    def start(self, one: Contribution) -> str:
        """Where a pull request begins: what it has in common with the branch before it was merged there."""
        if one.head not in self._starts:
            self._starts[one.head] = self._start(one)
        return self._starts[one.head]

    def _start(self, one: Contribution) -> str:
        path = self.git(
            "rev-list", "--first-parent", "--reverse", "--ancestry-path", f"{one.head}..origin/HEAD"
        ).splitlines()
        onto = f"{path[0]}^1" if path else "origin/HEAD"
        return self.git("merge-base", onto, one.head) or f"{one.head}^"

    # By twos

    def pairs(self, most: int | None = None) -> None:
        """Every two that both change the manifest since what they have in common, merged with each other; each pair of edits once.

        Args:
            most: So many pairs at most.
        """
        touching = [one for one in self.listed if self.blobs(self.start(one)) != self.blobs(one.head)]
        seen: set[tuple[str, ...]] = set()
        for one, other in itertools.combinations(touching, 2):
            start = self.git("merge-base", one.head, other.head)
            blobs = tuple(self.blobs(commit) for commit in (start, one.head, other.head)) if start else ()
            if most is not None and len(seen) == most:
                break
            if len(set(blobs)) == 3 and blobs not in seen:
                seen.add(blobs)
                self._pair(f"#{one.name} #{other.name}", start, one.head, other.head)

    def blobs(self, commit: str) -> str:
        """The manifests of a commit, by name and content."""
        if commit not in self._blobs:
            self._blobs[commit] = self.git("ls-tree", commit, *NAMES)
        return self._blobs[commit]

    def _pair(self, name: str, start: str, ours: str, theirs: str) -> None:
        self.rows["pairs"] += 1
        tree, *conflicts = self.git(
            "merge-tree", "--write-tree", "--name-only", "--no-messages", ours, theirs
        ).split("\n")
        merged = merge_trees(self.root, self.root / ".git", ours, theirs)
        if not conflicts:
            self.rows["pairs: git merges"] += 1
            if merged.tree != tree:
                self.note("pairs: git merges, and the result is another", name, merged.why or merged.how)
            return
        in_manifest = bool({*conflicts} & {*NAMES})
        self.rows["pairs: git does not merge"] += 1
        documents = [self._document(commit) for commit in (start, ours, theirs)]
        if None in documents:
            self.note("pairs: a side cannot be read", name, merged.why or merged.how)
            return
        base, mine, other = (one for one in documents if one is not None)
        if merged.tree is not None:
            result = self._document(merged.tree)
            wrong = ["unreadable"] if result is None else strayed(base, mine, other, result)
            row = "pairs: git does not, merged by entry"
            self.note(f"{row}, wrongly" if wrong else row, name, "; ".join(wrong))
        elif not merged.conflicts and not {file.path for file in merged.files} & {*NAMES} and merged.files:
            self.note("pairs: git does not, another file to be decided", name, merged.why or "")
        elif merged.conflicts:
            apart = in_manifest and not merged.files and not met(base, mine, other)
            row = "pairs: git does not, to be decided"
            self.note(f"{row} although nothing was changed by both" if apart else row, name, merged.why or "")
        else:
            self.note("pairs: git does not, cannot be merged", name, merged.why or "")

    def _document(self, commit: str) -> Document | None:
        manifest = self.side(commit).manifest
        return manifest.document if manifest else None

    # The past

    def past(self) -> None:
        """Every merge of two sides that both changed the manifest, against what was committed."""
        for line in self.git("rev-list", "--all", "--merges", "--parents").splitlines():
            commit, ours, theirs, *more = line.split()
            start = self.git("merge-base", ours, theirs)
            if more or not start:
                continue
            if len({self.blobs(one) for one in (start, ours, theirs)}) < 3:
                continue
            self.rows["historic merges of two sides"] += 1
            merged = merge_trees(self.root, self.root / ".git", ours, theirs)
            if merged.tree and self.git("rev-parse", f"{commit}^{{tree}}") == merged.tree:
                self.rows["historic merges: the tree that was committed"] += 1
            elif merged.tree and self.side(commit).text == self.side(merged.tree).text:
                self.rows["historic merges: the manifest that was committed"] += 1
            elif merged.tree is None:
                self.note("historic merges: asked about", commit[:7], merged.why or "")
            else:
                versions = [self._document(one) for one in (start, ours, theirs, commit)]
                documents = [one for one in versions if one is not None]
                gone = strayed(*documents) if len(documents) == 4 else []
                row = "historic merges: what was committed lost an edit of one side"
                self.note(row if gone else "historic merges: another result", commit[:7], "; ".join(gone))


def differences(old: Manifest, new: Manifest, changes: tuple[EntryChange, ...]) -> list[str]:
    """How changes differ from what the parsed data say of the entries that have an id of their own."""
    before, after = _by_id(old), _by_id(new)
    told: dict[str, set[str]] = {kind: set() for kind in ("added", "removed", "changed", "renamed", "was")}
    for one in changes:
        told[one.change].add(one.name)
        if one.was:
            told["was"].add(one.was)
    both = before.keys() & after.keys()
    expected = {
        "come": after.keys() - before.keys(),
        "gone": before.keys() - after.keys(),
        "changed": {id for id in both if not same(before[id], after[id])},
    }
    found = {
        "come": (told["added"] | told["renamed"]) & after.keys(),
        "gone": (told["removed"] | told["was"]) & before.keys(),
        "changed": told["changed"] & both,
    }
    return [
        f"{kind}: {sorted(expected[kind] ^ found[kind])[:5]}"
        for kind in expected
        if expected[kind] != found[kind]
    ]


def _by_id(manifest: Manifest) -> Mapping[str, Any]:
    counts = Counter(entry.id for entry in manifest.entries)
    return {entry.id: entry.own for entry in manifest.entries if entry.id and counts[entry.id] == 1}


def bundles(folder: Path, checker: Checker) -> Iterator[Bundle]:
    for bundle in sorted(PULLS.glob("*.bundle")):
        yield Bundle(bundle, folder, checker)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--why", action="store_true")
    parser.add_argument("--fast", action="store_true", help="without the reviews")
    arguments = parser.parse_args()
    rows: Counter[str] = Counter()
    why: list[str] = []
    with tempfile.TemporaryDirectory() as folder, Checker() as checker:
        for one in bundles(Path(folder), checker):
            one.states()
            one.entries()
            one.pairs()
            one.past()
            if not arguments.fast:
                one.describe()
                print(f"{one.root.name}: the slowest review took {one.slowest:.1f} s")
            rows.update(one.rows)
            why += one.why
    print("\n".join(f"{count:5} {row}" for row, count in rows.items()))
    if arguments.why:
        print("\n".join(sorted(why)))


if __name__ == "__main__":
    main()
