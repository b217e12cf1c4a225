"""What merging two commits gives: git first, and where git conflicts in the manifest, a merge by entry.

The rule: nothing is checked out and no ref moves, a file is never written with conflict markers, and where git merges to what
both sides mean, the result is git's, byte for byte.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Unpack

from partner_tui.comparison.merge import LineMerge, Merge, merge, read_version
from partner_tui.comparison.three_way import Conflict, Side
from partner_tui.contributions.review import Mergeability, Merges
from partner_tui.errors import GitError
from partner_tui.plain import few
from partner_tui.repository.commits.commit_files import CommitFiles
from partner_tui.repository.commits.line_merge import merge_lines
from partner_tui.repository.commits.tree_changes import GONE, TreeEntry, own_index, tree_with, write_blob
from partner_tui.repository.commits.trial_merge import ConflictedFile, try_merge
from partner_tui.repository.git import Watch, run_bytes
from partner_tui.repository.remotes.pull_refs import merge_base
from partner_tui.workspace.contributions.conflicted import said
from partner_tui.workspace.contributions.side import find_manifest

_SWAPPED: Mapping[str, Side] = {"ours": "theirs", "theirs": "ours"}
_VERSIONS = {"base": "what both start from", "ours": "your branch", "theirs": "the contribution"}
_HINTS = {
    "base": "Choose one side of the file as a whole.",
    "ours": "Repair the manifest of your branch first, or choose one side of the file as a whole.",
    "theirs": "Ask for a correction, or choose one side of the file as a whole.",
}


@dataclass(frozen=True, slots=True)
class TreeMerge:
    """What becomes of a merge.

    Attributes:
        how: By git alone, by entry, after a decision, or not at all.
        tree: The hash of the merged tree; None while anything is undecided.
        conflicts: Values of the manifest that both sides changed differently and nobody decided.
        files: Files of which one side has to be chosen as a whole, the manifest too where it cannot be merged.
        why: In one line without a full stop, what keeps git from merging; None where nothing does.
        hint: What can be done, in a sentence; empty where that is plain.
        lost: Comments of the manifest for which there is no place.
        chosen: Those of the given choices that decided something.
    """

    how: Merges
    tree: str | None = None
    conflicts: tuple[Conflict, ...] = ()
    files: tuple[ConflictedFile, ...] = ()
    why: str | None = None
    hint: str = ""
    lost: tuple[str, ...] = ()
    chosen: frozenset[str] = frozenset()

    @property
    def mergeability(self) -> Mergeability:
        return Mergeability(self.how, self.why, self.conflicts)


def merge_trees(
    root: Path,
    git_folder: Path,
    ours: str,
    theirs: str,
    manifest_name: str | None = None,
    choices: Mapping[str, Side] | None = None,
    **watch: Unpack[Watch],
) -> TreeMerge:
    """Merge two commits.

    Args:
        manifest_name: Of the manifest, where it has none of the known names.
        choices: For conflicts, by the key of a value or the path of a file, which side is kept.
    """
    try:
        trial = try_merge(root, ours, theirs, **watch)
    except GitError as error:
        return TreeMerge("no", why=error.message.rstrip("."), hint=error.hint)
    merging = _Merging(root, (ours, theirs), manifest_name, choices or {})
    if trial.conflicts:
        for file in trial.conflicts:
            if not merging.resolve(file):
                why = f"{few([file.path])} was renamed, or is a folder on one side"
                return TreeMerge("no", why=why, hint="Merge it with git.")
    else:
        merging.check_merged(trial.tree)
    return merging.result(git_folder, trial.tree)


@dataclass(slots=True)
class _Merging:
    """The files that git leaves to us: what is written for each, and what is left to decide."""

    root: Path
    sides: tuple[str, str]
    manifest_name: str | None
    choices: Mapping[str, Side]
    written: dict[str, TreeEntry] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    files: list[ConflictedFile] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    why: list[str] = field(default_factory=list)
    hint: str = ""
    chosen: set[str] = field(default_factory=set)

    def result(self, git_folder: Path, tree: str) -> TreeMerge:
        how: Merges
        if self.conflicts or self.files:
            if self.conflicts:
                self.why.insert(0, f"both sides changed {few([one.label for one in self.conflicts])}")
            how = "no" if self.hint else "decision"
            why = self.why[0] + (f", and {len(self.why) - 1} more" if len(self.why) > 1 else "")
            conflicts, files = tuple(self.conflicts), tuple(self.files)
            return TreeMerge(how, None, conflicts, files, why, self.hint, chosen=frozenset(self.chosen))
        if not self.written:
            return TreeMerge("git", tree)
        with own_index(git_folder) as environment:
            made = tree_with(self.root, tree, self.written, environment)
        how = "decision" if self.chosen else "entries"
        return TreeMerge(how, made, lost=tuple(self.lost), chosen=frozenset(self.chosen))

    # Files

    def resolve(self, file: ConflictedFile) -> bool:
        """Decide one file, or ask for it; False where that cannot be done here."""
        found = self._manifest(file)
        if found is not None and found.ours and found.theirs:
            if self._merge_manifest(found):
                return True
        elif not file.is_known or (file.base is None and (file.ours is None or file.theirs is None)):
            return False
        self._choose(file)
        return True

    def _choose(self, file: ConflictedFile) -> None:
        """Take a file as one side has it, or ask which."""
        if (side := self.choices.get(file.path)) is None:
            self.files.append(file)
            self.why.append(said(file))
            return
        self.chosen.add(file.path)
        mine, other = file.names or (file.path, file.path)
        kept, name = (file.ours, mine) if side == "ours" else (file.theirs, other)
        self._write(file, name, kept or GONE)

    def _write(self, file: ConflictedFile, name: str, entry: TreeEntry) -> None:
        """Write a file under one name, and remove it under its others."""
        others = {file.path, *(file.names or ())} - {name}
        self.written |= dict.fromkeys(others, GONE) | {name: entry}

    # The manifest

    def _manifest(self, file: ConflictedFile) -> ConflictedFile | None:
        """A conflict of the manifest, with both of its names where a side renamed it; None for another file."""
        names = [find_manifest(CommitFiles(self.root, side), self.manifest_name) for side in self.sides]
        mine, other = file.names or (file.path, file.path)
        if [mine, other] == names or (file.path in names and file.ours and file.theirs):
            return file
        if None in names or file.path not in names or names[0] == names[1] or file.names:
            return None
        # Git took it for removed on one side, because much of it changed, too.
        renamed = CommitFiles(self.root, self.sides[0 if names[1] == file.path else 1])
        name = str(names[0] if names[1] == file.path else names[1])
        entry = renamed.entry(name)
        if entry is None or file.base is None or self._is_in_base(name):
            return None
        moved = TreeEntry(*entry)
        if names[1] == file.path:
            return replace(file, ours=moved, names=(name, file.path))
        return replace(file, theirs=moved, names=(file.path, name))

    def _is_in_base(self, name: str) -> bool:
        start = merge_base(self.root, *self.sides)
        return start is not None and CommitFiles(self.root, start).entry(name) is not None

    def _merge_manifest(self, file: ConflictedFile) -> bool:
        """Merge the manifest by entry; False where one side of it has to be chosen as a whole."""
        assert file.ours is not None and file.theirs is not None
        if file.names is None:
            name = file.path
        else:
            # Who renamed it decides; where both did, that is a question of its own.
            renamed = [one for one in file.names if one != file.path]
            side = self.choices.get(file.path, "ours")
            name = renamed[0] if len(renamed) == 1 else file.names[side == "theirs"]
            if len(renamed) == 2 and file.path in self.choices:
                self.chosen.add(file.path)
            elif len(renamed) == 2:
                self.files.append(file)
                self.why.append(said(file))
        merged = self._by_entry(name, file.base, file.ours, file.theirs)
        if merged.conflicts:
            self.conflicts.extend(merged.conflicts)
        elif merged.content is not None:
            mode = file.theirs.mode if file.base and file.ours.mode == file.base.mode else file.ours.mode
            self._write(file, name, TreeEntry(mode, write_blob(self.root, merged.content)))
            self.lost.extend(merged.lost)
        else:
            problem = merged.problems[0]
            if file.path not in self.choices:
                self.why.append(f"In {_VERSIONS[problem.version]}, {problem.message.rstrip('.')}")
                self.hint = _HINTS[problem.version]
            return False
        return True

    def check_merged(self, tree: str) -> None:
        """Where git merged the manifest's lines to something else than both sides mean, such as an entry twice, merge by entry."""
        ours, theirs = (CommitFiles(self.root, side) for side in self.sides)
        names = [find_manifest(files, self.manifest_name) for files in (ours, theirs)]
        start = merge_base(self.root, *self.sides)
        name = names[0]
        if name is None or names[0] != names[1] or start is None:
            return
        base = CommitFiles(self.root, start)
        found = (files.entry(name) for files in (base, ours, theirs, CommitFiles(self.root, tree)))
        entries = [TreeEntry(*entry) for entry in found if entry is not None]
        if len({entry.hash for entry in entries}) < 4:
            return  # one side alone changed it, or both did the same
        merged = self._by_entry(name, *entries[:3])
        if merged.conflicts:
            self.conflicts.extend(merged.conflicts)
        elif merged.content is not None and merged.content != _content(self.root, entries[3]):
            self.written[name] = TreeEntry(entries[3].mode, write_blob(self.root, merged.content))
            self.lost.extend(merged.lost)

    def _by_entry(self, name: str, *entries: TreeEntry | None) -> Merge:
        base, ours, theirs = (_content(self.root, entry) for entry in entries)
        merged = merge_manifests(name, base, ours, theirs, self.choices)
        if self.choices:
            keys = {one.key for one in merge_manifests(name, base, ours, theirs).conflicts}
            self.chosen |= keys & self.choices.keys()
        return merged


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
