"""Writes what the app keeps for itself, for its user alone: every journal, draft and list goes through here."""

from __future__ import annotations

import contextlib
import logging
from pathlib import Path

from partner_tui.errors import PartnerTuiError
from partner_tui.private import FILE_MODE, private_folder
from partner_tui.repository.atomic import replace_file

log = logging.getLogger(__name__)


def write_private(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        PartnerTuiError: It cannot be written; the old content is there.
    """
    with contextlib.suppress(OSError):
        private_folder(path.parent)  # where that fails, so does what follows, which says why
    replace_file(path, data, FILE_MODE)


def keep_private(path: Path, data: bytes) -> None:
    """The same for what costs no more than convenience: where it cannot be written, work goes on without it."""
    try:
        write_private(path, data)
    except PartnerTuiError as error:
        log.warning("%s (in %s)", error.message, path.parent)
