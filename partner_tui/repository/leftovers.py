"""Temporary files and folders that a killed app left behind are found by their names, and only those are removed."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

_START = ".partner-tui-"


def temporary_prefix(kind: str) -> str:
    """What the name of something temporary of this process starts with; ``kind`` is ``clone`` or ``save``."""
    return f"{_START}{kind}-{os.getpid()}-"


def remove_leftovers(folder: Path, kind: str) -> None:
    """Remove what processes that are no more left directly below ``folder``; never raises."""
    start = f"{_START}{kind}-"
    with contextlib.suppress(OSError):
        for left in folder.glob(f"{start}*"):
            number = left.name.removeprefix(start).partition("-")[0]
            if number.isdigit() and not _alive(int(number)):
                if left.is_dir() and not left.is_symlink():
                    shutil.rmtree(left, ignore_errors=True)
                else:
                    left.unlink()


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
