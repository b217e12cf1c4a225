"""The position of a line in a file's diff, as the API counts: 1 for the line below the first ``@@``, other hunks counted on."""

from __future__ import annotations

import re

_HUNK = re.compile(r"@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@")


def position(patch: str, line: int, *, is_before: bool = False) -> int | None:
    """The place of a line; None where the diff does not show it.

    Args:
        patch: The hunks of one file, as a forge gives them, without the lines above the first ``@@``.
        line: 1-based.
        is_before: Whether it is a line of the old file.
    """
    old = new = 0
    for place, text in enumerate(patch.split("\n")):
        if found := _HUNK.match(text):
            old, new = int(found[1]), int(found[2])
        elif text.startswith("\\"):
            continue
        else:
            is_old, is_new = not text.startswith("+"), not text.startswith("-")
            if (is_before and is_old and old == line) or (not is_before and is_new and new == line):
                return place
            old, new = old + is_old, new + is_new
    return None
