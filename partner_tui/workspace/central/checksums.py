"""Reads the files that descriptions name with a checksum, and writes the right checksums as one step."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from partner_tui.central.checksums import NamedFile, checksum_edits, named_files, with_actual
from partner_tui.errors import Cancelled
from partner_tui.manifest.stored_files import lfs_pointer
from partner_tui.repository.clone_files import contained
from partner_tui.workspace.central.editing import entries_of, write_edits
from partner_tui.workspace.steps.step import Step
from partner_tui.workspace.workspace import Workspace

_PIECE = 1 << 20


def list_named(workspace: Workspace, cancelled: threading.Event) -> list[NamedFile]:
    """The files that all entries name, in file order; none of them is read yet. Raises Cancelled."""
    entries = entries_of(workspace, cancelled)
    return [file for one in entries for file in named_files(one, workspace.document, workspace.files)]


def read_named(
    workspace: Workspace,
    named: Sequence[NamedFile],
    cancelled: threading.Event,
    progress: Callable[[int], None] = lambda done: None,
) -> list[NamedFile]:
    """The same with the checksum of each file; a file that several name is read once.

    Raises:
        Cancelled: It was told to stop.
    """
    known: dict[str, str] = {}
    found = []
    for number, one in enumerate(named):
        if one.file not in known:
            known[one.file] = _checksum(workspace.folder, one.file, cancelled)
        found.append(with_actual(one, known[one.file]))
        progress(number + 1)
    return found


def write_checksums(workspace: Workspace, named: Sequence[NamedFile]) -> Step | None:
    """Write the right checksum of each file that was read; None when all are right.

    Raises:
        PartnerTuiError: A description is not as it was read; nothing was written. See `write_edits`.
    """
    return write_edits(workspace, "sha256 of files", checksum_edits(named))


def _checksum(folder: Path, path: str, cancelled: threading.Event) -> str:
    """The sha256 of a file of the folder; "" where there is none. Of an LFS pointer that of what it stands for."""
    real = contained(folder, path)
    if real is None or not real.is_file():
        return ""
    digest = hashlib.sha256()
    try:
        with real.open("rb") as file:
            first = file.read(_PIECE)
            if (stored := lfs_pointer(first)) is not None:
                return stored.sha256
            piece = first
            while piece:
                if cancelled.is_set():
                    raise Cancelled
                digest.update(piece)
                piece = file.read(_PIECE)
    except OSError:
        return ""
    return digest.hexdigest()
