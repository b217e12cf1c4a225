"""Three texts merged by lines, by git: byte for byte what the user's own ``git merge`` or ``git rebase`` makes of them.

``git merge-file`` alone is not enough: it compares by another algorithm, and has conflicts where a merge of commits has none.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from partner_tui.comparison.merge import LineMerge
from partner_tui.errors import GitError
from partner_tui.repository.git import run, run_bytes
from partner_tui.repository.stale_files import temporary_prefix

_MOST_CONFLICTS = 127
"""The exit code of ``merge-file`` is how many conflicts there are, and this for more; what is above is an error."""
_WHO = b"committer x <x> 0 +0000\ndata 0\n"


def merge_lines(base: bytes, ours: bytes, theirs: bytes) -> LineMerge:
    """Merge two descendants of a text; where both changed the same lines, theirs are taken.

    Raises:
        GitError: Git cannot merge them, such as binary files, or cannot be run.
    """
    with tempfile.TemporaryDirectory(prefix=temporary_prefix("merge")) as folder:
        root = Path(folder)
        merged = _as_commits(root, base, ours, theirs)
        if merged is not None:
            return LineMerge(merged, conflicts=False)
        return _as_files(root, base, ours, theirs)


def _as_commits(root: Path, base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """What a merge of three commits gives; None where it conflicts."""
    run(["init", "--quiet", "--bare", "--template=", "."], cwd=root)
    stream = _commit(1, b"base", base) + _commit(2, b"ours", ours, 1) + _commit(3, b"theirs", theirs, 1)
    run(["fast-import", "--quiet"], cwd=root, input=stream)
    try:
        command = ["merge-tree", "--write-tree", "--no-messages", "refs/heads/ours", "refs/heads/theirs"]
        tree, *conflicts = run(command, cwd=root, says_no=1).splitlines()
    except GitError as error:
        if error.code != 129:
            raise
        return None  # git before 2.38 does not know it
    return None if conflicts else run_bytes(["cat-file", "blob", f"{tree}:text"], cwd=root)


def _commit(mark: int, name: bytes, content: bytes, parent: int = 0) -> bytes:
    """A commit of one file, as ``fast-import`` reads it."""
    begin = b"commit refs/heads/%s\nmark :%d\n%s" % (name, mark, _WHO)
    begin += b"from :%d\n" % parent if parent else b""
    return begin + b"M 100644 inline text\ndata %d\n%s\n" % (len(content), content)


def _as_files(root: Path, *texts: bytes) -> LineMerge:
    for name, content in zip(("base", "ours", "theirs"), texts, strict=True):
        (root / name).write_bytes(content)
    command = ["merge-file", "--stdout", "--quiet", "ours", "base", "theirs"]
    try:
        return LineMerge(run_bytes(command, cwd=root), conflicts=False)
    except GitError as error:
        if not 0 < (error.code or 0) <= _MOST_CONFLICTS:
            raise
    theirs, ours = (
        run_bytes([*command[:3], f"--{side}", *command[3:]], cwd=root) for side in ("theirs", "ours")
    )
    return LineMerge(theirs, conflicts=True, ours=ours)
