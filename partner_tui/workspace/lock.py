"""One partner-tui writes to a clone at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from partner_tui.errors import PartnerTuiError

_SECONDS = 5.0


@contextmanager
def locked(state: Path) -> Iterator[None]:
    """Hold the lock of a clone, which lies in its state folder.

    Raises:
        PartnerTuiError: Another partner-tui has held it for some seconds, or the folder cannot be written.
    """
    from filelock import FileLock, Timeout  # with asyncio; not before the first screen

    lock = FileLock(state / "lock", timeout=_SECONDS)
    try:
        state.mkdir(parents=True, exist_ok=True)
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
