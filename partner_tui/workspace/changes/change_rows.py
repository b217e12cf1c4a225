"""Rows of uncommitted changes: each file, and below the manifest its changes in the field's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from partner_tui.comparison.changes import ManifestChange
from partner_tui.workspace.changes import committing
from partner_tui.workspace.changes.committing import ChangedFile
from partner_tui.workspace.steps.step import Step
from partner_tui.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One row: a file as a whole, or one change of the manifest."""

    file: ChangedFile
    change: ManifestChange | None
    added: int
    removed: int

    @property
    def words(self) -> str:
        if self.change is not None:
            return self.change.summary
        words = {
            "added": " created",
            "removed": " removed",
            "changed": "" if self.file.changes else " changed",
        }
        return self.file.path + words[self.file.verb]

    @property
    def verb(self) -> str:
        return self.change.verb if self.change else self.file.verb

    @property
    def key(self) -> str:
        """What it is known by when the list is made anew."""
        return f"{self.file.path}\n{self.change.area}\n{self.change.name}" if self.change else self.file.path


def change_rows(files: Sequence[ChangedFile]) -> tuple[ChangeRow, ...]:
    """The rows of these files; the changes of the manifest stand below it."""
    return tuple(row for file in files for row in _rows(file))


def _rows(file: ChangedFile) -> Iterator[ChangeRow]:
    yield ChangeRow(file, None, file.added, file.removed)
    if file.comparison is None:
        return
    for change in file.changes:
        signs = [line.sign for line in file.comparison.lines(change)]
        yield ChangeRow(file, change, signs.count("+"), signs.count("-"))


def discard(workspace: Workspace, row: ChangeRow) -> Step | None:
    """Make what a row is about as it is in the last commit, as a step. Raises as `committing.discard`."""
    if row.change is None or row.file.comparison is None:
        return committing.discard(workspace, [row.file.path])
    return committing.discard_change(workspace, row.file.comparison, row.change)
