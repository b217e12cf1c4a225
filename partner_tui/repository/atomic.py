"""Files are replaced whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from partner_tui.errors import PartnerTuiError
from partner_tui.plain import visible
from partner_tui.repository.stale_files import remove_leftovers, temporary_prefix

_OF_THE_MACHINE = ["EAGAIN", "EDQUOT", "EIO", "EMFILE", "ENFILE", "ENOMEM", "ENOSPC", "EROFS", "ESTALE"]


def replace_file(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write ``data`` to ``path`` so that, whatever happens, the old or the new content is there whole.

    Args:
        path: Its folders are made where there are none. Not a link: that would be replaced by a file.
        mode: Its permissions; None to keep those that it has.

    Raises:
        PartnerTuiError: It cannot be written; the old content is there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = stage_file(path, data, mode)
        try:
            temporary.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        sync_folder(path.parent)
    except OSError as error:
        reason, hint = why_not_written(error)
        raise PartnerTuiError(f"{path.name} was not saved: {reason}.", hint) from error


def stage_file(path: Path, data: bytes, mode: int | None = None) -> Path:
    """Write ``data`` to a new file beside ``path``, durably and with its mode; to be renamed to ``path``.

    Raises:
        OSError: It cannot be written, or ``path`` may not be; nothing is left.
    """
    try:
        kept = path.stat().st_mode & 0o7777
    except FileNotFoundError:
        kept = 0o666 & ~_umask()
    else:
        if not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, "it is read-only")
    remove_leftovers(path.parent, "save")
    descriptor, name = tempfile.mkstemp(prefix=temporary_prefix("save"), dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), kept if mode is None else mode)
            os.fsync(file.fileno())
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def why_not_written(error: OSError) -> tuple[str, str]:
    """Why a file cannot be written, to follow a colon, and what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "the disk is full", "Free some space, also for temporary files, then try again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        hint = "Ask for write permission, or open a copy in a folder of your own."
        return "it, or its folder, is read-only", hint
    return error.strerror or str(error), "Check the disk, then try again."


def of_the_machine(error: Exception) -> PartnerTuiError | None:
    """What is told of a full disk or another limit of this machine, wherever it is met; None for any other error."""
    if not isinstance(error, OSError) or errno.errorcode.get(error.errno or 0) not in _OF_THE_MACHINE:
        return None
    reason, hint = why_not_written(error)
    if error.errno == errno.EROFS:
        name = error.filename
        where = (
            visible(os.fsdecode(name), 200) if isinstance(name, str | bytes) else "a folder that it writes to"
        )
        reason = f"{where} is read-only"
    elif error.errno in (errno.EAGAIN, errno.EMFILE, errno.ENFILE, errno.ENOMEM):
        hint = "Close other programs, then try again."
    return PartnerTuiError(f"It could not be done: {reason}.", hint)


def sync_folder(folder: Path) -> None:
    """So that the rename itself survives a power cut; not every file system can do it."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
