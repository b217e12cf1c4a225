"""Makes the output of git fit to show: the remote's words first, no progress, escapes visible, secrets gone.

Nothing else is left out: what a server says about a push is often the only place where its reason stands.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable

from partner_tui.plain import ELLIPSIS
from partner_tui.repository.process.progress import Progress, parse_progress
from partner_tui.repository.process.redact import clean

MOST_LINES = 400
"""Lines kept of one process: the first half and the last half."""
LONGEST_LINE = 4096
_REMOTE = "remote:"
# What git counts when a transfer is over; it says nothing about how the command ended.
_TRANSFER = re.compile(
    r"(?:remote: )?(?:Total \d+ \(delta \d+\)|Delta compression using up to \d+ threads?|POST git-(?:receive|upload)-pack)"
)


class Words:
    """The lines of one process as they come; bounded, whatever is printed."""

    def __init__(self) -> None:
        self._first: list[str] = []
        self._last: deque[str] = deque(maxlen=MOST_LINES // 2)
        self._count = 0

    def take(self, line: bytes) -> Progress | None:
        """Keep a line, without its ending; a line of progress is returned instead."""
        long = ELLIPSIS if len(line) > LONGEST_LINE else ""
        text = clean(line[:LONGEST_LINE].decode("utf-8", "replace")).rstrip() + long
        if (progress := parse_progress(text)) is not None:
            return progress
        if text not in ("", _REMOTE) and not _TRANSFER.match(text):
            (self._first if len(self._first) < MOST_LINES // 2 else self._last).append(text)
            self._count += 1
        return None

    def __str__(self) -> str:
        left_out = self._count - len(self._first) - len(self._last)
        gap = [f"{ELLIPSIS} {left_out} lines left out {ELLIPSIS}"] if left_out else []
        return arranged([*self._first, *gap, *self._last])


def arranged(lines: Iterable[str]) -> str:
    """The remote's lines first, each side in its own order."""
    return "\n".join(sorted(lines, key=lambda line: not line.startswith(_REMOTE)))


def of_remote(words: str) -> list[str]:
    """What the remote said, without the prefix that git puts in front of each line."""
    lines = words.splitlines()
    return [line.removeprefix(_REMOTE).strip() for line in lines if line.startswith(_REMOTE)]


def of_git(words: str) -> list[str]:
    """What git and ssh said on this machine, without what they repeat of the remote's words."""
    return [
        line
        for line in words.splitlines()
        if not line.startswith((_REMOTE, "error: remote unpack failed")) and "[remote rejected]" not in line
    ]
