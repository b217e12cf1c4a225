"""One merge as it would be: its diff, what is left to decide, and what has to be agreed to. Nothing is moved by making one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from partner_tui.comparison.three_way import Side as Chosen
from partner_tui.compliance.checker import Checker
from partner_tui.compliance.finding import Severity
from partner_tui.contributions.contribution import Contribution
from partner_tui.contributions.merge_message import merge_message, squash_message
from partner_tui.plain import few, plural, visible
from partner_tui.repository.commits.commit import read_commits
from partner_tui.repository.commits.commit_object import commit_tree
from partner_tui.repository.commits.diff import diff_text
from partner_tui.repository.commits.tree_changes import TreeChange, tree_changes
from partner_tui.repository.config import read_author
from partner_tui.repository.git import Watch
from partner_tui.workspace.contributions.comparing import NOTHING, Compared, compare
from partner_tui.workspace.contributions.merging import TreeMerge, merge_trees
from partner_tui.workspace.contributions.side import Side, read_side


@dataclass(frozen=True, slots=True)
class MergePlan:
    """A merge that can be committed once all of it is decided.

    Attributes:
        onto: The commit that it is merged into, as a full hash.
        squash: Whether it becomes one commit with one parent.
        merged: What git and the merge by entry make of it.
        compared: What it changes in the entries, and in the findings of what is in `onto`.
        diff: Of the manifest, unified; empty where it stays as it is.
        files: Every path that it changes.
        unreadable: Why the manifest could not be read afterwards, in a sentence; empty where it can.
    """

    contribution: Contribution
    onto: str
    squash: bool
    merged: TreeMerge
    compared: Compared = NOTHING
    diff: str = ""
    files: Mapping[str, TreeChange] | None = None
    unreadable: str = ""

    @property
    def is_decided(self) -> bool:
        return self.merged.tree is not None

    @property
    def brings_errors(self) -> bool:
        return bool(self.unreadable) or self.compared.brings_errors

    def objections(self) -> Iterator[str]:
        """What has to be agreed to before it is committed, a sentence each."""
        if self.unreadable:
            yield f"The manifest cannot be read afterwards. {self.unreadable}"
        for name, found in (
            ("the manifest", self.compared.about_manifest),
            *((change.name, found) for change, found in self.compared.entries),
        ):
            errors = [one.message for one in found.new if one.severity is Severity.ERROR]
            if errors:
                said = f"{errors[0]}, and {len(errors) - 1} more" if len(errors) > 1 else errors[0]
                yield f"New {plural(len(errors), 'error')} in {visible(name, 80)}: {said.rstrip('.')}."
        if self.merged.lost:
            yield f"Comments without a place are lost: {few(self.merged.lost)}."


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One merge of several.

    Attributes:
        commit: The commit that it would be; None where it is left out.
        conflicts_with: The earlier one of the batch that keeps it from being merged, where one does.
    """

    plan: MergePlan
    commit: str | None
    conflicts_with: Contribution | None = None


def plan_merge(
    root: Path,
    git_folder: Path,
    checker: Checker,
    one: Contribution,
    onto: str,
    *,
    squash: bool = False,
    choices: Mapping[str, Chosen] | None = None,
    manifest_name: str | None = None,
    **watch: Unpack[Watch],
) -> MergePlan:
    """Work out a merge.

    Args:
        onto: The commit to merge into.
        choices: For conflicts, by the key of a value or the path of a file, which side is kept: ``ours`` is `onto`.
    """
    before, theirs = read_side(root, onto, manifest_name), read_side(root, one.head, manifest_name)
    manifests = {name for name in (before.name, theirs.name) if name}
    merged = merge_trees(root, git_folder, onto, one.head, manifests, choices, **watch)
    if merged.tree is None:
        return MergePlan(one, onto, squash, merged)
    after = read_side(root, merged.tree, manifest_name)
    return MergePlan(
        one,
        onto,
        squash,
        merged,
        compare(checker, before, after),
        diff_text(before.text, after.text, after.name or before.name or ""),
        tree_changes(root, onto, merged.tree),
        _unreadable(before, after),
    )


def commit_plan(root: Path, plan: MergePlan, **watch: Unpack[Watch]) -> str:
    """Make the commit of a plan that is decided; nothing refers to it yet.

    Returns:
        Its hash.

    Raises:
        GitError: Nobody is configured as author, or it cannot be signed.
    """
    assert plan.merged.tree is not None
    one = plan.contribution
    if not plan.squash:
        return commit_tree(root, plan.merged.tree, (plan.onto, one.head), merge_message(one), **watch)
    message = squash_message(one, _authors(root, plan.onto, one.head))
    return commit_tree(root, plan.merged.tree, (plan.onto,), message, **watch)


def _authors(root: Path, onto: str, head: str) -> Sequence[str]:
    """Who wrote the commits of a contribution, the oldest first, but the user."""
    me = read_author(root)
    commits = reversed(read_commits(root, f"{onto}..{head}", "--"))
    return [str(commit.author) for commit in commits if me is None or commit.author.email != me.email]


def _unreadable(before: Side, after: Side) -> str:
    if after.problem:
        return after.problem
    return "The manifest is gone." if after.name is None and before.name is not None else ""
