"""The unified diff of two texts, by git: the same lines, and as many, as the user's own ``git diff`` shows.

Python's difflib takes minutes for a manifest of a thousand entries, in which most lines are there many times.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from partner_tui.repository.git import run_bytes

_SETTINGS = ("core.attributesFile=/dev/null", "core.autocrlf=false", "core.safecrlf=false", "diff.external=")


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
    with tempfile.TemporaryDirectory(prefix="partner-tui-diff-") as folder:
        for name, text in (("a", before), ("b", after)):
            (Path(folder) / name).write_bytes(text.encode("utf-8", "surrogateescape"))
        settings = [part for setting in _SETTINGS for part in ("-c", setting)]
        output = run_bytes(
            [
                *settings,
                "diff",
                "--no-index",
                "--no-ext-diff",
                "--no-textconv",
                "--text",
                f"--unified={context}",
                "a",
                "b",
            ],
            cwd=Path(folder),
            says_no=1,
        )
    diff = output.decode("utf-8", "replace")
    hunks = diff[diff.index("@@ ") :]
    return f"--- a/{path}\n+++ b/{path}\n{hunks}" if path else hunks
