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
        PartnerTuiError: Another partner-tui has held it for some seconds.
    """
    from filelock import FileLock, Timeout  # with asyncio; not before the first screen

    state.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(state / "lock", timeout=_SECONDS):
            yield
    except Timeout as error:
        raise PartnerTuiError(
            "Another partner-tui is writing to this clone.", "Wait until it is done, then try again."
        ) from error
