"""Merges two commits: git first, and where git conflicts in the manifest, a merge by entry.

The rule: nothing is checked out and no ref moves, a file is never written with conflict markers, and where git merges to what
both sides mean, the result is git's, byte for byte.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Unpack

from partner_tui.comparison.changes import ABSENT
from partner_tui.comparison.three_way import Conflict, Side
from partner_tui.contributions.review import Mergeability, Merges
from partner_tui.errors import GitError
from partner_tui.plain import few
from partner_tui.repository.clone_files import is_own_file
from partner_tui.repository.commits.tree_changes import own_index, tree_changes, tree_with
from partner_tui.repository.commits.trial_merge import ConflictedFile, try_merge
from partner_tui.repository.git import Watch
from partner_tui.workspace.contributions.resolving import Resolving

_UNRELATED = "Ask for a contribution that starts from your branch, or copy what you need by hand."


@dataclass(frozen=True, slots=True)
class TreeMerge:
    """What becomes of a merge.

    Attributes:
        how: By git alone, by entry, after a decision, or not at all.
        tree: The hash of the merged tree; None while anything is undecided.
        conflicts: Values of the manifest that both sides changed differently and nobody decided.
        files: Files of which one side has to be chosen as a whole, the manifest too where it cannot be merged.
        reasons: Why, by the path of each, in one line without a full stop.
        why: In one line without a full stop, what keeps git from merging; None where nothing does.
        hint: What can be done, in a sentence; empty where that is plain.
        lost: Comments of the manifest for which there is no place.
        chosen: Those of the given choices that decided something.
    """

    how: Merges
    tree: str | None = None
    conflicts: tuple[Conflict, ...] = ()
    files: tuple[ConflictedFile, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    why: str | None = None
    hint: str = ""
    lost: tuple[str, ...] = ()
    chosen: frozenset[str] = frozenset()

    @property
    def mergeability(self) -> Mergeability:
        whole = (Conflict(one.path, (), one.path, ABSENT, ABSENT, ABSENT) for one in self.files)
        return Mergeability(self.how, self.why, (*self.conflicts, *whole))


def merge_trees(
    root: Path,
    git_folder: Path,
    ours: str,
    theirs: str,
    manifest_name: str | None = None,
    choices: Mapping[str, Side] | None = None,
    **watch: Unpack[Watch],
) -> TreeMerge:
    """Merge two commits."""
    try:
        trial = try_merge(root, ours, theirs, **watch)
    except GitError as error:
        if "unrelated histories" in error.message:
            return TreeMerge("no", why="it has no history in common with your branch", hint=_UNRELATED)
        return TreeMerge("no", why=error.message.rstrip("."), hint=error.hint)
    resolving = Resolving(root, (ours, theirs), manifest_name, choices or {})
    if trial.conflicts:
        for file in trial.conflicts:
            if not resolving.resolve(file):
                why = f"{few([file.path])} was renamed, or is a folder on one side"
                return TreeMerge("no", why=why, hint="Merge it with git.")
    else:
        resolving.check_merged(trial.tree)
    merged = _result(resolving, git_folder, trial.tree)
    if merged.tree is None:
        return merged
    changes = tree_changes(root, ours, merged.tree).items()
    if outside := [path for path, file in changes if file.after.is_there and not is_own_file(path)]:
        return TreeMerge("no", why=f"it writes {few(outside)}, which is not a file of a repository")
    return merged


def _result(resolving: Resolving, git_folder: Path, tree: str) -> TreeMerge:
    if resolving.conflicts or resolving.files:
        reasons = list(resolving.reasons.values())
        if resolving.conflicts:
            reasons.insert(0, f"both sides changed {few([one.label for one in resolving.conflicts])}")
        return TreeMerge(
            "no" if resolving.hint else "decision",
            conflicts=tuple(resolving.conflicts),
            files=tuple(resolving.files),
            reasons=resolving.reasons,
            why=reasons[0] + (f", and {len(reasons) - 1} more" if len(reasons) > 1 else ""),
            hint=resolving.hint,
            chosen=frozenset(resolving.chosen),
        )
    if not resolving.written:
        return TreeMerge("git", tree)
    with own_index(git_folder) as environment:
        made = tree_with(resolving.root, tree, resolving.written, environment)
    how: Merges = "decision" if resolving.chosen else "entries"
    return TreeMerge(how, made, lost=tuple(resolving.lost), chosen=frozenset(resolving.chosen))
