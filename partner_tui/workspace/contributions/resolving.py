"""The files that git leaves to us in a merge: what is written for each, and what is left to decide.

The rule: a file is written as one side has it, or, the manifest, as a merge by entry gives it; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from partner_tui.comparison.merge import LineMerge, Merge, Read, merge
from partner_tui.comparison.three_way import Conflict, Side
from partner_tui.manifest.discovery import find_manifests_anywhere
from partner_tui.plain import visible
from partner_tui.repository.commits.commit import merge_base
from partner_tui.repository.commits.commit_files import CommitFiles
from partner_tui.repository.commits.line_merge import merge_lines
from partner_tui.repository.commits.rebase import content_at
from partner_tui.repository.commits.tree_changes import GONE, TreeEntry, tree_changes, write_blob
from partner_tui.repository.commits.trial_merge import ConflictedFile
from partner_tui.repository.git import run, run_bytes
from partner_tui.workspace.contributions.conflicted import said
from partner_tui.workspace.contributions.side import find_manifest, read_by_parts, read_once
from partner_tui.workspace.steps.writing import MAX_BYTES

_SWAPPED: Mapping[str, Side] = {"ours": "theirs", "theirs": "ours"}
_VERSIONS = {"base": "what both start from", "ours": "your branch", "theirs": "the contribution"}
_HINTS = {
    "base": "Choose one side of the file as a whole.",
    "ours": "Repair the manifest of your branch first, or choose one side of the file as a whole.",
    "theirs": "Ask for a correction, or choose one side of the file as a whole.",
}


@dataclass
class Resolving:
    """One merge.

    Attributes:
        sides: Ours and theirs.
        written: What is put into the tree that git made.
        conflicts, files, reasons, hint, lost, chosen: See `TreeMerge`.
    """

    root: Path
    sides: tuple[str, str]
    manifest_name: str | None
    choices: Mapping[str, Side]
    written: dict[str, TreeEntry] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    files: list[ConflictedFile] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)
    hint: str = ""
    chosen: set[str] = field(default_factory=set)

    # Files

    def resolve(self, file: ConflictedFile) -> bool:
        """Decide one file, or ask for it; False where that cannot be done here."""
        if not file.is_known:
            return False
        found = self._manifest(file)
        if found is not None and all(one is not None and one.is_file for one in (found.ours, found.theirs)):
            if self._merge_manifest(found):
                return True
        elif file.base is None and (file.ours is None or file.theirs is None):
            return False
        self._choose(file)
        return True

    def _choose(self, file: ConflictedFile) -> None:
        """Take a file as one side has it, or ask which."""
        if (side := self.choices.get(file.path)) is None:
            is_gone = None in self._names and file.path in self._names
            self._ask(file, said(file, "removed") if is_gone else said(file))
            return
        self.chosen.add(file.path)
        mine, other = file.names or (file.path, file.path)
        kept, name = (file.ours, mine) if side == "ours" else (file.theirs, other)
        self._write(file, name, kept or GONE)

    def _ask(self, file: ConflictedFile, why: str) -> None:
        if file.path not in self.reasons:
            self.files.append(file)
            self.reasons[file.path] = why

    def _write(self, file: ConflictedFile, name: str, entry: TreeEntry) -> None:
        """Write a file under one name, and remove it under its others."""
        others = {file.path, *(file.names or ())} - {name}
        self.written |= dict.fromkeys(others, GONE) | {name: entry}

    # The manifest

    @cached_property
    def _names(self) -> tuple[str | None, str | None]:
        """The path of the manifest in ours and in theirs."""
        mine, other = (find_manifest(CommitFiles(self.root, side), self.manifest_name) for side in self.sides)
        return mine, other

    def _manifest(self, file: ConflictedFile) -> ConflictedFile | None:
        """A conflict of the manifest, with both of its names where a side renamed it; None for another file."""
        names = self._names
        mine, other = file.names or (file.path, file.path)
        if (mine, other) == names or (file.path in names and file.ours and file.theirs):
            return file
        if None in names or file.path not in names or names[0] == names[1] or file.names:
            return None
        # Git took it for removed on one side, because much of it changed, too.
        renamed = CommitFiles(self.root, self.sides[0 if names[1] == file.path else 1])
        name = str(names[0] if names[1] == file.path else names[1])
        moved = renamed.entry(name)
        if moved is None or file.base is None or self._is_in_base(name):
            return None
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
                self._ask(file, said(file))
        if self._are_too_large(file.base, file.ours, file.theirs):
            self._refuse(file, f"{visible(name, 80)} is too large to be merged by entry", _HINTS["base"])
            return False
        merged = self._by_entry(name, file.base, file.ours, file.theirs)
        if merged.conflicts:
            self.conflicts.extend(merged.conflicts)
        elif merged.content is not None and not merged.problems:
            mode = file.theirs.mode if file.base and file.ours.mode == file.base.mode else file.ours.mode
            self._write(file, name, TreeEntry(mode, write_blob(self.root, merged.content)))
            self.lost.extend(merged.lost)
        else:
            problem = merged.problems[0]
            why = f"In {_VERSIONS[problem.version]}, {problem.message.rstrip('.')}"
            self._refuse(file, why, _HINTS[problem.version])
            return False
        return True

    def _refuse(self, file: ConflictedFile, why: str, hint: str) -> None:
        """Say that the manifest cannot be merged, unless a side of it was chosen."""
        if file.path not in self.choices:
            self._ask(file, why)
            self.hint = hint

    def _are_too_large(self, *entries: TreeEntry | None) -> bool:
        asked = "".join(f"{entry.hash}\n" for entry in entries if entry).encode()
        sizes = run(["cat-file", "--batch-check=%(objectsize)"], cwd=self.root, input=asked).split()
        return any(not size.isdigit() or int(size) > MAX_BYTES for size in sizes)

    def check_merged(self, tree: str) -> None:
        """Where git merged the manifest's lines to something else than both sides mean, such as an entry twice, merge by entry."""
        if (start := merge_base(self.root, *self.sides)) is None:
            return
        theirs = tree_changes(self.root, start, self.sides[1])
        if not find_manifests_anywhere(theirs) and self.manifest_name not in theirs:
            return
        ours = tree_changes(self.root, start, self.sides[0])
        name = self._names[0]
        if name is None or name not in ours or name not in theirs or ours[name].after == theirs[name].after:
            return
        before, mine, other = ours[name].before, ours[name].after, theirs[name].after
        if not (before.is_file and mine.is_file and other.is_file):
            return
        if self._are_too_large(before, mine, other) or (by_git := content_at(self.root, tree, name)) is None:
            return
        merged = self._by_entry(name, before, mine, other, lines=LineMerge(by_git, conflicts=False))
        if merged.conflicts:
            self.conflicts.extend(merged.conflicts)
        elif merged.content is not None and merged.content != by_git:
            self.written[name] = TreeEntry(mine.mode, write_blob(self.root, merged.content))
            self.lost.extend(merged.lost)

    def _by_entry(self, name: str, *entries: TreeEntry | None, lines: LineMerge | None = None) -> Merge:
        base, ours, theirs = (_content(self.root, entry) for entry in entries)
        merged = _merge_manifests(name, base, ours, theirs, self.choices, lines)
        if self.choices:
            keys = {one.key for one in _merge_manifests(name, base, ours, theirs, lines=lines).conflicts}
            self.chosen |= keys & self.choices.keys()
        return merged


