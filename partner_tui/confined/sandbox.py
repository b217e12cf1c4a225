"""Sandbox of a child process: what contributed content that is handled there can reach, however hostile it is.

Nothing in that process reaches the network, starts a program, writes a file, speaks on the app's pipes or outlives
its time. Whatever is imported has to be so before `refuse` is set, since libraries do such things while they load.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

FOLDER_PREFIX = ".partner-tui-worker-"
"""How the empty folders are called that the children run in; the app's process follows, see `repository.stale_files`."""
_SECONDS_TO_START = 60
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
    "ctypes.dlopen",
    "urllib.",
)
_HARMLESS = {"socket.__new__", "socket.gethostname"}


def serve(
    prepare: Callable[[], None], answer: Callable[[bytes], bytes], *, memory: int | None, seconds: int
) -> None:
    """Be such a child: answer every request until they end.

    Args:
        prepare: Imports all that `answer` needs.
        answer: A request in, an answer out, both without a line break; raises nothing.
        memory: Bytes of address space; None for a child that runs git for the app and decodes nothing: it is not confined.
        seconds: After these for one request the child ends itself, should nobody be left to end it.
    """
    requests, answers = take_pipes()
    if memory is not None:
        limit(memory)
    alarm(_SECONDS_TO_START)
    prepare()
    alarm(0)
    if memory is not None:
        sys.addaudithook(refuse)
    _say(answers, b"ready")
    for line in requests:
        alarm(seconds)
        said = answer(line.rstrip(b"\n"))
        alarm(0)
        _say(answers, said)
    tidy()


def _say(answers: BinaryIO, line: bytes) -> None:
    answers.write(line + b"\n")
    answers.flush()


def take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Take the two pipes away from everybody else in this process."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    if hasattr(os, "nice"):
        os.nice(10)  # keys come first
    return requests, answers


def limit(memory: int) -> None:
    """Limit what this process can use."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    for limit, size in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 1 << 20),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(limit, (size, size))
        except (ValueError, OSError):  # a tighter limit is set already, or the system has none
            continue


def alarm(seconds: int) -> None:
    """End this process after some seconds, 0 to take that back; never on Windows, where the app alone ends it."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """The audit hook: the network, other programs and files to write do not exist in this process."""
    if event.startswith(_FORBIDDEN) and event not in _HARMLESS:
        raise PermissionError(f"{event} is refused here")
    if (
        event == "open"
        and isinstance(arguments[2], int)
        and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    ):
        raise PermissionError("writing is refused here")


def tidy() -> None:
    """Remove the empty folder that this ran in, should the app have been killed before it could."""
    with contextlib.suppress(OSError):  # the next app may have removed it already
        if (folder := Path.cwd()).name.startswith(FOLDER_PREFIX):
            os.chdir(folder.parent)
            folder.rmdir()
