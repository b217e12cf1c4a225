"""Creates files for the user alone: undo, drafts, verdicts and logs are 0600 in folders 0700.

Whoever keeps something makes its folder and file here, whatever the umask is; `repository.private_files` writes them. What
belongs to a clone keeps the permissions that its owner gave it.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

FILE_MODE, FOLDER_MODE = 0o600, 0o700


def private_folder(path: Path) -> None:
    """Make a folder, and those above it that are missing, for this user alone; else close it to others. Raises OSError."""
    for folder in reversed([one for one in path.parents if not one.exists()]):
        folder.mkdir(FOLDER_MODE, exist_ok=True)
    path.mkdir(FOLDER_MODE, exist_ok=True)
    _close(path, FOLDER_MODE)


def private_file(path: Path) -> None:
    """Make an empty file, and its folder, where there is none; for a library that opens it by name. Raises OSError."""
    private_folder(path.parent)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, FILE_MODE))
    _close(path, FILE_MODE)


def _close(path: Path, mode: int) -> None:
    with contextlib.suppress(OSError):  # of another user, who answers for it
        if path.stat().st_mode & 0o077:
            path.chmod(mode)
