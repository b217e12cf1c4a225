"""The unified diff of two texts, as git would show it."""

from __future__ import annotations

import difflib
from io import StringIO


def diff_text(before: str, after: str, path: str = "", context: int = 3) -> str:
    """A unified diff of two texts; empty when they are the same.

    Args:
        path: Named in the header; no header when empty.
    """
    # Lines end where git and editors end them, and not at a form feed or a Unicode separator.
    old, new = (list(StringIO(text, newline="\n")) for text in (before, after))
    lines = difflib.unified_diff(old, new, f"a/{path}", f"b/{path}", n=context)
    shown = list(lines)[0 if path else 2 :]
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in shown
    )
