"""The history of steps on the disk: it outlives the app, and a crash at any moment.

A step's files are written only while `steps.next.json` holds the history that the step leads to, old and new contents of
all its files included. Renaming that file to `steps.json` is what makes the step done: it takes no space and is atomic. A
next file that is found at a start tells of a step that was interrupted; see `Steps.recover`.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from partner_tui.errors import PartnerTuiError
from partner_tui.repository.atomic import sync_folder
from partner_tui.repository.private_files import write_private
from partner_tui.workspace.steps.step import FileChange, History, Step, contents

MAX_JOURNAL_BYTES = 32 * 1024 * 1024
SCHEMA = 3
_READ = (2, 3)


class Journal:
    """The two files of one clone's history."""

    def __init__(self, state: Path) -> None:
        self._kept = state / "steps.json"
        self._next = state / "steps.next.json"
        self._packed: dict[bytes, str] = {}

    # What is kept

    def load(self) -> History:
        """The history; an empty one where there is none, or one that this version cannot read."""
        return _load(self._kept) or History()

    def keep(self, history: History) -> None:
        """Keep a history for which no file has to be written.

        Raises:
            PartnerTuiError: It cannot be written.
        """
        try:
            if history.done or history.undone:
                self._write(self._kept, history)
            else:
                self._kept.unlink(missing_ok=True)
        except (PartnerTuiError, OSError) as error:
            raise PartnerTuiError(f"The undo history was not saved: {error}", self._hint) from error

    @property
    def version(self) -> tuple[int, ...]:
        """Changes whenever somebody writes the history."""
        try:
            status = self._kept.stat()
        except OSError:
            return ()
        return status.st_mtime_ns, status.st_ino, status.st_size

    # A step under way

    @property
    def is_interrupted(self) -> bool:
        """Whether a step was begun and not ended: by another process right now, or by one that is no more."""
        return self._next.exists()

    def begun(self) -> History | None:
        """The history that the step under way leads to; None where it cannot be read."""
        found = _load(self._next)
        return found if found is not None and found.writing is not None else None

    def begin(self, history: History) -> None:
        """Make a step durable before its first file changes.

        Raises:
            PartnerTuiError: It cannot be written.
        """
        try:
            self._write(self._next, history)
        except PartnerTuiError as error:
            raise PartnerTuiError(
                f"Nothing was changed, since undo could not be prepared: {error}", self._hint
            ) from error

    def end(self) -> None:
        """The step's files are written: it is part of the history. Raises OSError."""
        self._next.replace(self._kept)
        sync_folder(self._kept.parent)

    def give_up(self) -> None:
        """The step's files are as they were before it. Raises OSError."""
        self._next.unlink(missing_ok=True)
        sync_folder(self._kept.parent)

    @property
    def _hint(self) -> str:
        return f"Make {self._kept.parent} writable, or free some space there, then try again."

    def _write(self, path: Path, history: History) -> None:
        while len(data := self._dump(history)) > MAX_JOURNAL_BYTES and len(history.done) > 1:
            history = replace(history, done=history.done[1:])
        write_private(path, data)

    def _dump(self, history: History) -> bytes:
        """Each content once, and packed once: what is after a step is before the next."""
        known = self._packed
        self._packed = {data: known.get(data) or _pack(data) for data in contents(history.steps)}
        return _dump(history, self._packed)


def _pack(data: bytes) -> str:
    return base64.b64encode(zlib.compress(data, 1)).decode("ascii")


def _dump(history: History, packed: Mapping[bytes, str]) -> bytes:
    places = {data: place for place, data in enumerate(packed)}

    def shape(step: Step) -> dict[str, object]:
        files = [
            [change.path, *(None if data is None else places[data] for data in (change.before, change.after))]
            for change in step.files
        ]
        return {"title": step.title, "files": files, "folders": step.folders}

    return json.dumps(
        {
            "schema": SCHEMA,
            "done": [shape(step) for step in history.done],
            "undone": [shape(step) for step in history.undone],
            "writing": shape(history.writing) if history.writing else None,
            "touched": sorted(history.touched),
            "base": history.base,
            "contents": list(packed.values()),
        }
    ).encode()


def _load(path: Path) -> History | None:
    """A history as it was kept; None where there is none, or where it is torn: that costs undo, never the files."""
    try:
        shape = json.loads(path.read_bytes())
        if shape["schema"] not in _READ:
            return None
        unpacked = [zlib.decompress(base64.b64decode(packed)) for packed in shape["contents"]]
        done, undone = ([_step(one, unpacked) for one in shape[name]] for name in ("done", "undone"))
        writing = shape.get("writing")
        touched = shape.get("touched") or (change.path for step in (*done, *undone) for change in step.files)
        return History(
            tuple(done),
            tuple(undone),
            frozenset(touched),
            str(shape.get("base", "")),
            _step(writing, unpacked) if writing else None,
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError, zlib.error):
        return None


def _step(shape: dict[str, Any], unpacked: Sequence[bytes]) -> Step:
    files = tuple(
        FileChange(str(path), *(None if place is None else unpacked[place] for place in places))
        for path, *places in shape["files"]
    )
    return Step(str(shape["title"]), files, tuple(map(str, shape.get("folders", ()))))
