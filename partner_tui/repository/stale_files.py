"""Removes temporary files of earlier runs that were killed: found by their names, and only those.

A name tells its kind and the process that made it; while that process lives, nothing of it is touched. Git's own lock files
are never removed: nobody can tell whose they are.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Literal

Kind = Literal["clone", "save", "index", "ask", "merge", "diff", "demo", "git", "worker"]
_IN_TEMPORARY_FOLDER: tuple[Kind, ...] = ("ask", "merge", "diff", "demo", "git", "worker")


def temporary_prefix(kind: Kind) -> str:
    """What the name of something temporary of this process starts with."""
    return f".partner-tui-{kind}-{os.getpid()}-"


def remove_leftovers(folder: Path, kind: Kind) -> None:
    """Remove what processes that are no more left directly below ``folder``; never raises."""
    with contextlib.suppress(OSError):
        for left in folder.glob(f"*partner-tui-{kind}-*"):
            made_by = re.match(rf"\.?partner-tui-{kind}-(\d+)-", left.name)
            if made_by and not _alive(int(made_by[1])):
                if left.is_dir() and not left.is_symlink():
                    shutil.rmtree(left, ignore_errors=True)
                else:
                    with contextlib.suppress(OSError):  # another user's
                        left.unlink()


def remove_leftovers_at_start(clones: Path, states: Path) -> None:
    """Remove what killed apps left in the folder of clones, in those of drafts and undo, and in the temporary one."""
    for folder, below, _ in os.walk(clones):
        if ".git" in below:
            below.clear()  # a whole clone
        else:
            remove_leftovers(Path(folder), "clone")
    for folder, _, _ in os.walk(states):
        remove_leftovers(Path(folder), "save")
    for kind in _IN_TEMPORARY_FOLDER:
        remove_leftovers(Path(tempfile.gettempdir()), kind)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass
    return True
