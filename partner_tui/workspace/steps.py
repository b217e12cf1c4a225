"""Undo and redo over whole files: a step holds each file as it was before and as it is after.

Steps outlive the app: they are kept in a journal until they are committed, so a crash or a kill between two
saves loses neither the files (they are replaced atomically) nor the way back.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from partner_tui.repository.atomic import replace_file

MAX_JOURNAL_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file of the clone: its bytes before and after a step; None where it does not exist."""

    path: str
    before: bytes | None
    after: bytes | None

    def reversed(self) -> FileChange:
        return FileChange(self.path, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Step:
    """One act of the user, in the field's words, that ctrl+z takes back as a whole."""

    title: str
    files: tuple[FileChange, ...]

    def reversed(self) -> Step:
        return Step(self.title, tuple(change.reversed() for change in self.files))


class Steps:
    """The steps done since the last commit, and those taken back, newest last.

    Args:
        journal: Where they are kept; None keeps them in memory alone.
    """

    def __init__(self, journal: Path | None = None) -> None:
        self._journal = journal
        self._packed: dict[bytes, str] = {}
        self.done: tuple[Step, ...] = ()
        self.undone: tuple[Step, ...] = ()
        if journal is not None and journal.is_file():
            self.done, self.undone = _load(journal)

    @property
    def touched(self) -> frozenset[str]:
        """Every path that a step wrote, taken back or not."""
        return frozenset(change.path for step in (*self.done, *self.undone) for change in step.files)

    def run(self, step: Step, write: Callable[[Step], None]) -> None:
        """Write a step's files and remember it; steps taken back before it are gone."""
        write(step)
        self._set((*self.done, step), ())

    def undo(self, write: Callable[[Step], None]) -> Step | None:
        """Take the newest step back; None when there is none."""
        if not self.done:
            return None
        step = self.done[-1]
        write(step.reversed())
        self._set(self.done[:-1], (*self.undone, step))
        return step

    def redo(self, write: Callable[[Step], None]) -> Step | None:
        """Do the step again that was taken back last; None when there is none."""
        if not self.undone:
            return None
        step = self.undone[-1]
        write(step)
        self._set((*self.done, step), self.undone[:-1])
        return step

    def drop_newest(self) -> None:
        """Forget the newest step and leave its files as they are."""
        self._set(self.done[:-1], self.undone)

    def forget(self) -> None:
        """The steps are committed: they are history now, and git has it."""
        self._set((), ())

    def _set(self, done: tuple[Step, ...], undone: tuple[Step, ...]) -> None:
        self.done, self.undone = done, undone
        if self._journal is None:
            return
        if not done and not undone:
            self._journal.unlink(missing_ok=True)
            return
        while len(data := self._dump(done, undone)) > MAX_JOURNAL_BYTES and len(done) > 1:
            done = done[1:]
        replace_file(self._journal, data)

    def _dump(self, done: tuple[Step, ...], undone: tuple[Step, ...]) -> bytes:
        """Each content once, and packed once: what is after a step is before the next."""
        known = self._packed
        self._packed = {data: known.get(data) or _pack(data) for data in _contents((*done, *undone))}
        return _dump(done, undone, self._packed)


def _contents(steps: Iterable[Step]) -> Iterator[bytes]:
    for step in steps:
        for change in step.files:
            yield from (data for data in (change.before, change.after) if data is not None)


def _pack(data: bytes) -> str:
    return base64.b64encode(zlib.compress(data, 1)).decode("ascii")


def _dump(done: Iterable[Step], undone: Iterable[Step], packed: Mapping[bytes, str]) -> bytes:
    places = {data: place for place, data in enumerate(packed)}

    def shape(steps: Iterable[Step]) -> list[dict[str, object]]:
        return [
            {
                "title": step.title,
                "files": [
                    [c.path, *(None if d is None else places[d] for d in (c.before, c.after))]
                    for c in step.files
                ],
            }
            for step in steps
        ]

    return json.dumps(
        {"schema": 2, "done": shape(done), "undone": shape(undone), "contents": list(packed.values())}
    ).encode()


def _load(journal: Path) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    try:
        shape = json.loads(journal.read_bytes())
        contents = [zlib.decompress(base64.b64decode(packed)) for packed in shape["contents"]]

        def steps(shapes: list[Any]) -> tuple[Step, ...]:
            return tuple(
                Step(
                    str(step["title"]),
                    tuple(
                        FileChange(path, *(None if place is None else contents[place] for place in places))
                        for path, *places in step["files"]
                    ),
                )
                for step in shapes
            )

        return steps(shape["done"]), steps(shape["undone"])
    except (OSError, ValueError, LookupError, TypeError, zlib.error):
        return (), ()  # a torn journal costs the way back, never the files
