"""A folder's repository with only the harmless ones of its settings, for git to use until the user trusts the others.

Git has no way to leave out a repository's configuration, but it reads it where ``GIT_COMMON_DIR`` says. So each command is
given a folder of ours: a configuration with what is harmless, and links to the repository's own objects and branches. No
setting can slip through, since git never sees the folder's own file.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from partner_tui.repository.stale_files import temporary_prefix
from partner_tui.repository.trust.git_folder import GitFolder
from partner_tui.repository.trust.plain_config import Setting, write_settings

_FOLDERS = ("info", "logs", "objects", "refs", "reftable", "rr-cache", "worktrees")
_FILES = ("packed-refs", "shallow")
# The work tree is the folder that was opened, and settings of a linked work tree are among the others already.
_LEFT_OUT = frozenset({"core.bare", "core.worktree", "extensions.worktreeconfig"})


def neutral_settings(folder: GitFolder, harmless: tuple[Setting, ...]) -> list[Setting]:
    """What git reads in place of the folder's own configuration."""
    kept = [setting for setting in harmless if setting[0] not in _LEFT_OUT]
    return [("core.bare", "true" if folder.bare else "false"), *kept]


@contextmanager
def neutral_folder(folder: GitFolder, settings: list[Setting]) -> Iterator[Path]:
    """The folder for ``GIT_COMMON_DIR``, with its configuration in the file ``config``; gone when the command is done."""
    with tempfile.TemporaryDirectory(prefix=temporary_prefix("git"), ignore_cleanup_errors=True) as name:
        place = Path(name)
        for link in (*_FOLDERS, *_FILES):
            target = folder.common.absolute() / link
            if link in _FILES or target.is_dir():
                (place / link).symlink_to(target)
        (place / "config").write_bytes(os.fsencode(write_settings(settings)))
        yield place
