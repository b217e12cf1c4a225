"""Commits that arrived on the default branch since the maintainer last looked: found, marked as seen, one of it by its commit.

The rule: nothing that somebody else put on the branch is passed over. A merge stands for what it brought; but where the branch
was merged into itself, as ``git pull`` does, both of its lines are the branch, and each of their commits counts.
At the first sight of a repository all that its own branch has is taken as seen: what comes later arrives.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from partner_tui.contributions.arrived import Arrival, is_bot
from partner_tui.contributions.contribution import NO_MESSAGE, State
from partner_tui.errors import GitError, PartnerTuiError
from partner_tui.plain import plural
from partner_tui.repository.commits.commit import LineCommit, first_parents, merge_base
from partner_tui.repository.commits.commit import resolve as resolve_commit
from partner_tui.repository.commits.file_log import cut_off
from partner_tui.repository.commits.trial_merge import try_merge
from partner_tui.repository.git import run
from partner_tui.repository.remotes.same_changes import changes_of
from partner_tui.repository.repository import Repository
from partner_tui.workspace.contributions.kept_seen import Seen, find_seen, keep_seen
from partner_tui.workspace.steps.lock import locked

MOST = 200
"""Commits that are looked at, the newest."""
MOST_DAYS = timedelta(days=90)
"""At the first sight of a repository, what is older has not just arrived."""
LISTED_AS_SEEN = 50
"""Of the newest commits, how many stay listed after they were seen, so that a mark can be taken off again."""
ONE_WORK = timedelta(days=1)
"""Successive commits of one author that lie no further apart are one thing to look at. Git does not tell what was pushed together."""
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
"""What git calls a commit's tree without files: what the first commit of all is compared with."""
_BY_PULL_REQUEST = re.compile(r".*\(#\d+\)(?:\.\.)?")
_A_HASH = re.compile(r"[0-9a-f]{4,64}")


@dataclass(frozen=True, slots=True)
class Line:
    """The default branch since a commit.

    Attributes:
        commits: Those that are somebody else's, the newest first.
        seen: The hashes of those that were marked as seen.
        has_head: Whether the commit is still here.
    """

    commits: tuple[LineCommit, ...]
    seen: frozenset[str]
    has_head: bool


def arrivals(repository: Repository, state: Path, target: str) -> tuple[Arrival, ...]:
    """What somebody else put on the default branch since it was last seen, the newest first; blocks.

    Args:
        state: The clone's folder of the user's state; what is seen at the first sight is noted there.
        target: The newest commit that is known of the branch.

    Raises:
        GitError: The commits cannot be read.
    """
    seen = find_seen(state)
    if seen is None:
        seen = _first_sight(repository, target)
        with contextlib.suppress(PartnerTuiError):  # it is the first sight again, then
            keep_seen(state, seen)
    line = _line(repository, target, seen)
    groups = works(line.commits, line.seen)
    branch = repository.default_branch() or ""
    return tuple(_arrival(some, branch, is_seen=some[0].hash in line.seen) for some in groups)


def mark(
    repository: Repository, state: Path, target: str, marked: Collection[Arrival], *, is_seen: bool = True
) -> None:
    """Note that arrivals were seen, or that they were not; see `arrivals`.

    Raises:
        PartnerTuiError: The note cannot be written.
    """
    with locked(state):  # or, of two marks at once, one would be lost
        seen = find_seen(state) or _first_sight(repository, target)
        seen = seen.marked([commit for one in marked for commit in one.commits], is_seen)
        keep_seen(state, _moved_up(seen, repository.root, _line(repository, target, seen)))


def find_arrival(repository: Repository, target: str, name: str) -> Arrival | None:
    """A commit of the default branch by its hash, or the beginning of it; None where the branch has none of it."""
    if _A_HASH.fullmatch(name) is None:
        return None
    try:
        commit = resolve_commit(repository.root, f"{name}^{{commit}}")
    except GitError:
        return None
    if merge_base(repository.root, commit, target) != commit:
        return None
    (found,) = first_parents(repository.root, commit, (), 1)
    return _arrival([found], repository.default_branch() or "", is_seen=False)


# What was seen


def _first_sight(repository: Repository, target: str) -> Seen:
    """All that the clone's own branch has of the remote's is seen: somebody had it here before the app."""
    root, branch = repository.root, repository.default_branch()
    try:
        own = resolve_commit(root, f"refs/heads/{branch}")
    except GitError:
        own = resolve_commit(root, "HEAD")
    start = merge_base(root, own, target) or target
    limit = datetime.now(UTC) - MOST_DAYS
    older = (one for one in first_parents(root, target, (start,), MOST) if one.date < limit)
    commit = next(older, None) or first_parents(root, start, (), 1)[0]
    return Seen(commit.hash, commit.date)


