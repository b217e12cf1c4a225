"""Finds what git would wait on for ever: a pipe or device in the place of a file that it reads in each folder it comes to.

Git opens these files before it looks at what they are, and a pipe nobody writes to never opens.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from threading import Event

_READ_IN_PASSING = frozenset({".gitattributes", ".gitignore", ".gitmodules", ".mailmap"})


def find_endless(root: Path, stop: Event) -> str | None:
    """The path from the root of the first such pipe or device; None when there is none, or when told to stop.

    Args:
        root: A work tree; its git folder is not gone through (``trust.git_folder`` looks for pipes in there).
    """
    for top, folders, files in os.walk(root):
        if stop.is_set():
            return None
        if ".git" in folders:
            folders.remove(".git")
        for name in sorted(_READ_IN_PASSING.intersection(files)):
            path = Path(top, name)
            if _never_ends(path):
                return path.relative_to(root).as_posix()
    return None


def _never_ends(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
