"""The git commands of this session that changed something, for the user to see; never a credential in it."""

from __future__ import annotations

import re
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

_KEPT = 500
_GUARD = re.compile(r"--(?:quiet|progress|only|end-of-options|no-[\w-]+|cleanup=\w+|file=-)?")
_BRANCH = re.compile(r"^refs/heads/([^:]+):refs/heads/\1$")


@dataclass(frozen=True, slots=True)
class LoggedCommand:
    """One command.

    Args:
        time: When it ended: local time, with zone.
        command: Its text, redacted.
        words: All that git and the remote said beside its output, see ``process.words``.
    """

    time: datetime
    command: str
    ok: bool
    words: str = ""

    @property
    def brief(self) -> str:
        """What a person would have typed, without what guards every command: ``git push origin main``."""
        return brief(self.command)


def brief(command: str) -> str:
    """A command without what guards every command."""
    words = iter(command.split(" "))
    kept = []
    for word in words:
        if word == "-c":
            next(words, None)
        elif not _GUARD.fullmatch(word):
            kept.append(_BRANCH.sub(r"\1", word))
    return " ".join(kept)


class GitLog:
    """Commands in the order in which they ended; safe to use from every thread.

    Attributes:
        on_change: Called with each new command, from the thread that ran it.
    """

    def __init__(self) -> None:
        self.on_change: Callable[[LoggedCommand], None] | None = None
        self._commands: deque[LoggedCommand] = deque(maxlen=_KEPT)
        self._lock = threading.Lock()

    @property
    def commands(self) -> tuple[LoggedCommand, ...]:
        with self._lock:
            return tuple(self._commands)

    def add(self, command: str, ok: bool, words: str = "") -> None:
        """Note a command; both texts are already redacted (see ``redact.shown`` and ``words``)."""
        logged = LoggedCommand(datetime.now().astimezone(), command, ok, words)
        with self._lock:
            self._commands.append(logged)
        if self.on_change is not None:
            self.on_change(logged)
