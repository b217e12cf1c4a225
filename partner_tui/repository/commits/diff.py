"""The unified diff of two texts, or of a file in two commits, by git: the same lines, and as many, as the user's own ``git diff`` shows.

Python's difflib takes minutes for a manifest of a thousand entries, in which most lines are there many times.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from partner_tui.repository.git import run_bytes
from partner_tui.repository.stale_files import temporary_prefix

_SETTINGS = (
    *("-c", "core.attributesFile=/dev/null", "-c", "core.autocrlf=false"),
    *("-c", "core.safecrlf=false", "-c", "diff.external="),
)
_OPTIONS = ("--no-ext-diff", "--no-textconv", "--no-color", "--text")


def diff_text(before: str, after: str, path: str = "", context: int = 3) -> str:
    """A unified diff of two texts; empty when they are the same.

    Args:
        path: Named in the header; no header when empty.
        context: How many unchanged lines are shown around changed ones.

    Raises:
        GitError: Git cannot be run.
    """
    if before == after:
        return ""
    with tempfile.TemporaryDirectory(prefix=temporary_prefix("diff")) as folder:
        for name, text in (("a", before), ("b", after)):
            (Path(folder) / name).write_bytes(text.encode("utf-8", "surrogateescape"))
        command = [*_SETTINGS, "diff", "--no-index", *_OPTIONS, f"--unified={context}", "a", "b"]
        output = run_bytes(command, cwd=Path(folder), says_no=1)
    diff = output.decode("utf-8", "replace")
    hunks = diff[diff.index("@@ ") :]
    return f"--- a/{path}\n+++ b/{path}\n{hunks}" if path else hunks


def diff_file(root: Path, before: str, after: str, path: str) -> str:
    """The unified diff of a file in two commits, with its header; empty where no line differs. Raises GitError."""
    command = ["--literal-pathspecs", *_SETTINGS, "diff-tree", "-r", "-p", *_OPTIONS]
    command += ["--no-renames", "--unified=3", "--end-of-options", before, after, "--", path]
    return run_bytes(command, cwd=root).decode("utf-8", "replace")
