"""Pull and merge requests as a remote's refs have them, and what the branch that they are for says of each.

GitHub, Gitea and Forgejo keep ``refs/pull/N/head`` for ever and ``refs/pull/N/merge`` while it is open and merges; GitLab keeps
``refs/merge-requests/N/head``. They are fetched into refs of our own: nothing is checked out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from partner_tui.repository.branches.by_hand import PREFIX
from partner_tui.repository.branches.tracking import HEADS
from partner_tui.repository.commits.commit import read_date
from partner_tui.repository.git import run

OURS = "refs/partner-tui/contributions/"
PULLS = (
    f"+refs/pull/*/head:{OURS}pull/*/head",
    f"+refs/pull/*/merge:{OURS}pull/*/merge",
    f"+refs/merge-requests/*/head:{OURS}merge-requests/*/head",
)
"""What brings every pull and merge request."""
LONGEST = 300
"""Characters of a title or a name that are kept: a message may have ten megabytes on its first line."""
_REF = re.compile(r"(?:refs/|refs/partner-tui/contributions/)(pull|merge-requests)/(\d+)/(head|merge)")
_FORMAT = "%(refname)%00%(objectname)%00%(authorname)%00%(authordate:raw)%00%(contents:subject)"
_SQUASHED = re.compile(r"\(#(\d+)\)\s*$")
_MERGED = re.compile(r"Merge (?:pull request #|PR #|branch '.*' .*See merge request .*!)(\d+)\b")


@dataclass(frozen=True, slots=True)
class Head:
    """The newest commit of a contribution.

    Attributes:
        name: The number of a pull or merge request, or the branch.
        kind: ``pull``, ``merge-requests``, ``branch``, or ``hand`` for a branch of what was brought by hand.
        commit: Its full hash.
        has_merge: Whether the forge keeps a test merge of it.
    """

    name: str
    kind: str
    commit: str
    author: str
    date: datetime
    title: str
    has_merge: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """What a branch says of contributions to it.

    Attributes:
        by_head: The merge commit of its first-parent history that brought a commit.
        by_number: The commit whose subject names a number: a squash, or a merge.
        ancestors: Commits of heads that the branch has.
    """

    by_head: Mapping[str, str]
    by_number: Mapping[str, str]
    ancestors: frozenset[str]


def read_heads(root: Path, remote: str | None, target: str) -> tuple[Head, ...]:
    """The pull and merge requests that were fetched, the newest number first; then branches of the remote that are ahead, or
    where there is none, of the repository itself; then what was brought by hand.

    Args:
        target: The branch that they are for, as a revision.
    """
    listed = run(
        ["for-each-ref", f"--format={_FORMAT}", "refs/pull", "refs/merge-requests", OURS], cwd=root
    ).splitlines()
    heads: dict[tuple[str, str], Head] = {}
    merges: set[tuple[str, str]] = set()
    for line in listed:
        ref, *about = line.split("\0")
        if (found := _REF.fullmatch(ref)) is None:
            continue
        kind, number, what = found.groups()
        if what == "merge":
            merges.add((kind, number))
        elif (kind, number) not in heads or ref.startswith(OURS):
            heads[kind, number] = _head(number, kind, about)
    pulls = [replace(one, has_merge=key in merges) for key, one in heads.items()]
    pulls.sort(key=lambda one: -int(one.name))
    by_hand = _branches(root, "hand", HEADS, under=PREFIX)
    start = f"refs/remotes/{remote}/" if remote else HEADS
    ahead = _branches(root, "branch", start, f"--no-merged={target}")
    return (*pulls, *(one for one in ahead if remote or not one.name.startswith(PREFIX)), *by_hand)


def local_head(root: Path, name: str) -> Head | None:
    """A branch of the clone itself by its name; None where there is none."""
    return next((one for one in _branches(root, "branch", HEADS, under=name) if one.name == name), None)


def pull_heads(root: Path) -> frozenset[str]:
    """The newest commits of the pull and merge requests that were fetched, as full hashes."""
    refs = ("refs/pull/*/head", "refs/merge-requests/*/head", f"{OURS}*/*/head")
    return frozenset(run(["for-each-ref", "--format=%(objectname)", *refs], cwd=root).split())


def _branches(root: Path, kind: str, start: str, *which: str, under: str = "") -> tuple[Head, ...]:
    arguments = ["for-each-ref", f"--format={_FORMAT}", "--sort=-authordate", *which, start + under]
    listed = (line.split("\0") for line in run(arguments, cwd=root).splitlines())
    return tuple(
        _head(ref.removeprefix(start), kind, about) for ref, *about in listed if not ref.endswith("/HEAD")
    )


def _head(name: str, kind: str, about: list[str]) -> Head:
    commit, author, date, title = about
    return Head(name, kind, commit, author[:LONGEST], read_date(date), title[:LONGEST])


def what_was_brought(root: Path, target: str, heads: tuple[Head, ...]) -> Brought:
    """What the history of a branch says of heads."""
    by_head: dict[str, str] = {}
    by_number: dict[str, str] = {}
    printed = run(["log", "--first-parent", "-z", "--format=%H %P%n%s", target, "--"], cwd=root)
    for record in printed.split("\0"):
        hashes, _, subject = record.partition("\n")
        commit, *parents = hashes.split() or [""]
        for parent in parents[1:]:
            by_head.setdefault(parent, commit)
        if found := _SQUASHED.search(subject) or _MERGED.match(subject):
            by_number.setdefault(found[1], commit)
    wanted = {head.commit for head in heads}
    reachable = run(["rev-list", target, "--"], cwd=root).split() if wanted else ()
    return Brought(by_head, by_number, frozenset(wanted.intersection(reachable)))
