"""The contents of a review, read from git's objects when they are looked at: entries as they will be, lines of files.

The rule: nothing is checked out, and no file is read that is larger than a person would look at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from partner_tui.comparison.hunks import Hunk, read_diff
from partner_tui.contributions.entry_changes import EntryChange, ValueChange
from partner_tui.contributions.files import LINK, SUBMODULE, FileChange
from partner_tui.contributions.review import Review
from partner_tui.manifest.files import FetchedOverlay, path_in_clone
from partner_tui.manifest.resolve import Resolved, resolve
from partner_tui.plain import size_words, visible
from partner_tui.repository.commits.diff import diff_file
from partner_tui.repository.git import run
from partner_tui.workspace.contributions.side import Side, Sides

MAX_DIFF_BYTES = 2_000_000
"""Of a file before and after together; what is larger is named with its size."""
MAX_REFERENCE = 1_000
"""Characters; nothing longer names a file."""
_FILE_FIELDS = frozenset(
    (
        *("attachments", "covers", "documentation", "icon", "rdf_source", "source"),
        *("sample_inputs", "sample_outputs", "test_inputs", "test_outputs"),
    )
)
"""Fields whose values are files or URLs."""


@dataclass(frozen=True, slots=True)
class FileLines:
    """What changes in a file: its hunks, or why there are none, in a sentence."""

    hunks: tuple[Hunk, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Reviewed:
    """The two trees of a review. Methods block.

    Attributes:
        picture: The picture at an address, of at most so many bytes; None where nobody agreed to its download.
    """

    root: Path
    review: Review
    sides: Sides
    picture: Callable[[str, int], bytes | None] = lambda address, limit: None

    def against(self, base: str) -> Reviewed:
        """The contribution compared with another commit, such as one that was looked at."""
        return replace(self, review=replace(self.review, base=base))

    @property
    def base(self) -> str:
        """The commit before."""
        return self.review.base

    @cached_property
    def old(self) -> Side:
        return self.sides.at(self.review.base)

    @cached_property
    def new(self) -> Side:
        return self.sides.at(self.review.contribution.head)

    def files_of(self, side: Side) -> FetchedOverlay:
        """The files of a version, with the pictures that were downloaded."""
        return FetchedOverlay(side.files, lambda _: None, self.picture)

    def side_of(self, change: EntryChange) -> Side:
        """The version that has the entry: the contribution's, or the one before it where the entry is gone."""
        return self.new if change.after is not None else self.old

    def resolved(self, change: EntryChange) -> Resolved | None:
        """The entry with all its fields as it will be, or as it was where it is gone."""
        side, entry = self.side_of(change), change.after or change.before
        if entry is None or side.manifest is None:
            return None
        return resolve(entry, side.manifest, side.files)

    def file_notes(self, changes: Sequence[ValueChange]) -> dict[int, str]:
        """How large the files of the repository are that values name, by the place of the change: ``12 kB → missing``."""
        notes = {}
        for place, change in enumerate(changes):
            sides = ((self.old, change.before), (self.new, change.after))
            sizes = [self._size(side, change, value) for side, value in sides]
            if any(sizes):
                notes[place] = " → ".join(filter(None, sizes))
        return notes

    def _size(self, side: Side, change: ValueChange, value: Any) -> str:
        """``12 kB``; ``missing`` where the field has to name a file; "" where a value names none of the repository."""
        if not isinstance(value, str) or len(value) > MAX_REFERENCE or not ("/" in value or "." in value):
            return ""
        path = path_in_clone(value, side.files)
        if path is None:
            return ""
        if (found := side.files.blob(path)) is None:
            return f"{path} is missing" if _FILE_FIELDS & set(change.path) else ""
        return size_words(int(run(["cat-file", "-s", found], cwd=self.root)))

    def lines(self, file: FileChange) -> FileLines:
        """What changes in a file, as git tells it."""
        head = self.review.contribution.head
        sizes = [self._size_at(self.base, file.was or file.path), self._size_at(head, file.path)]
        if file.mode == SUBMODULE:
            return FileLines(note="A submodule: another repository, which git would clone into this one.")
        if file.is_binary or sum(sizes) > MAX_DIFF_BYTES:
            kind = "A binary file" if file.is_binary else "Too large to show"
            return FileLines(note=f"{kind}: {size_words(sizes[0])} before, {size_words(sizes[1])} after.")
        if file.change == "renamed":
            return FileLines(note=f"Renamed from {visible(file.was or '', 200)} without other changes.")
        hunks = read_diff(diff_file(self.root, self.base, head, file.path))
        if hunks:
            return FileLines(
                hunks, "A symbolic link: the line is the path it leads to." if file.mode == LINK else ""
            )
        return FileLines(
            note="An empty file." if file.change != "changed" else f"The mode is now {file.mode}."
        )

    def _size_at(self, commit: str, path: str) -> int:
        """Of a file in a commit, in bytes; 0 where there is none."""
        arguments = ["--literal-pathspecs", "ls-tree", "-l", "-z", "--full-tree", commit, "--", path]
        about, _, _ = run(arguments, cwd=self.root).partition("\t")
        size = about.split()[-1] if about else "0"
        return int(size) if size.isdecimal() else 0
