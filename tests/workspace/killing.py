"""kill -9 at the N-th change of the file system: a prepared process is forked, so that hundreds of kills take seconds.

Python's audit events come before each change (open for writing, mkdir, rename, remove, chmod), whoever makes it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Collection
from itertools import count

_NAMES = frozenset(
    {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod"}
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
ENDED = 77
PROCESSES = frozenset({"subprocess.Popen"})
"""The start of a process, which changes what it changes: for acts that git does."""


def is_change(event: str, arguments: tuple[object, ...]) -> bool:
    """Whether an audit event announces a change of the file system."""
    if event == "open":
        flags = arguments[2]
        return isinstance(flags, int) and bool(flags & _WRITES)
    return event in _NAMES


def killed_at(number: int, act: Callable[[], object], also: Collection[str] = ()) -> bool:
    """Run an act in a fork and kill it just before its change `number` (from 0); False when it ended before that.

    Args:
        also: Other audit events that count as a change.
    """
    child = os.fork()
    if child == 0:
        left = number

        def watch(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal left
            if event in also or is_change(event, arguments):
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                left -= 1

        try:
            sys.addaudithook(watch)
            act()
            os._exit(ENDED)
        except BaseException as error:
            os.write(2, f"{type(error).__name__}: {error}\n".encode())
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == ENDED, "the act failed by itself"
    return False


def kill_everywhere(
    prepare: Callable[[], Callable[[], object]], after: Callable[[], None], also: Collection[str] = ()
) -> int:
    """Kill an act before its first change, its second, and so on to its end.

    Args:
        prepare: Makes a fresh place and gives the act on it; called for each kill.
        after: What must hold then.
        also: Other audit events that count as a change.

    Returns:
        How many kills there were.
    """
    for number in count():
        if not killed_at(number, prepare(), also):
            return number
        after()
    raise AssertionError
