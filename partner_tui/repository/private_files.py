"""Reads and writes what the app keeps for itself, for its user alone: every journal, draft and list goes through here."""

from __future__ import annotations

import contextlib
import json
import logging
from pathlib import Path
from typing import Any

from partner_tui.errors import PartnerTuiError
from partner_tui.private import FILE_MODE, private_folder
from partner_tui.repository.atomic import replace_file

log = logging.getLogger(__name__)


def write_private(path: Path, data: bytes) -> None:
    """Write a file whole or not at all. Raises PartnerTuiError; the old content is there then."""
    with contextlib.suppress(OSError):
        private_folder(path.parent)  # where that fails, so does what follows, which says why
    replace_file(path, data, FILE_MODE)


def keep_private(path: Path, data: bytes) -> None:
    """The same for what costs no more than convenience: where it cannot be written, work goes on without it."""
    try:
        write_private(path, data)
    except PartnerTuiError as error:
        log.warning("%s (in %s)", error.message, path.parent)


def read_kept(path: Path, largest: int) -> Any:
    """JSON data that was kept; None where nothing was, or it cannot be read: what is kept is made again, or begun anew.

    Args:
        largest: Bytes of a file of ours; what is larger is not ours.
    """
    try:
        return json.loads(path.read_bytes()) if path.stat().st_size <= largest else None
    except (OSError, ValueError, RecursionError):
        return None
