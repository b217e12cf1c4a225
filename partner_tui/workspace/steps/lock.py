"""One partner-tui writes to a clone at a time."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from partner_tui.errors import PartnerTuiError
from partner_tui.private import FILE_MODE, private_folder

_SECONDS = 5.0


def why_nothing_is_kept(state: Path) -> str:
    """Why undo, drafts and answers cannot be kept, in a sentence; empty when they can. Looking at everything still works."""
    try:
        private_folder(state)
        if not os.access(state, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        return f"{state} cannot be written: {error.strerror or error}."
    return ""


@contextmanager
def locked(state: Path) -> Iterator[None]:
    """Hold the lock of a clone, which lies in its state folder.

    Raises:
        PartnerTuiError: Another partner-tui has held it for some seconds, or the folder cannot be written.
    """
    from filelock import FileLock, Timeout  # with asyncio; not before the first screen

    lock = FileLock(state / "lock", timeout=_SECONDS, mode=FILE_MODE)
    try:
        private_folder(state)
        lock.acquire()
    except Timeout as error:
        raise PartnerTuiError(
            "Another partner-tui is writing to this clone.", "Wait until it is done, then try again."
        ) from error
    except OSError as error:
        raise PartnerTuiError(
            f"Nothing was changed: {state} cannot be written: {error.strerror or error}.",
            "Undo, drafts and locks are kept there: make it writable, then try again.",
        ) from error
    try:
        yield
    finally:
        lock.release()