def _moved_up(seen: Seen, root: Path, line: Line) -> Seen:
    """With a head that is further on, where all was seen; the newest stay as they are."""
    commits = seen.commits | line.seen
    if len(line.commits) > LISTED_AS_SEEN and all(one.hash in line.seen for one in line.commits):
        further = line.commits[LISTED_AS_SEEN]
        if not line.has_head or merge_base(root, seen.head, further.hash) == seen.head:
            kept = {one.hash for one in line.commits[:LISTED_AS_SEEN]}
            return Seen(further.hash, further.date, frozenset(kept))
    return replace(seen, commits=commits)


def _line(repository: Repository, target: str, seen: Seen) -> Line:
    root, branch = repository.root, repository.default_branch() or ""
    try:
        head = resolve_commit(root, f"{seen.head}^{{commit}}")
    except GitError:  # the branch was rewritten, and git cleaned up since
        head = ""
    author = repository.author()
    own = author.email.casefold() if author else None
    commits = [
        commit
        for commit in _both_lines(root, target, (head,) if head else (), branch)
        if own not in (commit.author.email.casefold(), commit.committer_email.casefold())
        and (head or commit.date > seen.date)
    ]
    if not all(commit.parents for commit in commits) and cut_off(root):
        commits = [commit for commit in commits if commit.parents]  # what is before them is not here
    marked = seen.commits | _rewritten(root, target, seen, head, commits)
    known = frozenset(commit.hash for commit in commits)
    return Line(tuple(commits), marked & known, bool(head))


def _rewritten(
    root: Path, target: str, seen: Seen, head: str, commits: Sequence[LineCommit]
) -> frozenset[str]:
    """Of some commits, those that are what was seen already, made again under another hash by a rebase."""
    known = [*seen.commits, *([head] if head else [])]
    if not known or not commits:
        return frozenset()
    options = ["--ignore-missing", "--no-merges", f"--max-count={MOST}"]
    lost = run(["rev-list", *options, *known, f"^{target}", "--"], cwd=root).split()
    if not lost:
        return frozenset()
    changes = changes_of(root, {*lost, *(commit.hash for commit in commits)})
    gone = {changes[commit] for commit in lost if commit in changes}
    return frozenset(commit.hash for commit in commits if changes.get(commit.hash) in gone)


# What the branch is made of


def _both_lines(root: Path, target: str, without: tuple[str, ...], branch: str) -> list[LineCommit]:
    """The branch, newest first, through the merges of it into itself."""
    into_itself = re.compile(rf"Merge (?:remote-tracking )?branch '(?:[^']*/)?{re.escape(branch)}'.*")
    waiting = [(target, without)]
    found: list[LineCommit] = []
    while waiting and len(found) < MOST:
        tip, known = waiting.pop()
        for commit in first_parents(root, tip, known, MOST - len(found)):
            if branch and len(commit.parents) == 2 and into_itself.fullmatch(commit.title):
                waiting.append((commit.parents[1], (*known, commit.parents[0])))
                if _merged_by_git(root, commit):
                    continue
            found.append(commit)
    return found


def _merged_by_git(root: Path, commit: LineCommit) -> bool:
    """Whether a merge is what git makes of its parents, so that nobody did anything in it."""
    try:
        trial = try_merge(root, *commit.parents)
        return not trial.conflicts and trial.tree == resolve_commit(root, f"{commit.hash}^{{tree}}")
    except GitError:
        return False


def works(commits: Sequence[LineCommit], seen: Collection[str] = ()) -> Iterator[list[LineCommit]]:
    """Commits that are one thing to look at, newest first: successive ones by one author.

    What came by a merge or from a pull request stands for itself.
    """
    group: list[LineCommit] = []
    for commit in commits:
        if group and not _belong_together(group[-1], commit, seen):
            yield group
            group = []
        group.append(commit)
    if group:
        yield group


def _belong_together(newer: LineCommit, older: LineCommit, seen: Collection[str]) -> bool:
    return (
        newer.parents == (older.hash,)
        and len(older.parents) <= 1
        and newer.author.email == older.author.email
        and newer.date - older.date <= ONE_WORK
        and (newer.hash in seen) == (older.hash in seen)
        and not any(_BY_PULL_REQUEST.fullmatch(one.title) for one in (newer, older))
    )


def _arrival(commits: Sequence[LineCommit], branch: str, *, is_seen: bool) -> Arrival:
    newest, oldest = commits[0], commits[-1]
    author = newest.author
    count = len(commits)
    more = f" (and {plural(count - 1, 'earlier commit')})" if count > 1 else ""
    how = "merged into" if len(newest.parents) > 1 else "pushed to"
    several = f" in {count} commits" if count > 1 else ""
    return Arrival(
        newest.hash,
        "commit",
        newest.hash,
        author.name or author.email,
        newest.date,
        f"{newest.title or NO_MESSAGE}{more}",
        State.ARRIVED,
        f"{how} {branch or 'the branch'}{several}{', seen' if is_seen else ''}",
        base=oldest.parents[0] if oldest.parents else EMPTY_TREE,
        commits=tuple(commit.hash for commit in commits),
        by_bot=is_bot(author.name, author.email),
        is_seen=is_seen,
    )