def _content(root: Path, entry: TreeEntry | None) -> bytes | None:
    return run_bytes(["cat-file", "blob", entry.hash], cwd=root) if entry else None


def _merge_manifests(
    name: str,
    base: bytes | None,
    ours: bytes | None,
    theirs: bytes | None,
    choices: Mapping[str, Side] | None = None,
    lines: LineMerge | None = None,
) -> Merge:
    """The same merge as for a rejected push, with the sides the other way round: `merge` puts what it calls theirs first, and
    keeps its layout, and here the branch that others have keeps it.

    Args:
        lines: What git makes of them, where that is known.
    """
    if lines is None and ours is not None and theirs is not None:
        lines = merge_lines(base or b"", theirs, ours)
    swapped = {key: _SWAPPED[side] for key, side in (choices or {}).items()}

    def merged_by(read: Read) -> Merge:
        versions = [read(content, name) for content in (base, theirs, ours)]
        return merge(versions[0], versions[1], versions[2], swapped, lines=lines, read=read)

    clean = lines is not None and not lines.conflicts
    merged = merged_by(read_by_parts if clean else read_once)
    if clean and (lines is None or merged.content != lines.content):
        merged = merged_by(read_once)  # something is to be written
    return replace(
        merged,
        conflicts=tuple(replace(one, ours=one.theirs, theirs=one.ours) for one in merged.conflicts),
        problems=tuple(replace(one, version=_SWAPPED.get(one.version, "base")) for one in merged.problems),
    )
