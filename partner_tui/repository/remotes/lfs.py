"""Files that a push would leave behind: LFS keeps their contents apart, and its hook, which uploads them, does not run here.

Only commits that were made beside the app have such files, see ``committable``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Unpack

from partner_tui.manifest.stored_files import lfs_pointer
from partner_tui.repository.git import Watch, run, run_bytes

_LARGEST_POINTER = 1024


def unpushed_pointers(root: Path, known: Sequence[str], **watch: Unpack[Watch]) -> tuple[str, ...]:
    """The paths of the LFS pointers that HEAD's commits bring and the remote lacks, as of the last fetch; sorted.

    Args:
        known: Refs of the remote that count; all of every remote where there are none.

    Raises:
        GitError, Cancelled: The commits could not be read.
    """
    # What a partial clone got, or could get, from the remote is there: it is not fetched to be looked at.
    command = [
        "rev-list",
        "--objects",
        "--exclude-promisor-objects",
        "HEAD",
        "--not",
        *(known or ["--remotes"]),
    ]
    listed = (line.partition(" ") for line in run(command, cwd=root, **watch).splitlines())
    paths = {blob: path for blob, _, path in listed if path}
    sizes = _ask(root, "--batch-check", paths, **watch).decode().splitlines()
    small = [
        blob
        for blob, kind, size in (line.split(" ") for line in sizes if line.count(" ") == 2)
        if kind == "blob" and int(size) <= _LARGEST_POINTER
    ]
    contents = _ask(root, "--batch", small, **watch)
    found = set()
    for blob in small:
        head, _, contents = contents.partition(b"\n")
        size = int(head.rpartition(b" ")[2])
        if lfs_pointer(contents[:size]):
            found.add(paths[blob])
        contents = contents[size + 1 :]
    return tuple(sorted(found))


def _ask(root: Path, how: str, blobs: Sequence[str] | dict[str, str], **watch: Unpack[Watch]) -> bytes:
    if not blobs:
        return b""
    return run_bytes(
        ["cat-file", how], cwd=root, input="".join(f"{blob}\n" for blob in blobs).encode(), **watch
    )
