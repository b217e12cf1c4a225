"""Reverts what commits did to entries with a new commit, for what others have already.

The rule: the same merge as of a contribution, from what was committed to what was there before; so later edits stay, and where
they are of what is taken back, a side has to be chosen: ``ours`` keeps them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Unpack

from partner_tui.comparison.three_way import Side as Chosen
from partner_tui.compliance.checker import Checker
from partner_tui.errors import GitError
from partner_tui.plain import few, plural, visible
from partner_tui.repository.commits.commit import head_of, read_commits
from partner_tui.repository.commits.commit import resolve as resolve_commit
from partner_tui.repository.commits.commit_object import trial_commit
from partner_tui.repository.commits.tree_changes import TreeEntry, own_index, tree_with, write_blob
from partner_tui.repository.git import Watch, run
from partner_tui.repository.repository import Repository
from partner_tui.workspace.contributions.entries_undone import entries_undone
from partner_tui.workspace.contributions.merge_plan import Plan
from partner_tui.workspace.contributions.merging import merge_trees
from partner_tui.workspace.contributions.outcome import outcome_of
from partner_tui.workspace.contributions.side import read_side

_LONGEST_SUBJECT = 200


def plan_take_back(
    repository: Repository,
    checker: Checker,
    commit: str,
    *,
    before: str | None = None,
    entries: Collection[str] | None = None,
    choices: Mapping[str, Chosen] | None = None,
    manifest_name: str | None = None,
    onto: str | None = None,
    **watch: Unpack[Watch],
) -> Plan:
    """Work out what takes back a commit, or several in a row; undecided where that was edited since. Nothing is moved.

    Args:
        commit: The last one that is taken back.
        before: Where it begins; the first parent of `commit` by default, which for a merge is the branch before it.
        entries: Names of entries (as `EntryChange.name` has them), to take back these alone; all that was done by default.

    Raises:
        GitError: The commit is the first one, or not in the history of `onto`.
        UsageError: It did not touch such an entry.
    """
    root = repository.root
    after = resolve_commit(root, commit)
    start = _resolved_start(root, after, before)
    head = onto or head_of(root)
    undone = run(["rev-parse", "--verify", f"{start}^{{tree}}"], cwd=root).strip()
    if entries is not None:
        undone = _tree_without(repository, start, after, entries, manifest_name)
    # A commit on top of the one that is taken back, so that git finds that one to be what both sides start from.
    inverse = trial_commit(root, undone, (after,))
    merged = merge_trees(root, repository.git_folder, head, inverse, manifest_name, choices, **watch)
    message = _message(root, start, after, entries)
    outcome = None
    if merged.tree is not None:
        outcome = outcome_of(root, checker, head, merged.tree, manifest_name, lost=merged.lost)
    return Plan(onto=head, message=message, merged=merged, outcome=outcome)


def _resolved_start(root: Path, after: str, before: str | None) -> str:
    try:
        return resolve_commit(root, before or f"{after}^1")
    except GitError as error:
        if before is not None:
            raise
        raise GitError(
            f"{after[:7]} is the first commit: there is nothing to go back to.", "Edit the manifest instead."
        ) from error


def _tree_without(
    repository: Repository, start: str, after: str, entries: Collection[str], manifest_name: str | None
) -> str:
    """The tree of `after` without what was done to some of its entries."""
    root = repository.root
    old, new = (read_side(root, commit, manifest_name) for commit in (start, after))
    if old.manifest is None or new.manifest is None or new.name is None:
        problem = old.problem or new.problem or "There is no manifest before it or after it."
        raise GitError(problem, "Revert all of it instead of single entries.")
    document = entries_undone(old.manifest, new.manifest, entries)
    entry = new.files.entry(new.name)
    if entry is None:
        raise GitError(f"{new.name} is a link.", "Revert it with git: git revert")
    written = {new.name: TreeEntry(entry.mode, write_blob(root, document.encode()))}
    with own_index(repository.git_folder) as environment:
        return tree_with(root, after, written, environment)


def _message(root: Path, start: str, after: str, entries: Collection[str] | None) -> str:
    last = read_commits(root, "-1", after, "--")[0]
    subject = visible(last.subject, _LONGEST_SUBJECT)
    parents = run(["rev-list", "--parents", "--max-count=1", after, "--"], cwd=root).split()[1:]
    if entries is not None:
        names = sorted(entries)
        about = few(names) if len(names) == 1 else plural(len(names), "entry")
        return f'Revert {about} of "{subject}"\n\nThis reverts {", ".join(names)} as changed up to commit {after}.\n'
    if parents[:1] != [start]:
        return f'Revert the commits up to "{subject}"\n\nThis reverts the commits {start}..{after}.\n'
    return f'Revert "{subject}"\n\nThis reverts commit {after}.\n'
