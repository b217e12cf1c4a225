"""Reads the files that descriptions name with a checksum, and writes the right checksums as one step."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path

from partner_tui.central.checksums import NamedFile, checksum_edits, named_files
from partner_tui.errors import Cancelled
from partner_tui.manifest.stored_files import lfs_pointer
from partner_tui.repository.clone_files import contained
from partner_tui.workspace.central.editing import entries_of, write_edits
from partner_tui.workspace.steps.step import Step
from partner_tui.workspace.workspace import Workspace

_PIECE = 1 << 20


def read_named(
    workspace: Workspace, cancelled: threading.Event, progress: Callable[[str], None] = lambda done: None
) -> list[NamedFile]:
    """The files that all entries name, in file order, each with its checksum; a file that several name is read once.

    Raises:
        Cancelled: It was told to stop.
    """
    checksum = cache(partial(_checksum, workspace.folder, cancelled))
    found: list[NamedFile] = []
    total = len(workspace.manifest.entries)
    for number, one in enumerate(entries_of(workspace, cancelled), start=1):
        found += named_files(one, workspace.document, workspace.files, checksum)
        progress(f"{number}/{total}")
    return found


def write_checksums(workspace: Workspace, named: Sequence[NamedFile]) -> Step | None:
    """Write the right checksum of each file that was read; None when all are right.

    Raises:
        PartnerTuiError: A description is not as it was read; nothing was written. See `write_edits`.
    """
    return write_edits(workspace, "sha256 of files", checksum_edits(named))


def _checksum(folder: Path, cancelled: threading.Event, path: str) -> str:
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
