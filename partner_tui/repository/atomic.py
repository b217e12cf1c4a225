"""Files are replaced whole or not at all, and a file that somebody else changed is noticed before it is replaced."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from partner_tui.errors import FileChangedOutside, PartnerTuiError
from partner_tui.repository.leftovers import remove_leftovers, temporary_prefix


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A file's content and age, to tell later whether it is still the same; ``digest`` is empty for no file."""

    digest: str
    size: int
    changed_ns: int

    def same_content(self, other: Fingerprint) -> bool:
        return self.digest == other.digest


_NO_FILE = Fingerprint("", 0, 0)


def fingerprint(path: Path) -> Fingerprint:
    """The file as it is now. Raises OSError when it is there and cannot be read."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            found = os.fstat(file.fileno())
    except FileNotFoundError:
        return _NO_FILE
    return Fingerprint(digest, found.st_size, found.st_mtime_ns)


def changed_since(path: Path, known: Fingerprint) -> bool:
    """Whether the content differs; reads the file only if its size or time does."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return known != _NO_FILE
    if (found.st_size, found.st_mtime_ns) == (known.size, known.changed_ns):
        return False
    return not fingerprint(path).same_content(known)


def replace_file(path: Path, data: bytes, *, known: Fingerprint | None = None) -> Fingerprint:
    """Write ``data`` to ``path`` so that, whatever happens, the old or the new content is there whole.

    Args:
        path: Not a link (see ``clone_files.manifest_path``): a link would be replaced by a file.
        known: The file as it was read; None to replace whatever is there.

    Returns:
        The new file's fingerprint.

    Raises:
        FileChangedOutside: It is not as it was; nothing was written.
        PartnerTuiError: It cannot be written; the old content is there.
    """
    temporary: Path | None = None
    try:
        if known is not None and changed_since(path, known):
            raise FileChangedOutside(
                f"{path.name} was changed by another program.", "Look at its changes before you save."
            )
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
        return fingerprint(path)
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
