"""A merge or a revert as it would be committed: what it changes, what is left to decide, and what has to be agreed to. Nothing is moved by making one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Unpack

from partner_tui.comparison.three_way import Side as Chosen
from partner_tui.compliance.checker import Checker
from partner_tui.contributions.contribution import Contribution
from partner_tui.contributions.merge_message import co_authors, merge_message, squash_message
from partner_tui.errors import CheckerFailed
from partner_tui.repository.commits.commit import merge_base, read_commits
from partner_tui.repository.commits.commit_object import commit_tree, trial_commit
from partner_tui.repository.config import read_author
from partner_tui.repository.git import Watch
from partner_tui.repository.repository import Repository
from partner_tui.workspace.contributions.fixes_on_top import FixesOnTop, fixes_on_top
from partner_tui.workspace.contributions.merging import TreeMerge, merge_trees
from partner_tui.workspace.contributions.outcome import Outcome, outcome_of
from partner_tui.workspace.contributions.side import read_side


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What can be committed once all of it is decided; of itself a revert.

    Attributes:
        onto: The commit that it is put on top of, as a full hash.
        merged: What git and the merge by entry make of it.
        outcome: What it changes, checked; None while anything is undecided.
        fixes: A second commit with our fixes; None where it was not asked for, or there is nothing to fix.
    """

    onto: str
    message: str
    merged: TreeMerge
    outcome: Outcome | None = None
    fixes: FixesOnTop | None = None

    @property
    def is_decided(self) -> bool:
        return self.merged.tree is not None

    @property
    def parents(self) -> tuple[str, ...]:
        return (self.onto,)

    def objections(self) -> Iterator[str]:
        """What has to be agreed to before it is committed, a sentence each."""
        yield from self.outcome.objections() if self.outcome else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePlan(Plan):
    """A merge.

    Attributes:
        squash: Whether it becomes one commit with one parent.
    """

    contribution: Contribution
    squash: bool

    @property
    def parents(self) -> tuple[str, ...]:
        return (self.onto,) if self.squash else (self.onto, self.contribution.head)

    def trial_commit(self, root: Path) -> str:
        """A commit of what this gives, for others to be planned on top of; it is never put on a branch."""
        tree = self.fixes.tree if self.fixes else self.merged.tree
        assert tree is not None
        return trial_commit(root, tree, self.parents)


class Wishes(Watch, total=False):
    """How a merge is to be made.

    Attributes:
        with_fixes: Whether the upgrade's fixes of the entries that it touches follow as a commit of their own.
        choices: For conflicts, by the key of a value or the path of a file, which side is kept: ``ours`` is the branch's.
    """

    squash: bool
    with_fixes: bool
    choices: Mapping[str, Chosen]


def plan_merge(
    repository: Repository,
    checker: Checker,
    one: Contribution,
    onto: str,
    manifest_name: str | None = None,
    *,
    squash: bool = False,
    with_fixes: bool = False,
    choices: Mapping[str, Chosen] | None = None,
    **watch: Unpack[Watch],
) -> MergePlan:
    """Work out a merge into a commit; see `Wishes`."""
    root, git_folder = repository.root, repository.git_folder
    if merge_base(root, onto, one.head) == one.head:
        merged = TreeMerge("no", why="all of its commits are in the branch already")
    else:
        merged = merge_trees(root, git_folder, onto, one.head, manifest_name, choices, **watch)
    message = squash_message(one, _authors(root, onto, one.head)) if squash else merge_message(one)
    plan = MergePlan(contribution=one, onto=onto, squash=squash, message=message, merged=merged)
    if merged.tree is None:
        return plan
    outcome = outcome_of(root, checker, onto, merged.tree, manifest_name, lost=merged.lost)
    fixes = _fixes(root, git_folder, checker, merged.tree, outcome, manifest_name) if with_fixes else None
    return replace(plan, outcome=outcome, fixes=fixes)


def commit_plan(root: Path, plan: Plan, **watch: Unpack[Watch]) -> str:
    """Make the commits of a plan that is decided; nothing refers to them yet.

    Returns:
        The hash of the last one.

    Raises:
        GitError: Nobody is configured as author, or it cannot be signed.
    """
    assert plan.merged.tree is not None
    commit = commit_tree(root, plan.merged.tree, plan.parents, plan.message, **watch)
    if plan.fixes is not None:
        commit = commit_tree(root, plan.fixes.tree, (commit,), plan.fixes.message, **watch)
    return commit


def _fixes(
    root: Path, git_folder: Path, checker: Checker, tree: str, outcome: Outcome, manifest_name: str | None
) -> FixesOnTop | None:
    touched = [change.after.index for change, _ in outcome.compared.entries if change.after]
    try:
        return fixes_on_top(root, git_folder, checker, read_side(root, tree, manifest_name), tree, touched)
    except CheckerFailed:
        return None


def _authors(root: Path, onto: str, head: str) -> Sequence[str]:
    """Who wrote the commits of a contribution, or is named there as an author, the oldest first, but the user."""
    me = read_author(root)
    commits = reversed(read_commits(root, f"{onto}..{head}", "--"))
    named = [one for commit in commits for one in (str(commit.author), *co_authors(commit.message))]
    return [one for one in named if me is None or f"<{me.email}>" not in one]
