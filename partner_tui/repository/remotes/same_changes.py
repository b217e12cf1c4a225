"""Finds the heads that a branch has by their changes: each of their commits has its like on the branch, under another hash.

The answer is that of ``git cherry`` for each head. That compares every head with the whole branch again, which takes minutes
for a few hundred heads; here each commit is compared once. Where two differ is never guessed: a commit that cannot be compared
is not on the branch.
"""

from __future__ import annotations

import contextvars
import hashlib
import os
import re
from collections.abc import Collection, Iterable, Mapping, MutableMapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from partner_tui.errors import GitError
from partner_tui.repository.git import run, run_bytes

_AT_ONCE = 50
"""Commits that one process compares: what it prints is held in memory."""
_MOST_PROCESSES = 4
_COMMIT = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_DIFF = (
    *("diff-tree", "--stdin", "-r", "--root", "--patch", "--unified=3", "--full-index", "--no-renames"),
    *("--no-ext-diff", "--no-textconv", "--no-color", "--ignore-submodules=none"),
)
_NOT_CONTENT = (b"@@", b"index ", b"\\")


def with_all_changes(
    root: Path,
    target: str,
    heads: Collection[str],
    known: MutableMapping[str, bytes] | None = None,
    *,
    compares: bool = True,
) -> frozenset[str]:
    """The heads of whose commits each, merges aside, has its like among those of the target that the head lacks.

    Args:
        target: The branch, as a commit.
        heads: Commits that the branch does not have.
        known: What `changes_of` gave before, of any commits; what it gives now is added.
        compares: Whether commits are compared of which that is not known; else it is not told of their heads.
    """
    if not heads:
        return frozenset()
    try:
        own = _own_commits(root, target, heads)
        start = run(["merge-base", "--octopus", target, *heads], cwd=root, says_no=1).split()
        brought = _listed(root, target, start)
    except GitError:
        return frozenset()
    changes: MutableMapping[str, bytes] = {} if known is None else known
    wanted = {*brought, *(commit for commits in own.values() for commit in commits)}
    if compares:
        changes.update(changes_of(root, wanted - changes.keys()))
    on_branch = {changes[commit] for commit in brought if commit in changes}

    def is_there(head: str) -> bool:
        wanted = {changes.get(commit, b"") for commit in own[head]}
        if not wanted or not wanted <= on_branch:
            return False
        # A change that was taken back before the head began, and is made again by it, is not on the branch.
        return wanted <= {changes.get(commit, b"") for commit in _listed(root, target, [head])} - {b""}

    return frozenset(head for head in own if is_there(head))


def commits_alike(
    root: Path, target: str, head: str, known: MutableMapping[str, bytes] | None = None
) -> list[str]:
    """The commits of the target that change what the commits of a head do, which it has not.

    Args:
        known: As of `with_all_changes`.

    Returns:
        Full hashes, the newest first; none where they do not follow one another, or not all are there.
    """
    own = _own_commits(root, target, [head])[head]
    listed = _listed(root, target, [head])
    changes: MutableMapping[str, bytes] = {} if known is None else known
    changes.update(changes_of(root, {*own, *listed} - changes.keys()))
    wanted = {changes.get(commit, b"") for commit in own}
    found = [commit for commit in listed if changes.get(commit) in wanted]
    if not found or {changes[commit] for commit in found} != wanted:
        return []
    lines = run(["rev-list", "--parents", "--no-walk=unsorted", *found], cwd=root).splitlines()
    parents = [line.split()[1:] for line in lines]
    follow = all(above == [older] for above, older in zip(parents[:-1], found[1:], strict=True))
    return found if follow else []


def _own_commits(root: Path, target: str, heads: Iterable[str]) -> dict[str, list[str]]:
    """The commits of each head that the target lacks, merges aside."""
    revisions = "\n".join([f"^{target}", *heads, ""]).encode()
    lines = run(["rev-list", "--parents", "--stdin"], cwd=root, input=revisions).splitlines()
    parents = {commit: above for commit, *above in (line.split() for line in lines)}
    return {head: [one for one in _reached(head, parents) if len(parents[one]) < 2] for head in heads}


def _reached(head: str, parents: Mapping[str, Sequence[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [head]
    while waiting:
        commit = waiting.pop()
        if commit in parents and commit not in seen:
            seen.add(commit)
            waiting += parents[commit]
    return seen


def _listed(root: Path, target: str, without: Iterable[str]) -> list[str]:
    """The commits of the target, merges aside, that some others do not have."""
    excluded = [f"^{one}" for one in without]
    return run(["rev-list", "--no-merges", target, *excluded, "--"], cwd=root).split()


def changes_of(root: Path, commits: Iterable[str]) -> dict[str, bytes]:
    """A digest of what each commit changes, wherever in its files that is; none of those that change nothing."""
    ordered = sorted(commits)
    groups = [ordered[start : start + _AT_ONCE] for start in range(0, len(ordered), _AT_ONCE)]
    if not groups:
        return {}
    found: dict[str, bytes] = {}
    with ThreadPoolExecutor(min(len(groups), os.cpu_count() or 1, _MOST_PROCESSES)) as pool:
        # A thread has a context of its own, and ours may say that nothing is fetched.
        made = [pool.submit(contextvars.copy_context().run, _changes_of_some, root, some) for some in groups]
        for one in made:
            found |= one.result()
    return found


def _changes_of_some(root: Path, some: Sequence[str]) -> dict[str, bytes]:
    try:
        printed = run_bytes(_DIFF, cwd=root, input="".join(f"{one}\n" for one in some).encode())
    except GitError:  # objects that are not there, or more than is held in memory: of one of them
        half = len(some) // 2
        return _changes_of_some(root, some[:half]) | _changes_of_some(root, some[half:]) if half else {}
    return _digests(printed)


def _digests(printed: bytes) -> dict[str, bytes]:
    """Line numbers and blanks aside, as ``git patch-id`` has it; of binary files, by the hashes of their content."""
    digests = {}
    digest, index = hashlib.sha256(), b""
    for line in printed.removesuffix(b"\n").split(b"\n"):
        if _COMMIT.fullmatch(line):
            digests[line.decode()] = digest = hashlib.sha256()
        elif line.startswith(b"index "):
            index = line
        elif not line.startswith(_NOT_CONTENT):
            digest.update(b"".join(line.split()) + b"\n")
            if line.startswith(b"Binary files "):
                digest.update(index)
    return {commit: digest.digest() for commit, digest in digests.items()}
