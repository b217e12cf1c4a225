"""Files are replaced whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from partner_tui.errors import PartnerTuiError
from partner_tui.repository.leftovers import remove_leftovers, temporary_prefix


def replace_file(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` so that, whatever happens, the old or the new content is there whole.

    Args:
        path: Its folders are made where there are none. Not a link: that would be replaced by a file.

    Raises:
        PartnerTuiError: It cannot be written; the old content is there.
    """
    temporary: Path | None = None
    try:
        try:
            mode = path.stat().st_mode & 0o7777
        except FileNotFoundError:
            mode = 0o666 & ~_umask()
            path.parent.mkdir(parents=True, exist_ok=True)
        else:
            if not os.access(path, os.W_OK):
                raise PermissionError(errno.EACCES, "it is read-only")
        remove_leftovers(path.parent, "save")
        descriptor, name = tempfile.mkstemp(prefix=temporary_prefix("save"), dir=path.parent)
        temporary = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        temporary.replace(path)
        temporary = None
        _sync_folder(path.parent)
    except OSError as error:
        raise _not_written(path, error) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink()


def _not_written(path: Path, error: OSError) -> PartnerTuiError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return PartnerTuiError(
            f"{path.name} was not saved: the disk is full.",
            "Free some space and save again; nothing is lost.",
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return PartnerTuiError(
            f"{path.name} was not saved: it, or its folder, is read-only.",
            "Ask for write permission, or open a copy in a folder of your own.",
        )
    return PartnerTuiError(
        f"{path.name} was not saved: {error.strerror or error}.", "Check the disk and save again."
    )


def _sync_folder(folder: Path) -> None:
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
