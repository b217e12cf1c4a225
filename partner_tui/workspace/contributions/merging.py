"""What merging two commits gives: git first, and where git conflicts in the manifest, a merge by entry.

The rule: nothing is checked out and no ref moves, a file is never written with conflict markers, and where git merges, the
result is git's, byte for byte.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Unpack

from partner_tui.comparison.merge import LineMerge, Merge, merge, read_version
from partner_tui.comparison.three_way import Conflict, Side
from partner_tui.contributions.review import Mergeability, Merges
from partner_tui.errors import GitError
from partner_tui.plain import few
from partner_tui.repository.commits.line_merge import merge_lines
from partner_tui.repository.commits.tree_changes import GONE, TreeEntry, own_index, tree_with, write_blob
from partner_tui.repository.commits.trial_merge import ConflictedFile, try_merge
from partner_tui.repository.git import Watch, run_bytes

_SWAPPED: Mapping[str, Side] = {"ours": "theirs", "theirs": "ours"}
_VERSIONS = {"base": "what both start from", "ours": "your branch", "theirs": "the contribution"}


@dataclass(frozen=True, slots=True)
class TreeMerge:
    """What becomes of a merge.

    Attributes:
        how: By git alone, by entry, after a decision, or not at all.
        tree: The hash of the merged tree; None while anything is undecided.
        conflicts: Values of the manifest that both sides changed differently and nobody decided.
        files: Other files of which one side has to be chosen.
        why: In one line without a full stop, what keeps git from merging; None where nothing does.
        lost: Comments of the manifest for which there is no place.
    """

    how: Merges
    tree: str | None = None
    conflicts: tuple[Conflict, ...] = ()
    files: tuple[ConflictedFile, ...] = ()
    why: str | None = None
    lost: tuple[str, ...] = ()

    @property
    def mergeability(self) -> Mergeability:
        return Mergeability(self.how, self.why, self.conflicts)


@dataclass(slots=True)
class _Decisions:
    """What is written for files that git cannot merge, and what is left to decide."""

    written: dict[str, TreeEntry] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    files: list[ConflictedFile] = field(default_factory=list)
    lost: tuple[str, ...] = ()
    chosen: bool = False


def merge_trees(
    root: Path,
    git_folder: Path,
    ours: str,
    theirs: str,
    manifests: Collection[str],
    choices: Mapping[str, Side] | None = None,
    **watch: Unpack[Watch],
) -> TreeMerge:
    """Merge two commits.

    Args:
        manifests: Names that the manifest has on either side.
        choices: For conflicts, by the key of a value or the path of a file, which side is kept.
    """
    try:
        trial = try_merge(root, ours, theirs, **watch)
    except GitError as error:
        return TreeMerge("no", why=error.message.rstrip("."))
    if not trial.conflicts:
        return TreeMerge("git", trial.tree)
    decided, choices = _Decisions(), choices or {}
    for file in trial.conflicts:
        if problem := _resolve(root, file, manifests, choices, decided):
            return TreeMerge("no", why=problem)
    why = _why(decided)
    if decided.conflicts or decided.files:
        return TreeMerge("decision", None, decided.conflicts, tuple(decided.files), why)
    with own_index(git_folder) as environment:
        tree = tree_with(root, trial.tree, decided.written, environment)
    return TreeMerge("decision" if decided.chosen else "entries", tree, lost=decided.lost)


def _resolve(
    root: Path,
    file: ConflictedFile,
    manifests: Collection[str],
    choices: Mapping[str, Side],
    decided: _Decisions,
) -> str | None:
    """Decide one file; returns why it cannot be, in one line without a full stop."""
    if file.base is None and (file.ours is None or file.theirs is None):
        return f"{file.path} was renamed, or is a folder on one side: merge it with git"
    both = file.ours is not None and file.theirs is not None
    if file.path in manifests and both:
        return _resolve_manifest(root, file, choices, decided)
    if (side := choices.get(file.path)) is None:
        decided.files.append(file)
        return None
    decided.chosen = True
    decided.written[file.path] = (file.ours if side == "ours" else file.theirs) or GONE
    return None


def _resolve_manifest(
    root: Path, file: ConflictedFile, choices: Mapping[str, Side], decided: _Decisions
) -> str | None:
    assert file.ours is not None and file.theirs is not None
    base, ours, theirs = (_content(root, entry) for entry in (file.base, file.ours, file.theirs))
    merged = merge_manifests(file.path, base, ours, theirs, choices)
    decided.conflicts, decided.lost = merged.conflicts, merged.lost
    decided.chosen |= bool(choices)
    if merged.conflicts:
        return None
    if merged.content is None:
        if (side := choices.get(file.path)) is not None:
            decided.written[file.path] = file.ours if side == "ours" else file.theirs
            return None
        problem = merged.problems[0]
        return f"In {_VERSIONS[problem.version]}, {problem.message.rstrip('.')}"
    mode = file.theirs.mode if file.base and file.ours.mode == file.base.mode else file.ours.mode
    decided.written[file.path] = TreeEntry(mode, write_blob(root, merged.content))
    return None


def merge_manifests(
    name: str,
    base: bytes | None,
    ours: bytes | None,
    theirs: bytes | None,
    choices: Mapping[str, Side] | None = None,
) -> Merge:
    """Merge a contribution's manifest into ours by path; its lines are git's where that means the same."""
    # `merge` puts what it calls theirs first, and keeps its layout: that is the branch that others have.
    lines: LineMerge | None = None
    if ours is not None and theirs is not None:
        lines = merge_lines(base or b"", theirs, ours)
    versions = [read_version(content, name) for content in (base, theirs, ours)]
    swapped = {key: _SWAPPED[side] for key, side in (choices or {}).items()}
    merged = merge(versions[0], versions[1], versions[2], swapped, lines=lines)
    return replace(
        merged,
        conflicts=tuple(replace(one, ours=one.theirs, theirs=one.ours) for one in merged.conflicts),
        problems=tuple(replace(one, version=_SWAPPED.get(one.version, "base")) for one in merged.problems),
    )


def _content(root: Path, entry: TreeEntry | None) -> bytes | None:
    return run_bytes(["cat-file", "blob", entry.hash], cwd=root) if entry else None


def _why(decided: _Decisions) -> str | None:
    said = []
    if decided.conflicts:
        said.append(f"both sides changed {few([one.label for one in decided.conflicts])}")
    if decided.files:
        names = few([one.path for one in decided.files])
        said.append(f"{names} conflict{'s' if len(decided.files) == 1 else ''}")
    return ", and ".join(said) or None
