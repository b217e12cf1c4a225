"""Which commits of a branch brought a contribution: what it is compared with once it is merged, and what reverts it.

The rule: where git does not show where a contribution begins, that is said, and no commit of anybody else is taken for it.
"""

from __future__ import annotations

from collections.abc import Collection, MutableMapping, Sequence
from itertools import pairwise
from pathlib import Path

from partner_tui.contributions.contribution import Contribution
from partner_tui.errors import GitError
from partner_tui.plain import plural, visible
from partner_tui.repository.commits.commit import first_parents, merge_base
from partner_tui.repository.commits.commit import resolve as resolve_commit
from partner_tui.repository.git import run
from partner_tui.repository.remotes.pull_refs import pull_heads, what_was_brought
from partner_tui.repository.remotes.same_changes import commits_alike
from partner_tui.workspace.contributions.arrived import MOST, works


def before_merge(root: Path, one: Contribution, branch: str, refs: Sequence[str] = ()) -> tuple[str, str]:
    """The commit of a branch before it got the commits of a contribution, as a revision.

    Args:
        refs: Of the branch here and of the remote's, whose reflogs say from where it was moved.

    Returns:
        The revision, and in a sentence what is not certain of it; "" where git shows it.
    """
    if one.merged_by:
        return f"{one.merged_by}^1", ""
    if not _has(root, branch, one.head):
        return branch, ""  # it has the changes in commits of its own
    line = run(["rev-list", "--first-parent", branch, "--"], cwd=root).split()
    if one.head in line:
        return _before_fast_forward(root, one.head, frozenset(line[line.index(one.head) + 1 :]), refs)
    with_it = set(run(["rev-list", "--ancestry-path", f"{one.head}..{branch}", "--"], cwd=root).split())
    return f"{next(commit for commit in reversed(line) if commit in with_it)}^1", ""


def _before_fast_forward(
    root: Path, head: str, older: Collection[str], refs: Sequence[str]
) -> tuple[str, str]:
    """Where a branch was before it was moved to a head: what the author did in one go is taken for it.

    That is certain where a reflog says the same. A reflog alone says when this clone moved the branch, which a fetch does
    for the commits of several people.
    """
    bounds, moved_from = set(pull_heads(root).intersection(older)), set[str]()
    for ref in refs:
        log = run(["log", "-g", "--format=%H %gs", f"--max-count={MOST}", ref, "--"], cwd=root, says_no=128)
        for (now, _, how), (was, *_) in pairwise(line.partition(" ") for line in log.splitlines()):
            if was in older and now not in older and not how.startswith("commit"):
                bounds.add(was)
                if now == head:
                    moved_from.add(was)
    commits = next(works(first_parents(root, head, bounds, MOST)))
    before = next(iter(commits[-1].parents), head)  # the first commit of all has nothing before it
    if before in moved_from:
        return before, ""
    words = f"{plural(len(commits), 'commit')} by {visible(commits[0].author.name, 60)}"
    return (
        before,
        f"The branch was moved to it, and git does not say from where: these are the {words} up to it.",
    )


def merged_commits(
    root: Path,
    one: Contribution,
    branch: str,
    made_here: tuple[str, str] | None = None,
    changes: MutableMapping[str, bytes] | None = None,
    refs: Sequence[str] = (),
) -> tuple[str, str]:
    """The commits by which a branch got a contribution: the one before them, and the last of them.

    Args:
        made_here: Of a merge on this machine, and of this contribution alone: where the branch was before and after it.

    Raises:
        GitError: The branch does not have it, or git does not show which commits these are.
    """
    if made_here is not None and _has(root, branch, made_here[1]):
        return made_here
    brought = what_was_brought(root, branch, ())
    by_number = brought.by_number.get(one.name) if one.kind in ("pull", "merge-requests") else None
    if commit := brought.by_head.get(one.head) or by_number:
        return resolve_commit(root, f"{commit}^1"), commit
    if _has(root, branch, one.head):
        start = merge_base(root, before_merge(root, one, branch, refs)[0], one.head)
        if start not in (None, one.head):
            return str(start), one.head
    elif alike := commits_alike(root, branch, one.head, changes):
        return resolve_commit(root, f"{alike[-1]}^1"), alike[0]
    raise GitError(
        f"git does not show which commits brought {visible(one.reference, 60)}.",
        "Restore its entries in their history (h in Entries), or use git revert.",
    )


def _has(root: Path, branch: str, commit: str) -> bool:
    return merge_base(root, branch, commit) == commit
