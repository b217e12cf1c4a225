"""A step: one act of the user on files of the clone, with every byte before and after it, so that it can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file of the clone: its bytes before and after a step; None where it does not exist.

    Args:
        path: Relative to the work tree, POSIX, no link on the way.
    """

    path: str
    before: bytes | None
    after: bytes | None

    def reversed(self) -> FileChange:
        return FileChange(self.path, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Step:
    """One act of the user, in the field's words, that ctrl+z takes back as a whole.

    Args:
        folders: Those that it makes for its files, outermost first; undoing it removes them when they are empty.
    """

    title: str
    files: tuple[FileChange, ...]
    folders: tuple[str, ...] = ()

    def reversed(self) -> Step:
        return Step(self.title, tuple(change.reversed() for change in self.files), self.folders)


@dataclass(frozen=True, slots=True)
class History:
    """The steps since the last commit.

    Args:
        done, undone: Newest last.
        touched: Every path that a step wrote, undone or not; also those of steps that are kept no more.
        base: The last commit when the newest step was made; empty where there was none.
        writing: The step whose files are being written, in the direction they are written in; this is the history that it
            leads to. None when nothing is under way.
    """

    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()
    touched: frozenset[str] = frozenset()
    base: str = ""
    writing: Step | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        return (*self.done, *self.undone, *([self.writing] if self.writing else []))

    @property
    def left(self) -> dict[str, bytes | None]:
        """What the steps that are done left in each file that they wrote."""
        return {change.path: change.after for step in self.done for change in step.files}

    def after(self, step: Step, base: str) -> History:
        """The history with one more step done; what was undone before is gone."""
        return History((*self.done, step), (), self.touched | paths((step,)), base)


def paths(steps: Iterable[Step]) -> frozenset[str]:
    return frozenset(change.path for step in steps for change in step.files)


def contents(steps: Iterable[Step]) -> Iterator[bytes]:
    """Every content before or after a step, repeated ones too."""
    for step in steps:
        for change in step.files:
            yield from (data for data in (change.before, change.after) if data is not None)
