"""A file on the disk against the last commit, compared as git does.

The rule: git alone says whether a file has changed. Its line ends, its encoding and an expanded ``$Id$`` may be others on the disk
than in the commit, by core.autocrlf, core.eol or attributes; a byte of difference is then no change, and is not shown as one.
Where git was told not to look, it cannot say: that is an error, and never "not changed".
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from partner_tui.errors import GitError
from partner_tui.repository.commits.commit import check_not_hidden, resolve
from partner_tui.repository.commits.diff import diff_text
from partner_tui.repository.git import run, run_bytes


@dataclass(frozen=True, slots=True)
class Versions:
    """A file that has changed.

    Args:
        before: As git would check it out, with the line ends that the file has now; None where it is not in the commit.
        after: As it is; None where it is gone.
        diff: The hunks of a unified diff, in git's own words.
    """

    before: bytes | None
    after: bytes | None
    diff: str


def compare(root: Path, path: str, now: bytes | None) -> Versions | None:
    """What git says of a file; None when it has not changed.

    Args:
        now: The file's bytes; None where it is not there.

    Raises:
        GitError: Git cannot tell, or was told to ignore what has changed.
    """
    try:
        committed = run_bytes(["cat-file", "blob", resolve(root, f"HEAD:{path}")], cwd=root)
    except GitError:
        committed = None  # not in the commit, or there is no commit yet
    if committed == now:
        return None
    check_not_hidden(root, path)
    if committed is None:
        return Versions(None, now, diff_text("", (now or b"").decode("utf-8", "replace")))
    diff = _diff(root, path)
    if not diff and now is not None:
        return None
    before = checked_out(root, path)
    if now is not None and b"\r" in before + now and not _line_ends_matter(root, path, now):
        before = _with_line_ends_of(now, before)
    return Versions(before, now, diff)


def checked_out(root: Path, path: str, rev: str = "HEAD") -> bytes:
    """A committed file as git would write it to the disk. Raises GitError where it is not in the commit."""
    return run_bytes(["cat-file", "--filters", f"{rev}:{path}"], cwd=root)


def _diff(root: Path, path: str) -> str:
    """The hunks of ``git diff``; none where git takes the file for the same."""
    options = ["--no-ext-diff", "--no-textconv", "--text", "--no-renames"]
    options += ["--unified=3", "--inter-hunk-context=0"]
    arguments = ["-c", "diff.suppressBlankEmpty=false", "diff", *options, "HEAD", "--", path]
    diff = run_bytes(arguments, cwd=root).decode("utf-8", "replace")
    start = diff.find("\n@@ ") + 1
    return diff[start:] if start else ""


def _line_ends_matter(root: Path, path: str, data: bytes) -> bool:
    """Whether the file would be stored as another one with other line ends."""
    plain = data.replace(b"\r\n", b"\n")
    other = plain.replace(b"\n", b"\r\n") if data == plain else plain
    arguments = ["-c", "core.safecrlf=false", "hash-object", f"--path={path}", "--stdin"]
    return run(arguments, cwd=root, input=data) != run(arguments, cwd=root, input=other)


def _with_line_ends_of(like: bytes, data: bytes) -> bytes:
    plain = data.replace(b"\r\n", b"\n")
    return plain.replace(b"\n", b"\r\n") if like.count(b"\r\n") * 2 > like.count(b"\n") else plain
