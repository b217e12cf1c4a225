"""Options of a git command: how it is run, watched and answered, as values that cost nothing to import."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from partner_tui.repository.process.credentials import Credentials
    from partner_tui.repository.process.git_log import GitLog
    from partner_tui.repository.process.progress import Progress


@dataclass(frozen=True, slots=True)
class Output:
    """What a command that succeeded printed; ``words`` are what it said beside its output, see ``process.words``."""

    output: bytes
    words: str


class Watch(TypedDict, total=False):
    """How a long command is watched; any of it may be left out.

    Keys:
        progress: Called for each progress line, from a thread.
        cancelled: When set, the command and its children are ended.
        credentials: Asked up to three times while the remote refuses the answers. Without it, the
            user's own GIT_ASKPASS or SSH_ASKPASS is, and a command that needs another answer fails at once.
    """

    progress: Callable[[Progress], None] | None
    cancelled: threading.Event | None
    credentials: Credentials | None


class Options(Watch, total=False):
    """All that can be said about running a command.

    Keys:
        input: For its stdin.
        log: Given for commands that change something.
        extra: Added to its environment.
        limit: Bytes of output; more is an error.
        says_no: An exit code that is an answer and no failure, such as 1 of ``git diff --no-index``.
    """

    input: bytes | None
    log: GitLog | None
    extra: Mapping[str, str]
    limit: int
    says_no: int


@dataclass(frozen=True, slots=True)
class Guard:
    """The environment that keeps git from what of the folder's own the user has not trusted; made by ``trust`` alone."""

    environment: Mapping[str, str]
