"""Files that a push would leave behind: LFS keeps their contents apart, and its hook, which uploads them, does not run here.

Only commits that were made beside the app have such files, see ``commit.check_committable``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Unpack

from partner_tui.manifest.stored_files import lfs_pointer
from partner_tui.repository.commits.blobs import read_blobs
from partner_tui.repository.git import Watch, run

_LARGEST_POINTER = 1024


def unpushed_pointers(root: Path, known: Sequence[str], **watch: Unpack[Watch]) -> tuple[str, ...]:
    """The paths of the LFS pointers that HEAD's commits bring and that known refs of the remote (or else all) lack; sorted."""
    # What a partial clone got, or could get, from the remote is there: it is not fetched to be looked at.
    command = ["rev-list", "--objects", "--exclude-promisor-objects", "HEAD", "--not"]
    command += known or ["--remotes"]
    listed = (line.partition(" ") for line in run(command, cwd=root, **watch).splitlines())
    paths = {blob: path for blob, _, path in listed if path}
    small = read_blobs(root, paths, _LARGEST_POINTER, **watch)
    return tuple(sorted(paths[blob] for blob, content in small if content and lfs_pointer(content)))
